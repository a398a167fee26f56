import { Button, Group, Pill, Select } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectPage } from '#contract/api/reject-pages';
import { SearchField } from '#renderer/components/search-field.tsx';
import { SHOWN, shownFromAddress } from './reject-view.ts';
import type { Narrowing, RejectView } from './use-reject-view.ts';
import classes from './workbench.module.css';

interface FilterBarProps {
  readonly view: RejectView;
  readonly page: RejectPage;
}

/** What the rejects are narrowed to, beside their groups, and the way back to all. */
export function FilterBar({ view, page }: FilterBarProps) {
  const { t } = useTranslation();
  const { text, narrow } = view;
  const bar = useRef<HTMLElement>(null);
  return (
    <search ref={bar} tabIndex={-1} style={{ outline: 'none' }} aria-label={t('rejects.filter.label')}>
      <Group gap="sm" align="flex-start">
        <div className={classes.search}>
          <SearchField label={t('rejects.filter.text')} value={text} onChange={(next) => narrow({ text: next })} />
        </div>
        <Select
          aria-label={t('rejects.filter.shown')}
          w={{ base: '100%', xs: 220 }}
          data={SHOWN.map((value) => ({ value, label: t(`rejects.shown.${value}`) }))}
          value={view.shown}
          onChange={(value) => view.show(shownFromAddress(value ?? ''))}
          allowDeselect={false}
        />
      </Group>
      {view.isFiltered ? <Narrowed view={view} page={page} onTake={() => bar.current?.focus()} /> : null}
    </search>
  );
}

interface NarrowedProps extends FilterBarProps {
  /** The button that is pressed goes with what it takes away. */
  readonly onTake: () => void;
}

/** Each part of the filter, to be taken away alone. */
function Narrowed({ view, page, onTake }: NarrowedProps) {
  const { t } = useTranslation();
  const { filter, narrow, clear } = view;
  const { code, table, column, file } = filter;
  const path = page.entries.find((entry) => entry.file === file)?.path;
  const parts: readonly (readonly [text: string, without: Narrowing])[] = [
    ...(code === undefined ? [] : [[t(`rejects.code.${code}`), { code: undefined }] as const]),
    ...(table === undefined ? [] : [[table, { table: undefined, column: undefined }] as const]),
    ...(column === undefined
      ? []
      : [[column === null ? t('rejects.wholeRow') : column, { column: undefined }] as const]),
    ...(file === undefined ? [] : [[path ?? t('rejects.filter.file', { number: file }), { file: undefined }] as const]),
  ];
  return (
    <Group gap={6} mt="xs">
      {parts.map(([text, without]) => (
        <Pill
          key={Object.keys(without).join()}
          size="md"
          withRemoveButton
          onRemove={() => {
            onTake();
            narrow(without);
          }}
          removeButtonProps={{ 'aria-label': t('rejects.filter.remove', { text }), 'aria-hidden': false, tabIndex: 0 }}
        >
          {text}
        </Pill>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconFilterOff size={16} aria-hidden />}
        onClick={() => {
          onTake();
          clear();
        }}
      >
        {t('rejects.filter.clear')}
      </Button>
    </Group>
  );
}
