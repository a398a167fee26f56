import { introspectTable, type TargetTable } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { unchangedSince } from './unchanged-since.ts';
import { nameOf, onKey, shortXid, type UndoContext, type UndoTable } from './undo-table.ts';

/** How the rows that a load changed get their former values. In its SQL `t` is the target's row, `b` the former one. */
export interface Restoration {
  readonly table: UndoTable;
  /** Quoted: the rows as they were. */
  readonly before: string;
  readonly columns: readonly string[];
  /** Columns of another type than they had: their former values do not fit. */
  readonly altered: readonly string[];
  readonly ours: string;
  readonly conditions: readonly RestoreCondition[];
  /** References to what a restored row shows, beside its key. */
  readonly shown: readonly ShownReference[];
}

interface RestoreCondition {
  readonly sql: string;
  readonly reason: 'former_reference_gone' | 'value_taken';
  /** Where the row is missing. */
  readonly other: { readonly schema: string; readonly table: string } | null;
}

interface ShownReference {
  readonly schema: string;
  readonly table: string;
  /** The restored row would show something else than now. */
  readonly moves: string;
  /** Row `r` refers to it and would have to follow, or hinder it. */
  readonly refers: string;
}

/** @returns null for a table in which the load changed nothing. */
export async function planRestoration(context: UndoContext, table: UndoTable): Promise<Restoration | null> {
  if (table.before_table === null) return null;
  const { client, xid } = context;
  const before = quoteQualified('loadstone', table.before_table);
  const target = await introspectTable(client, table.target_schema, table.target_table);
  const kept = await introspectTable(client, 'loadstone', table.before_table);
  if (target === null || kept === null) throw new Error(`${nameOf(table)} is there and cannot be described`);
  const types = new Map(kept.columns.map(({ name, type }) => [name, type]));
  // Generated columns follow by themselves.
  const both = target.columns.filter(
    ({ name, generated, identity }) => !generated && identity !== 'a' && types.has(name),
  );
  const columns = both.map(({ name }) => name);
  return {
    table,
    before,
    columns,
    altered: both.filter(({ name, type }) => types.get(name) !== type).map(({ name }) => name),
    ours: await unchangedSince(client, table, xid, before),
    conditions: [...formerReferences(target, columns), ...freeValues(table, target, columns)],
    shown: shownReferences(context, table, columns),
  };
}

/** @returns how many rows got their former values. */
export async function restoreRows({ client }: UndoContext, restoration: Restoration): Promise<number> {
  const { table, before, columns, altered, ours, conditions, shown } = restoration;
  if (altered.length > 0 || columns.length === 0) return 0;
  const held = shown.map(
    ({ schema, table: name, moves, refers }) =>
      `not (${moves} and exists (select from ${quoteQualified(schema, name)} r where ${refers}))`,
  );
  const set = columns.map((name) => `${quoteIdentifier(name)} = b.${quoteIdentifier(name)}`).join(', ');
  const { rowCount } = await client.query(
    `update ${nameOf(table)} t set ${set} from ${before} b
     where ${[onKey(table, 't', 'b'), ours, ...conditions.map(({ sql }) => sql), ...held].join(' and ')}`,
  );
  return rowCount ?? 0;
}

/** What the restored row will hold in a column. */
function restored(name: string, columns: readonly string[]): string {
  return `${columns.includes(name) ? 'b' : 't'}.${quoteIdentifier(name)}`;
}

/** The rows that the former values refer to are there. */
function formerReferences(target: TargetTable, columns: readonly string[]): RestoreCondition[] {
  const touched = target.foreignKeys.filter((key) => key.columns.some((name) => columns.includes(name)));
  return touched.map((key) => {
    const absent = key.columns.map((name) => `${restored(name, columns)} is null`);
    const refers = key.columns.map(
      (name, i) => `p.${quoteIdentifier(key.on[i] as string)} = ${restored(name, columns)}`,
    );
    return {
      sql: `(${absent.join(' or ')} or exists (select from ${quoteQualified(key.schema, key.table)} p where ${refers.join(' and ')}))`,
      reason: 'former_reference_gone',
      other: { schema: key.schema, table: key.table },
    };
  });
}

/** No other row holds the former values of a unique key. Rows of the load that stand in each other's way come back one after the other. */
function freeValues(table: UndoTable, target: TargetTable, columns: readonly string[]): RestoreCondition[] {
  const unique = target.uniqueKeys.filter(
    (key) => key.some((name) => columns.includes(name)) && !table.key_columns.every((name) => key.includes(name)),
  );
  return unique.map((key) => {
    const same = key.map((name) => `t.${quoteIdentifier(name)} is not distinct from ${restored(name, columns)}`);
    const taken = key.map((name) => `o.${quoteIdentifier(name)} = ${restored(name, columns)}`);
    return {
      sql: `(${same.join(' and ')} or not exists (select from ${nameOf(table)} o where ${taken.join(' and ')} and not (${onKey(table, 'o', 'b')})))`,
      reason: 'value_taken',
      other: null,
    };
  });
}

/** Rows that the merge itself took along when it changed what they refer to, or that are back by now, follow back again. */
function shownReferences(
  { incoming, xid }: UndoContext,
  table: UndoTable,
  columns: readonly string[],
): ShownReference[] {
  const beside = (incoming.get(table.position) ?? []).filter(({ on }) =>
    on.some((name) => columns.includes(name) && !table.key_columns.includes(name)),
  );
  return beside.map((reference) => {
    const moves = reference.on.map((name) => `t.${quoteIdentifier(name)} is distinct from ${restored(name, columns)}`);
    const refers = reference.columns.map(
      (name, i) => `r.${quoteIdentifier(name)} = t.${quoteIdentifier(reference.on[i] as string)}`,
    );
    const ours = `r.xmin::text::bigint in (${shortXid(xid)}, (pg_current_xact_id()::text::numeric % 4294967296)::bigint)`;
    const follows = reference.onUpdate === 'cascade' ? [`not (${ours})`] : [];
    return {
      schema: reference.schema,
      table: reference.table,
      moves: `(${moves.join(' or ')})`,
      refers: [...refers, ...follows].join(' and '),
    };
  });
}
