import { Button, Select, SimpleGrid } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RejectPage } from '#contract/api/reject-pages';
import { SearchField } from '#renderer/components/search-field.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';
import classes from './rejects.module.css';
import type { RejectView } from './use-reject-view.ts';

interface RejectFiltersProps {
  readonly view: RejectView;
  readonly page: RejectPage;
}

/** What the rejects can be narrowed to. */
export function RejectFilters({ view, page }: RejectFiltersProps) {
  const { t } = useTranslation();
  const { filter, change } = view;
  return (
    <search aria-label={t('rejects.filter.label')}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm" verticalSpacing="sm">
        <Select
          aria-label={t('rejects.filter.code')}
          placeholder={t('rejects.filter.code')}
          data={page.codes.map(({ code, count }) => ({
            value: code,
            label: `${t(`rejects.code.${code}`)} (${formatNumber(count)})`,
          }))}
          value={filter.code ?? null}
          onChange={(code) => change({ code: code ?? undefined })}
          clearable
        />
        <Select
          aria-label={t('rejects.filter.table')}
          placeholder={t('rejects.filter.table')}
          data={[...page.tables]}
          value={filter.table ?? null}
          onChange={(table) => change({ table: table ?? undefined })}
          clearable
          searchable={page.tables.length > 8}
        />
        <SearchField
          label={`${t('rejects.filter.column')} (${t('rejects.filter.columnHint')})`}
          value={filter.column ?? ''}
          onChange={(column) => change({ column })}
        />
        <SearchField label={t('rejects.filter.text')} value={filter.text ?? ''} onChange={(text) => change({ text })} />
      </SimpleGrid>
      {view.isFiltered ? (
        <Button
          className={classes.clear}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={view.clear}
        >
          {t('rejects.filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}
