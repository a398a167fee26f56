import { Button, Text } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CatalogListing, TableName } from '#contract/api/catalog';
import type { ConnectionRef } from '#contract/connection';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { host } from '#renderer/host/client.ts';
import { TableDetail } from './table-detail.tsx';
import { TableList } from './table-list.tsx';
import classes from './tables.module.css';
import { TablesError } from './tables-error.tsx';

export interface CatalogPlace {
  /** As in the address. */
  readonly id: string;
  readonly connection: ConnectionRef;
}

interface CatalogViewProps extends CatalogPlace {
  readonly table: TableName | null;
}

/** The tables of one connection, and one of them beside the list; in a narrow window instead of it. */
export function CatalogView({ id, connection, table }: CatalogViewProps) {
  // Loads change what is there without a word to this cache.
  const listing = useQuery(host.tables.list.queryOptions({ input: { connection }, staleTime: 0 }));
  if (listing.data === undefined) {
    if (listing.error === null) return <LoadingNote />;
    return <TablesError id={id} error={listing.error} onRetry={() => void listing.refetch()} />;
  }
  if (listing.data.schemas.every(({ tables }) => tables.length === 0)) return <EmptyDatabase />;
  return (
    <div className={classes.panes} data-shows={table === null ? 'list' : 'table'}>
      <div className={classes.pane}>
        <TableList id={id} listing={listing.data} current={table} />
      </div>
      <div className={classes.pane}>
        {table === null ? (
          <NothingChosen />
        ) : (
          <TableDetail
            key={`${table.schema}.${table.table}`}
            id={id}
            connection={connection}
            table={table}
            facts={factsOf(listing.data, table)}
          />
        )}
      </div>
    </div>
  );
}

function NothingChosen() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('tables.choose')} icon={<IconTable size={40} stroke={1.2} aria-hidden />}>
      <Text c="dimmed">{t('tables.chooseHint')}</Text>
    </EmptyNote>
  );
}

function EmptyDatabase() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('tables.empty')} icon={<IconTable size={40} stroke={1.2} aria-hidden />}>
      <Text c="dimmed">{t('tables.emptyHint')}</Text>
      <Button component={Link} href="/">
        {t('tables.toLoad')}
      </Button>
    </EmptyNote>
  );
}

export type TableFacts = CatalogListing['schemas'][number]['tables'][number];

/** null: it is not there (any more). */
function factsOf(listing: CatalogListing, { schema, table }: TableName): TableFacts | null {
  const tables = listing.schemas.find(({ name }) => name === schema)?.tables;
  return tables?.find(({ name }) => name === table) ?? null;
}
