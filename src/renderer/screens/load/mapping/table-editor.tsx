import { Code, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MappedTable, Mapping } from '#contract/mapping';
import { setEdits, useWizard } from '../wizard-store.ts';
import classes from './column-row.module.css';
import { ColumnRow } from './column-row.tsx';
import { renameTable } from './mapping-edits.ts';
import type { TableIssues } from './mapping-issues.ts';
import { useSamples } from './use-samples.ts';

interface TableEditorProps {
  readonly original: Mapping;
  readonly mapping: Mapping;
  readonly issues: readonly TableIssues[];
  readonly table: number;
}

/** One table of the mapping: its name in the target, and its columns. */
export function TableEditor({ original, mapping, issues, table }: TableEditorProps) {
  const { t } = useTranslation();
  const { data: samples } = useSamples(original);
  const now = mapping.tables[table];
  const found = issues[table];
  if (now === undefined || found === undefined) return null;
  return (
    <Paper withBorder p={{ base: 'sm', sm: 'md' }}>
      <Stack gap="md">
        <TableHead original={original} table={table} now={now} issue={found.name} />
        <div>
          <div className={classes.head} aria-hidden>
            <span>{t('load.mapping.source')}</span>
            <span>{t('load.mapping.column')}</span>
            <span>{t('load.mapping.type')}</span>
            <span>{t('load.mapping.key')}</span>
          </div>
          <ul className={classes.rows} aria-label={t('load.mapping.columnsOf', { table: now.name })}>
            {now.columns.map((column, at) => (
              <ColumnRow
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move, their names do change
                key={at}
                original={original}
                at={{ table, column: at }}
                column={column}
                mayBeKey={now.keep}
                issues={found.columns[at] ?? { name: null, type: null }}
                samples={samples?.[table]?.[at] ?? []}
              />
            ))}
          </ul>
        </div>
        {now.keep && now.key.length === 0 ? (
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
}

function TableHead({ original, table, now, issue }: TableHeadProps) {
  const { t } = useTranslation();
  const edits = useWizard((wizard) => wizard.edits);
  // What is being typed, blanks and all.
  const typed = edits[table]?.name ?? now.name;
  return (
    <Group align="flex-start" gap="lg">
      <TextInput
        label={t(now.keep ? 'load.mapping.targetTable' : 'load.mapping.lookupTable')}
        value={typed}
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
