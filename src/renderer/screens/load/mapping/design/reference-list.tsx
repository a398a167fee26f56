import { ActionIcon, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MappedTable, Mapping, Reference } from '#contract/mapping';
import { design } from '#renderer/screens/load/wizard-store.ts';
import type { Selection } from '../left-out.ts';
import { addReference, removeReference, setReference } from './change-mapping.ts';
import classes from './reference-list.module.css';

interface ReferenceListProps {
  /** By whose names references are kept; tables and columns have the same numbers in the whole. */
  readonly original: Mapping;
  readonly whole: Mapping;
  readonly selection: Selection;
  readonly table: number;
}

const MISSING = ['reject', 'null', 'fail'] as const;
const DELETED = ['no action', 'restrict', 'cascade', 'set null'] as const;

/** What the rows of a table refer to, and what becomes of those whose other row is nowhere. */
export function ReferenceList({ original, whole, selection, table }: ReferenceListProps) {
  const { t } = useTranslation();
  const own = original.tables[table];
  if (own === undefined || selection.fates[table] !== 'load') return null;
  const others = tableOptions(whole, selection);
  const target = others.find(({ value }) => value !== String(table)) ?? others[0];
  return (
    <Stack gap="xs">
      <Text fz="sm" fw={500}>
        {t('load.reference.title')}
      </Text>
      {own.references.map((reference, at) => (
        <ReferenceRow
          // biome-ignore lint/suspicious/noArrayIndexKey: references are known by their number
          key={at}
          {...{ original, whole, selection, table, reference, at }}
        />
      ))}
      {target === undefined ? null : (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => design((now) => addReference(now, table, Number(target.value)))}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('load.reference.add')}
        </Button>
      )}
    </Stack>
  );
}

interface ReferenceRowProps extends ReferenceListProps {
  readonly reference: Reference;
  readonly at: number;
}

function ReferenceRow({ original, whole, selection, table, reference, at }: ReferenceRowProps) {
  const { t } = useTranslation();
  const to = original.tables.findIndex(({ name }) => name === reference.table);
  const change = (what: (one: Reference) => Reference) => design((now) => setReference(now, table, at, what));
  const retarget = (number: number) => design((now) => pointTo(now, table, at, number));
  const number = at + 1;
  const known = tableOptions(whole, selection);
  const tables = known.some(({ value }) => value === String(to))
    ? known
    : [{ value: String(to), label: reference.table }, ...known];
  return (
    <Group gap="xs" align="flex-end" className={classes.row}>
      <Stack gap={4}>
        {reference.columns.map((column, pair) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pairs are known by their number
          <Group key={pair} gap="xs" wrap="nowrap">
            <ColumnSelect
              label={t('load.reference.column', { number })}
              original={original.tables[table]}
              whole={whole.tables[table]}
              value={column}
              onChange={(name) => change((one) => ({ ...one, columns: replaced(one.columns, pair, name) }))}
            />
            <span aria-hidden>→</span>
            <ColumnSelect
              label={t('load.reference.on', { number })}
              original={original.tables[to]}
              whole={whole.tables[to]}
              value={reference.on[pair] ?? ''}
              onChange={(name) => change((one) => ({ ...one, on: replaced(one.on, pair, name) }))}
            />
          </Group>
        ))}
      </Stack>
      <NativeSelect
        size="xs"
        label={t('load.reference.table')}
        value={String(to)}
        data={tables}
        onChange={(event) => retarget(Number(event.currentTarget.value))}
      />
      <NativeSelect
        size="xs"
        label={t('load.reference.onMissing')}
        value={reference.onMissing}
        data={MISSING.map((value) => ({ value, label: t(`load.reference.missing.${value}`) }))}
        onChange={(event) => {
          const onMissing = MISSING.find((one) => one === event.currentTarget.value);
          if (onMissing !== undefined) change((one) => ({ ...one, onMissing }));
        }}
      />
      <NativeSelect
        size="xs"
        label={t('load.reference.onDelete')}
        value={reference.onDelete}
        data={DELETED.map((value) => ({ value, label: t(`load.reference.deleted.${value}`) }))}
        onChange={(event) => {
          const onDelete = DELETED.find((one) => one === event.currentTarget.value);
          if (onDelete !== undefined) change((one) => ({ ...one, onDelete }));
        }}
      />
      <NotUnique reference={whole.tables[table]?.references[at]} target={whole.tables[to]} />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('load.reference.remove', { table: reference.table })}
        onClick={() => design((now) => removeReference(now, table, at))}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

interface NotUniqueProps {
  readonly reference: Reference | undefined;
  readonly target: MappedTable | undefined;
}

/** A reference to columns that are not unique is refused by the database. */
function NotUnique({ reference, target }: NotUniqueProps) {
  const { t } = useTranslation();
  if (reference === undefined || target === undefined) return null;
  const { on } = reference;
  const { key, name } = target;
  if (on.length === key.length && key.every((column) => on.includes(column))) return null;
  return (
    <Text fz="sm" c="var(--mantine-color-error)" w="100%">
      {t('load.reference.notUnique', { columns: on.join(', '), table: name })}
    </Text>
  );
}

interface ColumnSelectProps {
  readonly label: string;
  readonly original: MappedTable | undefined;
  readonly whole: MappedTable | undefined;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** Shows the names as they are now, and gives those by which the mapping finds them. */
function ColumnSelect({ label, original, whole, value, onChange }: ColumnSelectProps) {
  const columns = original?.columns.map(({ name }, at) => ({ value: name, label: whole?.columns[at]?.name ?? name }));
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      data={columns ?? [value]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function tableOptions({ tables }: Mapping, { fates }: Selection) {
  return tables.flatMap(({ name }, at) => (fates[at] === 'load' ? [{ value: String(at), label: name }] : []));
}

function replaced(list: readonly string[], at: number, value: string): string[] {
  return list.map((one, number) => (number === at ? value : one));
}

/** Another table has other columns: the reference is made anew, in its place. */
function pointTo(mapping: Mapping, table: number, at: number, to: number): Mapping {
  const made = addReference(mapping, table, to).tables[table]?.references.at(-1);
  if (made === undefined) return mapping;
  return setReference(mapping, table, at, ({ onMissing, onDelete }) => ({ ...made, onMissing, onDelete }));
}
