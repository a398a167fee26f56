import { Badge, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { confirmLosingEdits } from '../mapping/confirm-losing-edits.ts';
import { setPerFile, useWizard } from '../wizard-store.ts';
import classes from './csv-tables.module.css';
import { filesOf, MOST_TABLES } from './split-by-file.ts';
import { useCsvFiles } from './use-csv-files.ts';
import { useInference } from './use-inference.ts';

/** Names shown of one table's files. */
const MOST_NAMES = 5;

/** Which CSV files make which table, and whether files with the same columns make one. */
export function CsvTables() {
  const { t } = useTranslation();
  const { chosen, perFile } = useWizard();
  const { data } = useInference();
  const files = useCsvFiles(data?.grouped);
  if (chosen?.kind !== 'inferred' || data?.grouped.source.format !== 'csv') return null;
  if (files === undefined || files.length + data.report.files.failed.length < 2) return null;
  const isShared = data.grouped.tables.some((table) => filesOf(table, files).length > 1);
  const change = (value: string) => confirmLosingEdits(() => setPerFile(value === 'file'));
  return (
    <Paper withBorder p={{ base: 'sm', sm: 'md' }} component="section" aria-labelledby="csv-tables-title">
      <Stack gap="sm" align="flex-start">
        <Title order={3} fz="h5" id="csv-tables-title">
          {t('load.csvTables.title')}
        </Title>
        {isShared ? (
          <SegmentedControl
            aria-label={t('load.csvTables.title')}
            orientation="horizontal"
            value={perFile ? 'file' : 'header'}
            onChange={change}
            disabled={files.length > MOST_TABLES}
            data={[
              { value: 'header', label: t('load.csvTables.byHeader') },
              { value: 'file', label: t('load.csvTables.byFile') },
            ]}
          />
        ) : null}
        {isShared && files.length > MOST_TABLES ? (
          <Text fz="sm" c="dimmed">
            {t('load.csvTables.tooMany', { count: MOST_TABLES })}
          </Text>
        ) : null}
        <ul className={classes.list} aria-label={t('load.csvTables.list')}>
          {data.mapping.tables.map(({ name, include }) => (
            <TableFiles key={name} name={name} files={filesOf({ include }, files)} />
          ))}
        </ul>
      </Stack>
    </Paper>
  );
}

function TableFiles({ name, files }: { readonly name: string; readonly files: readonly string[] }) {
  const { t } = useTranslation();
  const more = files.length - MOST_NAMES;
  return (
    <li className={classes.line}>
      <Text component="span" fw={600} className="wrap-anywhere">
        {name}
      </Text>
      <Badge component="span" variant="default" className="tabular" style={{ flexShrink: 0 }}>
        {t('load.csvTables.files', { count: files.length })}
      </Badge>
      <Text component="span" fz="sm" c="dimmed" className="wrap-anywhere">
        {files.slice(0, MOST_NAMES).join(', ')}
        {more > 0 ? ` … ${t('load.more', { count: more })}` : null}
      </Text>
    </li>
  );
}
