import { Badge, Group, NativeSelect, NavLink, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowsJoin2, IconTable, IconTableOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MappedTable, Mapping } from '#contract/mapping';
import { useWizard } from '../wizard-store.ts';
import type { Selection } from './left-out.ts';
import type { TableIssues } from './mapping-issues.ts';

interface TableListProps {
  /** With what is left out still in it. */
  readonly whole: Mapping;
  readonly selection: Selection;
  readonly issues: readonly TableIssues[];
  readonly table: number;
  readonly onTable: (table: number) => void;
}

/** The mapping's tables: a list beside the one being looked at, or a menu where there is no room. */
export function TableList({ whole, selection, issues, table, onTable }: TableListProps) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        hiddenFrom="md"
        label={t('load.mapping.table')}
        value={table}
        data={whole.tables.map(({ name }, at) => ({ value: String(at), label: name || t('load.mapping.nameless') }))}
        onChange={(event) => onTable(Number(event.currentTarget.value))}
      />
      <Stack visibleFrom="md" gap={2} component="nav" aria-label={t('load.mapping.tables')}>
        {whole.tables.map((one, at) => (
          <TableLink
            // Tables never move; their names do change.
            // biome-ignore lint/suspicious/noArrayIndexKey: the number is what a table is known by
            key={at}
            table={one}
            at={at}
            isActive={at === table}
            selection={selection}
            issues={issues[at]?.count ?? 0}
            onTable={onTable}
          />
        ))}
      </Stack>
    </>
  );
}

interface TableLinkProps {
  readonly table: MappedTable;
  readonly at: number;
  readonly isActive: boolean;
  readonly selection: Selection;
  readonly issues: number;
  readonly onTable: (table: number) => void;
}

function TableLink({ table, at, isActive, selection, issues, onTable }: TableLinkProps) {
  const { t } = useTranslation();
  const isChanged = useWizard(({ edits }) => edits[at] !== undefined);
  const fate = selection.fates[at] ?? 'load';
  const Icon = fate === 'out' ? IconTableOff : fate === 'load' ? IconTable : IconArrowsJoin2;
  const columns = table.columns.filter((_, column) => !selection.isOut(at, column)).length;
  return (
    <NavLink
      component="button"
      type="button"
      active={isActive}
      // Light on light would be too faint for small text.
      styles={{ description: { color: 'var(--mantine-color-dimmed)' } }}
      aria-current={isActive ? 'true' : undefined}
      onClick={() => onTable(at)}
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      label={
        <Text truncate fw={500} fz="sm" td={fate === 'load' || table.keep === false ? undefined : 'line-through'}>
          {table.name || t('load.mapping.nameless')}
        </Text>
      }
      description={
        fate === 'load'
          ? t('load.mapping.columns', { count: columns })
          : t(fate === 'lookup' ? 'load.mapping.lookupOnly' : 'load.mapping.notLoaded')
      }
      rightSection={
        <Group gap={4} wrap="nowrap">
          {isChanged ? (
            <Badge size="xs" variant="light">
              {t('load.mapping.changed')}
            </Badge>
          ) : null}
          {issues > 0 ? (
            <IconAlertTriangle
              size={16}
              color="var(--mantine-color-error)"
              role="img"
              aria-label={t('load.mapping.issues', { count: issues })}
            />
          ) : null}
        </Group>
      }
    />
  );
}
