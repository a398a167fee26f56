import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordColumn, RecordView } from '#contract/api/reject-corrections';
import type { RejectFilter } from '#contract/api/reject-pages';
import type { Mapping } from '#contract/mapping';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import { ColumnField } from './column-field.tsx';
import classes from './record.module.css';
import { SameValue } from './same-value.tsx';
import { useEnter } from './use-enter.tsx';

/** So many columns are shown without being asked for. */
const MANY = 40;

interface RecordFieldsProps {
  readonly job: number;
  readonly record: RecordView;
  readonly mapping: Mapping | null;
  readonly filter: RejectFilter;
  readonly editable: boolean;
}

/** The columns of a rejected row with something wrong. */
export function WrongFields(props: RecordFieldsProps) {
  return (
    <div className={classes.fields}>
      {partsOf(props.record).wrong.map((column, at) => (
        <Field key={column.name} {...props} column={column} isFirst={at === 0} />
      ))}
    </div>
  );
}

/** All others. */
export function OtherFields(props: RecordFieldsProps) {
  const { t } = useTranslation();
  const { wrong, others } = partsOf(props.record);
  const [isOpen, { toggle }] = useDisclosure(others.length <= MANY);
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  if (others.length === 0) return null;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        mb="xs"
        leftSection={<Icon size={16} aria-hidden />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {t('rejects.field.others', { count: others.length })}
      </Button>
      <Collapse expanded={isOpen} keepMounted={false}>
        <div className={classes.fields}>
          {others.map((column, at) => (
            <Field key={column.name} {...props} column={column} isFirst={wrong.length === 0 && at === 0} />
          ))}
        </div>
      </Collapse>
    </div>
  );
}

function partsOf(record: RecordView): {
  readonly wrong: readonly RecordColumn[];
  readonly others: readonly RecordColumn[];
} {
  const columns = knownColumns(record);
  const isWrong = ({ name, objection }: RecordColumn) =>
    objection !== undefined || record.rejects.some(({ column }) => column === name);
  return { wrong: columns.filter(isWrong), others: columns.filter((column) => !isWrong(column)) };
}

interface FieldProps extends RecordFieldsProps {
  readonly column: RecordColumn;
  readonly isFirst: boolean;
}

function Field({ job, record, mapping, filter, editable, column, isFirst }: FieldProps) {
  const { enter, isSaving } = useEnter(job, record);
  const rejected = record.rejects.find((entry) => entry.column === column.name);
  return (
    <ColumnField
      column={column}
      editable={editable}
      isFirst={isFirst}
      problem={problemOf(record, column, mapping)}
      isSaving={isSaving}
      onEnter={(entered) => enter(column.name, entered)}
    >
      {editable && !column.isCut && rejected !== undefined && column.correction !== undefined ? (
        <SameValue
          job={job}
          rejected={rejected}
          filter={filter}
          written={column.correction.value}
          isSaving={isSaving}
        />
      ) : null}
    </ColumnField>
  );
}

/** Where the record could not be read again, only what was objected to is known of it. */
function knownColumns({ columns, rejects, excerpt }: RecordView): readonly RecordColumn[] {
  if (excerpt !== null) return columns;
  return columns.flatMap((column) => {
    const rejected = rejects.find((entry) => entry.column === column.name);
    return rejected === undefined ? [] : [{ ...column, raw: rejected.value ?? null, isCut: isCut(rejected.value) }];
  });
}

/** Of longer values only the beginning is kept with the reject. */
function isCut(value = ''): boolean {
  return value.length >= 1_000 && value.endsWith('…');
}

/** What is wrong with what stands there now: with the file's value until it is corrected. */
function problemOf({ rejects, table }: RecordView, column: RecordColumn, mapping: Mapping | null): ReactNode {
  const { name, objection, correction, raw } = column;
  const value = correction === undefined ? raw : correction.value;
  if (objection !== undefined) {
    const entry = { ...objection, path: '', line: 0, table, column: name, ...(value !== null && { value }) };
    return <RejectWords entry={entry} mapping={mapping} span c="inherit" />;
  }
  if (correction !== undefined) return null;
  const found = rejects.filter((entry) => entry.column === name);
  if (found.length === 0) return null;
  return found.map((entry) => <RejectWords key={entry.code} entry={entry} mapping={mapping} span c="inherit" />);
}
