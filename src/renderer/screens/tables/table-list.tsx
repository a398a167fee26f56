import { NavLink, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch, IconTable, IconTableAlias } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CatalogListing, TableName } from '#contract/api/catalog';
import { formatBytes } from '#renderer/format/numbers.ts';
import type { TableFacts } from './catalog-view.tsx';
import { tableAddress } from './table-place.ts';
import classes from './tables.module.css';

interface TableListProps {
  readonly id: string;
  readonly listing: CatalogListing;
  readonly current: TableName | null;
}

/** The tables by schema, with a filter over their names. */
export function TableList({ id, listing, current }: TableListProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const schemas = matching(listing, useDeferredValue(text));
  return (
    <>
      <Text fz="sm" c="dimmed" mb="xs" className="wrap-anywhere">
        {t('tables.where', { database: listing.database, version: listing.serverVersion })}
      </Text>
      <TextInput
        type="search"
        aria-label={t('tables.filter')}
        placeholder={t('tables.filter')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        mb="sm"
      />
      <nav className={classes.scroll} aria-label={t('tables.list')}>
        {schemas.length === 0 ? <Text c="dimmed">{t('tables.noMatch', { text })}</Text> : null}
        <Stack gap="md">
          {schemas.map((schema) => (
            <section key={schema.name}>
              <Title order={2} fz="sm" c="dimmed" mb={4} className="wrap-anywhere">
                {schema.name}
              </Title>
              {schema.tables.map((table) => (
                <TableLink
                  key={table.name}
                  address={tableAddress(id, { schema: schema.name, table: table.name })}
                  facts={table}
                  active={current?.schema === schema.name && current.table === table.name}
                />
              ))}
            </section>
          ))}
        </Stack>
      </nav>
    </>
  );
}

interface TableLinkProps {
  readonly address: string;
  readonly facts: TableFacts;
  readonly active: boolean;
}

function TableLink({ address, facts, active }: TableLinkProps) {
  const { t } = useTranslation();
  const { name, kind, estimatedRows, bytes } = facts;
  const Icon = kind === 'view' ? IconTableAlias : IconTable;
  const size = [
    kind === 'view' ? t('tables.view') : null,
    estimatedRows === null ? null : t('tables.estimateRows', { count: estimatedRows }),
    bytes === 0 ? null : formatBytes(bytes),
  ];
  return (
    <NavLink
      className={classes.item ?? ''}
      component={Link}
      href={address}
      active={active}
      aria-current={active ? 'page' : undefined}
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      label={<span className="wrap-anywhere">{name}</span>}
      description={size.filter(Boolean).join(' · ')}
      // Mantine's fainter colour does not pass on the colour of the active one.
      styles={{ description: { color: active ? 'inherit' : 'var(--mantine-color-dimmed)', opacity: 1 } }}
      py={6}
    />
  );
}

function matching(listing: CatalogListing, text: string): CatalogListing['schemas'] {
  const wanted = text.trim().toLowerCase();
  return listing.schemas
    .map(({ name, tables }) => ({ name, tables: tables.filter((table) => table.name.toLowerCase().includes(wanted)) }))
    .filter(({ tables }) => tables.length > 0);
}
