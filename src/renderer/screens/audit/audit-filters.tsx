import { Button, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '#renderer/components/search-field.tsx';
import { type AuditSource, actionsOf } from './audit-source.ts';
import type { AuditView } from './use-audit-view.ts';

interface AuditFiltersProps {
  readonly view: AuditView;
  readonly source: AuditSource;
}

/** What the entries can be narrowed to. */
export function AuditFilters({ view, source }: AuditFiltersProps) {
  const { t } = useTranslation();
  const { values, change } = view;
  const bar = useRef<HTMLElement>(null);
  const isTurned = values.since !== '' && values.until !== '' && values.since > values.until;
  return (
    <search ref={bar} tabIndex={-1} style={{ outline: 'none' }} aria-label={t('audit.filter.label')}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm" verticalSpacing="sm">
        <Select
          aria-label={t('audit.filter.action')}
          placeholder={t('audit.filter.action')}
          data={actionsOf(source).map((action) => ({ value: action, label: t(`audit.action.${action}`) }))}
          value={values.action || null}
          onChange={(action) => change({ action: action ?? '' })}
          clearable
          searchable
        />
        <SearchField label={t('audit.filter.text')} value={values.words} onChange={(words) => change({ words })} />
        <DayField label={t('audit.filter.from')} value={values.since} onChange={(since) => change({ since })} />
        <DayField
          label={t('audit.filter.to')}
          value={values.until}
          error={isTurned ? t('audit.filter.turned') : null}
          onChange={(until) => change({ until })}
        />
      </SimpleGrid>
      {view.isFiltered ? (
        <Button
          mt="xs"
          size="compact-sm"
          variant="subtle"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() => {
            // The button goes with what it takes away.
            bar.current?.focus();
            view.clear();
          }}
        >
          {t('audit.filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly error?: string | null;
  readonly onChange: (day: string) => void;
}

/** The browser's own field, with its own calendar. */
function DayField({ label, value, error = null, onChange }: DayFieldProps) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      leftSection={
        <Text fz="sm" c="dimmed">
          {label}
        </Text>
      }
      leftSectionWidth={`${label.length + 3}ch`}
      leftSectionPointerEvents="none"
      max="9999-12-31"
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
