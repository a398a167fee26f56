import type { MappedColumn, MappedTable, Mapping } from '#contract/mapping';

/** What the mapping says of a column that has a reject. */
export interface ColumnFacts {
  readonly type: string;
  readonly formats: readonly string[];
  /** The table it refers to. */
  readonly refersTo: string | null;
}

/** @returns null where the mapping does not know the column, as one of before it was changed. */
export function columnFacts(mapping: Mapping | null, table: string, column: string | undefined): ColumnFacts | null {
  const mapped = mapping?.tables.find(({ name }) => name === table);
  const found = mapped?.columns.find(({ name }) => name === column);
  return mapped === undefined || found === undefined ? null : factsOf(mapped, found);
}

function factsOf({ references }: MappedTable, { name, type, formats = [] }: MappedColumn): ColumnFacts {
  const reference = references.find(({ columns }) => columns.includes(name));
  return { type, formats, refersTo: reference?.table ?? null };
}

export type TypeFamily =
  | 'whole'
  | 'number'
  | 'boolean'
  | 'date'
  | 'time'
  | 'moment'
  | 'uuid'
  | 'json'
  | 'bytes'
  | 'text'
  | 'list'
  | 'other';

const FAMILIES: readonly (readonly [RegExp, TypeFamily])[] = [
  [/\[/, 'list'],
  [/^(?:smallint|int2|integer|int|int4|bigint|int8)$/, 'whole'],
  [/^(?:numeric|decimal|dec|real|float\d*|double precision)\b/, 'number'],
  [/^bool(?:ean)?$/, 'boolean'],
  [/^date$/, 'date'],
  [/^timestamp/, 'moment'],
  [/^time/, 'time'],
  [/^uuid$/, 'uuid'],
  [/^jsonb?$/, 'json'],
  [/^bytea$/, 'bytes'],
  [/^(?:text|varchar|char|bpchar|character)/, 'text'],
];

/** What kind of value a type, as a mapping writes it, holds. */
export function typeFamily(type: string): TypeFamily {
  const spelled = type.trim().toLowerCase();
  return FAMILIES.find(([shape]) => shape.test(spelled))?.[1] ?? 'other';
}
