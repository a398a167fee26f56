import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowPage, TableDescription, TableName } from '#contract/api/catalog';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import type { CatalogPlace } from '../catalog-view.tsx';
import { TablesError } from '../tables-error.tsx';
import { MOST_ROWS, type Order } from './row-source.ts';
import { RowsGrid } from './rows-grid.tsx';
import { useFirstPage } from './use-row-pages.ts';

interface RowsTabProps extends CatalogPlace {
  readonly table: TableName;
  readonly description: TableDescription;
}

/** The rows of a table, as many as one cares to scroll through. */
export function RowsTab({ id, connection, table, description }: RowsTabProps) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<Order | null>(null);
  const source = { connection, table, order };
  const first = useFirstPage(source);
  if (first.error !== null && (first.data === undefined || first.isPlaceholderData)) {
    return <TablesError id={id} error={first.error} onRetry={() => void first.refetch()} />;
  }
  if (first.data === undefined) return <LoadingNote />;
  if (first.data.rows.length === 0) return <EmptyNote title={t('tables.rows.none')} />;
  return (
    <>
      <Summary page={first.data} />
      <RowsGrid
        source={source}
        first={first.data}
        stale={first.isPlaceholderData}
        description={description}
        onOrder={setOrder}
      />
    </>
  );
}

function Summary({ page: { total, exact } }: { readonly page: RowPage }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="xs" mb="xs">
      <Text fz="sm" role="status">
        {t(exact ? 'tables.rows.exact' : 'tables.rows.about', { count: total })}
      </Text>
      {total > MOST_ROWS ? (
        <Text fz="sm" c="dimmed">
          {t('tables.rows.cut', { count: MOST_ROWS })}
        </Text>
      ) : (
        <Text fz="sm" c="dimmed" visibleFrom="sm">
          {t('tables.rows.hint')}
        </Text>
      )}
    </Group>
  );
}
