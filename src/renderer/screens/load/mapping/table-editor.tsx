import { Checkbox, Code, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MappedTable, Mapping } from '#contract/mapping';
import { setEdits, useWizard } from '../wizard-store.ts';
import classes from './column-row.module.css';
import { ColumnRow } from './column-row.tsx';
import { ReferenceList } from './design/reference-list.tsx';
import { followers, type Selection } from './left-out.ts';
import { loadTable, renameTable } from './mapping-edits.ts';
import type { TableIssues } from './mapping-issues.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useSamples } from './use-samples.ts';

interface TableEditorProps {
  readonly original: Mapping;
  /** With what is left out still in it. */
  readonly whole: Mapping;
  readonly selection: Selection;
  readonly issues: readonly TableIssues[];
  readonly table: number;
}

/** One table of the mapping: its name in the target, and its columns. */
export function TableEditor({ original, whole, selection, issues, table }: TableEditorProps) {
  const { t } = useTranslation();
  const { data: sampled } = useSamples();
  const keys = useRowKeys();
  const now = whole.tables[table];
  const fate = selection.fates[table] ?? 'load';
  const found = issues[table];
  if (now === undefined || found === undefined) return null;
  return (
    <Paper withBorder p={{ base: 'sm', sm: 'md' }}>
      <Stack gap="md">
        <TableHead original={original} table={table} now={now} issue={found.name} isOut={fate === 'out'} />
        <LoadTable whole={whole} selection={selection} table={table} now={now} />
        {fate === 'out' ? null : (
          <div>
            <div className={classes.head} aria-hidden>
              <span>{t('load.mapping.load')}</span>
              <span>{t('load.mapping.source')}</span>
              <span>{t('load.mapping.column')}</span>
              <span>{t('load.mapping.type')}</span>
              <span>{t('load.mapping.key')}</span>
              <span>{t('load.mapping.required')}</span>
              <span />
            </div>
            <ul {...keys.list} className={classes.rows} aria-label={t('load.mapping.columnsOf', { table: now.name })}>
              {now.columns.map((column, at) => (
                <ColumnRow
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move, their names do change
                  key={at}
                  original={original}
                  at={{ table, column: at }}
                  column={column}
                  tabIndex={keys.tabIndex(at)}
                  isOut={selection.isOut(table, at)}
                  use={selection.use(table, at)}
                  mayBeKey={now.keep}
                  issues={found.columns[at] ?? { name: null, type: null }}
                  samples={sampled?.samples[table]?.[at] ?? []}
                />
              ))}
            </ul>
          </div>
        )}
        {fate === 'out' ? null : (
          <Text fz="sm" c="dimmed" visibleFrom="md">
            {t('load.mapping.rowKeys')}
          </Text>
        )}
        <ReferenceList original={original} whole={whole} selection={selection} table={table} />
        {fate === 'load' && now.key.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {t('load.mapping.noKey')}
          </Text>
        ) : null}
      </Stack>
    </Paper>
  );
}

interface TableHeadProps {
  readonly original: Mapping;
  readonly table: number;
  readonly now: MappedTable;
  readonly issue: TableIssues['name'];
  readonly isOut: boolean;
}

function TableHead({ original, table, now, issue, isOut }: TableHeadProps) {
  const { t } = useTranslation();
  const edits = useWizard((wizard) => wizard.edits);
  // What is being typed, blanks and all.
  const typed = edits[table]?.name ?? now.name;
  return (
    <Group align="flex-start" gap="lg">
      <TextInput
        label={t(now.keep ? 'load.mapping.targetTable' : 'load.mapping.lookupTable')}
        value={typed}
        disabled={isOut}
        onChange={(event) => setEdits(renameTable(edits, original, table, event.currentTarget.value))}
        error={issue === null ? undefined : t(`load.problem.table.${issue}`)}
        spellCheck={false}
        w={{ base: '100%', xs: 280 }}
      />
      <div>
        <Text fz="sm" fw={500} mb={4}>
          {t('load.mapping.records')}
        </Text>
        <Code className="wrap-anywhere">{now.records ?? t('load.mapping.everyRecord')}</Code>
      </div>
    </Group>
  );
}

type LoadTableProps = Pick<TableEditorProps, 'whole' | 'selection' | 'table'> & { readonly now: MappedTable };

/** Whether the table is loaded, and what follows when it is not. */
function LoadTable({ whole, selection, table, now }: LoadTableProps) {
  const { t, i18n } = useTranslation();
  const edits = useWizard((wizard) => wizard.edits);
  if (!now.keep) return null;
  const isLoaded = selection.fates[table] === 'load';
  const isLast = isLoaded && selection.fates.filter((fate) => fate === 'load').length === 1;
  const list = new Intl.ListFormat(i18n.language);
  const { references, lookups } = followers(whole, selection, table);
  return (
    <div aria-live="polite">
      <Checkbox
        label={t('load.mapping.loadTable')}
        description={isLast ? t('load.mapping.lastTable') : undefined}
        checked={isLoaded}
        disabled={isLast}
        onChange={(event) => setEdits(loadTable(edits, table, event.currentTarget.checked))}
      />
      {isLoaded ? null : (
        <Text fz="sm" mt="xs">
          {lookups.length === 0
            ? t('load.mapping.notRead')
            : t('load.mapping.readForLookups', { count: lookups.length, tables: list.format(lookups) })}
          {references.length === 0
            ? null
            : ` ${t('load.mapping.referencesGo', { count: references.length, tables: list.format(references), table: now.name })}`}
        </Text>
      )}
    </div>
  );
}
