import type { TraceRequest } from '#contract/api/traces';
import { LoadstoneError } from '#contract/errors';
import type { PgClient } from '#engine/postgres/client';
import type { TargetTable } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { sqlStateOf } from '#engine/postgres/transient';
import { type Snapshot, snapshotOf, snapshotValues } from './snapshot.ts';
import type { TracedLoad } from './traced-load.ts';

/** A row that is asked about. */
export interface KnownRow {
  /** What was asked for, as PostgreSQL prints it. */
  readonly shown: ReadonlyMap<string, string>;
  /** Values of the row, in full: those that were given and those of all keys that loads know it by. */
  readonly known: ReadonlyMap<string, string>;
  /** As it stands; null: it does not. */
  readonly now: Snapshot | null;
}

/** @throws LoadstoneError USAGE when the key does not fit the table, or several rows have it. */
export async function readKnownRow(
  client: PgClient,
  target: TargetTable,
  key: TraceRequest['key'],
  loads: readonly TracedLoad[],
): Promise<KnownRow> {
  const given = givenValues(target, key, loads);
  const types = await columnTypes(client, target);
  const columns = [...given.keys()];
  const casts = columns.map((name, i) => `($${i + 1}::text)::${types.get(name) ?? 'text'}`);
  const texts = [...given.values()];
  try {
    const { rows: printed } = await client.query<{ texts: string[] }>(
      `select array[${casts.map((cast) => `${cast}::text`).join(', ')}] as texts`,
      texts,
    );
    const shown = new Map(columns.map((name, i) => [name, printed[0]?.texts[i] ?? '']));
    const wanted = new Set(loads.flatMap((load) => load.key_columns).filter((name) => types.has(name)));
    const equal = columns.map((name, i) => equals(name, types.get(name) ?? '', casts[i] ?? '')).join(' and ');
    const keys = [...wanted].map((name) => `t.${quoteIdentifier(name)}::text`);
    const { rows } = await client.query<{ keys: (string | null)[] } & Record<string, unknown>>(
      `select array[${keys.join(', ')}]::text[] as keys, ${snapshotValues('t', [...types.keys()])}, t.xmin::text as writer
       from ${quoteQualified(target.schema, target.table)} t where ${equal} limit 2`,
      texts,
    );
    if (rows.length > 1) throw notOne(target, columns);
    const own = [...wanted].map((name, i) => [name, rows[0]?.keys[i] ?? null] as const);
    const known = new Map([...shown, ...own.filter((one): one is [string, string] => one[1] !== null)]);
    return { shown, known, now: rows[0] === undefined ? null : snapshotOf([...types.keys()], rows[0]) };
  } catch (thrown) {
    if (!NOT_A_VALUE.has(sqlStateOf(thrown)?.slice(0, 2) ?? '')) throw thrown;
    throw usage(
      target,
      `${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'Give values as the columns hold them.',
    );
  }
}

/** Types that have no equality, or one that is none. */
const COMPARED_AS_TEXT = /^(json|xml|point|line|lseg|box|path|polygon|circle)(\[\])?$/;

function equals(name: string, type: string, value: string): string {
  const column = `t.${quoteIdentifier(name)}`;
  return COMPARED_AS_TEXT.test(type) ? `${column}::text = ${value}::text` : `${column} = ${value}`;
}

/** Data exceptions: a text that is no value of the column's type. */
const NOT_A_VALUE: ReadonlySet<string> = new Set(['22']);

/** @returns the types of the table's columns, by name, without lengths: a value must not be cut to fit. */
async function columnTypes(client: PgClient, { oid }: TargetTable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, -1) as type from pg_attribute
     where attrelid = $1::oid and attnum > 0 and not attisdropped order by attnum`,
    [oid],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

function givenValues(
  target: TargetTable,
  key: TraceRequest['key'],
  loads: readonly TracedLoad[],
): ReadonlyMap<string, string> {
  const named = (columns: readonly string[]) => `Its key is ${columns.join(', ')}.`;
  const columns = target.primaryKey.length > 0 ? target.primaryKey : (loads[0]?.key_columns ?? []);
  if (!Array.isArray(key)) {
    const unknown = Object.keys(key).find((name) => !target.columns.some((column) => column.name === name));
    if (unknown !== undefined) throw usage(target, `it has no column ${unknown}`, named(columns));
    // The primary key alone tells the row; other values may be shown otherwise than they are.
    const isKey = columns.length > 0 && columns.every((name) => key[name] !== undefined);
    const used = isKey ? columns : Object.keys(key);
    if (used.length === 0) throw usage(target, 'no value is given', named(columns));
    return new Map(used.map((name) => [name, key[name] as string]));
  }
  if (columns.length === 0) {
    throw usage(target, 'it has no key', 'Give values by column, as "column=value".');
  }
  if (key.length !== columns.length) {
    const wants = columns.length === 1 ? 'one value' : `${columns.length} values`;
    throw usage(
      target,
      `its key has ${wants}, not ${key.length}`,
      `Give the values of ${columns.join(', ')}, or "column=value".`,
    );
  }
  return new Map(columns.map((name, i) => [name, key[i] as string]));
}

function notOne(target: TargetTable, columns: readonly string[]): LoadstoneError {
  return usage(
    target,
    `several rows have these values of ${columns.join(', ')}`,
    'Name more columns, as "column=value".',
  );
}

function usage({ schema, table }: TargetTable, fact: string, remedy: string): LoadstoneError {
  return new LoadstoneError({
    code: 'USAGE',
    message: `No row of ${schema}.${table} can be found by this: ${fact}.`,
    remedy,
  });
}
