import { ActionIcon, Drawer, Group, Loader, Stack, Switch, Text, VisuallyHidden } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict, ConflictPage } from '#contract/api/reviews';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';
import { DecideButtons } from '../conflicts/decide-buttons.tsx';
import { OutcomeCell } from '../conflicts/outcome-cell.tsx';
import type { ConflictSource } from '../conflicts/use-conflict-rows.ts';
import { type Decide, policyOfKey } from '../conflicts/use-decide.ts';
import { keyWords } from '../model/condition-words.ts';
import { keyOf } from '../model/conflict-key.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { besideOpened, type OpenedConflict } from './beside-opened.ts';
import { useWholeConflict } from './use-whole-conflict.ts';
import { VersionTable } from './version-table.tsx';

interface ConflictDrawerProps {
  readonly reviewing: Reviewing;
  readonly source: ConflictSource;
  readonly columns: ConflictPage['columns'];
  readonly opened: OpenedConflict;
  readonly matching: number;
  /** The conflict at a place of the list, as far as it was fetched. */
  readonly neighbour: (index: number) => Conflict | undefined;
  /** What was decided last, in words, for those who do not see it. */
  readonly said: string;
  readonly decide: Decide;
  readonly onGo: (conflict: OpenedConflict) => void;
  readonly onClose: () => void;
}

/** Of more columns than that, those that are the same only stand in the way. */
const MANY_COLUMNS = 15;

/** Both versions of one row beside each other, and what becomes of it. */
export function ConflictDrawer(props: ConflictDrawerProps) {
  const { source, columns, opened, neighbour, said, decide, onGo, onClose } = props;
  const { t } = useTranslation();
  const listed = neighbour(opened.index);
  const { conflict, error, retry } = useWholeConflict(source, opened.number, listed);
  const go = (step: number) => {
    const next = besideOpened(opened, step, neighbour);
    if (next !== null) onGo(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const use = policyOfKey(event.key);
    if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') go(-1);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') go(1);
    else if (use !== undefined && conflict !== undefined) decide.decide(conflict, use);
    else return;
    event.preventDefault();
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(960px, 100vw)"
      title={conflict === undefined ? source.table : `${source.table} ${keyWords(keyOf(columns, conflict))}`}
      styles={{ title: { fontWeight: 600, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // The list behind takes the focus back to the row that was looked at last.
      returnFocus={false}
      onKeyDown={onKeyDown}
    >
      <Stack gap="md">
        <Steps {...props} onStep={go} />
        {error === null ? null : <ErrorNote error={error} onRetry={retry} actions={null} />}
        {conflict === undefined && error === null ? <Loader aria-label={t('common.loading')} /> : null}
        {conflict === undefined ? null : <Whole {...props} conflict={conflict} />}
        <VisuallyHidden role="status">{said}</VisuallyHidden>
      </Stack>
    </Drawer>
  );
}

function Steps({
  opened,
  matching,
  neighbour,
  onStep,
}: ConflictDrawerProps & { readonly onStep: (step: number) => void }) {
  const { t } = useTranslation();
  const { index } = opened;
  const step = (by: number, label: string, Icon: typeof IconChevronLeft) => (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={label}
      disabled={besideOpened(opened, by, neighbour) === null}
      onClick={() => onStep(by)}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
  return (
    <Group gap="sm">
      {step(-1, t('review.detail.previous'), IconChevronLeft)}
      <Text fz="sm" className="tabular" role="status">
        {t('review.detail.position', { index: Math.min(index + 1, matching), total: matching })}
      </Text>
      {step(1, t('review.detail.next'), IconChevronRight)}
    </Group>
  );
}

function Whole({
  reviewing,
  source,
  columns,
  decide,
  conflict,
}: ConflictDrawerProps & { readonly conflict: Conflict }) {
  const { t } = useTranslation();
  const [isOnlyChanges, setIsOnlyChanges] = useState(columns.length > MANY_COLUMNS);
  const { path, line, repeats } = conflict;
  return (
    <>
      <Group gap="md" justify="space-between" align="flex-start">
        <DecideButtons isLong chosen={decide.chosenFor(conflict)} onChoose={(use) => decide.decide(conflict, use)} />
        <OutcomeCell reviewing={reviewing} table={source.table} conflict={conflict} />
      </Group>
      <Group gap="xs" align="center">
        <Text fz="sm" className="wrap-anywhere">
          <Text span c="dimmed" inherit>
            {t('review.detail.source')}:
          </Text>{' '}
          {t('review.detail.place', { path, line })}
        </Text>
        <CopyButton compact value={`${path}:${line}`} label={t('review.detail.copyPlace')} />
      </Group>
      {repeats === 0 ? null : <Text fz="sm">{t('review.detail.repeats', { count: repeats })}</Text>}
      <Switch
        label={`${t('review.detail.onlyChanges')} (${formatNumber(conflict.values.filter(({ differs }) => differs).length)})`}
        checked={isOnlyChanges}
        onChange={(event) => setIsOnlyChanges(event.currentTarget.checked)}
      />
      <VersionTable columns={columns} conflict={conflict} isOnlyChanges={isOnlyChanges} />
    </>
  );
}
