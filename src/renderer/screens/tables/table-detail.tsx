import { Anchor, Badge, Button, Group, Tabs, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconRefresh } from '@tabler/icons-react';
import { useIsFetching, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TableDescription, TableName } from '#contract/api/catalog';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { useUrlValues } from '#renderer/components/use-url-values.ts';
import { host } from '#renderer/host/client.ts';
import { queryClient } from '#renderer/host/query-client.ts';
import type { CatalogPlace, TableFacts } from './catalog-view.tsx';
import { ColumnsTab } from './columns-tab.tsx';
import { IndexesTab } from './indexes-tab.tsx';
import { ReferencesTab } from './references-tab.tsx';
import { RowsTab } from './rows/rows-tab.tsx';
import classes from './table-detail.module.css';
import { tableAddress } from './table-place.ts';
import { TablesError } from './tables-error.tsx';

const TABS = ['rows', 'columns', 'references', 'indexes'] as const;

interface TableDetailProps extends CatalogPlace {
  readonly table: TableName;
  readonly facts: TableFacts | null;
}

/** One table: what is in it and how it is made. */
export function TableDetail({ id, connection, table, facts }: TableDetailProps) {
  const input = { connection, table };
  const description = useQuery(host.tables.describe.queryOptions({ input, staleTime: 0 }));
  return (
    <>
      <Heading id={id} table={table} facts={facts} comment={description.data?.comment ?? facts?.comment ?? null} />
      {description.data !== undefined ? (
        <Parts id={id} connection={connection} table={table} description={description.data} />
      ) : description.error === null ? (
        <LoadingNote />
      ) : (
        <TablesError id={id} error={description.error} onRetry={() => void description.refetch()} />
      )}
    </>
  );
}

interface PartsProps extends CatalogPlace {
  readonly table: TableName;
  readonly description: TableDescription;
}

function Parts({ id, connection, table, description }: PartsProps) {
  const { t } = useTranslation();
  const [{ tableTab }, setValues] = useUrlValues(['tableTab']);
  const tab = TABS.find((one) => one === tableTab) ?? 'rows';
  return (
    <Tabs
      value={tab}
      onChange={(value) => setValues({ tableTab: value === 'rows' ? '' : (value ?? '') })}
      keepMounted={false}
      classNames={{ root: classes.tabs ?? '', panel: classes.panel ?? '' }}
    >
      <Tabs.List mb="sm">
        {TABS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tables.tabs.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="rows">
        <RowsTab id={id} connection={connection} table={table} description={description} />
      </Tabs.Panel>
      <Tabs.Panel value="columns">
        <ColumnsTab description={description} />
      </Tabs.Panel>
      <Tabs.Panel value="references">
        <ReferencesTab id={id} description={description} />
      </Tabs.Panel>
      <Tabs.Panel value="indexes">
        <IndexesTab description={description} />
      </Tabs.Panel>
    </Tabs>
  );
}

interface HeadingProps {
  readonly id: string;
  readonly table: TableName;
  readonly facts: TableFacts | null;
  readonly comment: string | null;
}

function Heading({ id, table, facts, comment }: HeadingProps) {
  const { t } = useTranslation();
  return (
    <>
      <Anchor component={Link} href={tableAddress(id)} hiddenFrom="md" fz="sm" mb="xs">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('tables.backToList')}
        </Group>
      </Anchor>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="sm">
        <div>
          <Group gap="xs">
            <Title order={2} fz="lg" className="wrap-anywhere">
              <Text span inherit c="dimmed" fw={500}>
                {table.schema}.
              </Text>
              {table.table}
            </Title>
            {facts?.kind === 'view' ? <Badge variant="outline">{t('tables.view')}</Badge> : null}
          </Group>
          {comment === null ? null : (
            <Text fz="sm" c="dimmed">
              {comment}
            </Text>
          )}
        </div>
        <Refresh />
      </Group>
    </>
  );
}

function Refresh() {
  const { t } = useTranslation();
  const queryKey = host.tables.key();
  const busy = useIsFetching({ queryKey }) > 0;
  return (
    <Button
      variant="default"
      size="xs"
      flex="none"
      leftSection={<IconRefresh size={16} aria-hidden />}
      aria-busy={busy}
      onClick={() => void queryClient.invalidateQueries({ queryKey })}
    >
      {t('tables.refresh')}
    </Button>
  );
}
