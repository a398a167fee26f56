import type { LoadReport } from '#contract/load';
import type { Resolutions } from '#contract/resolutions';
import type { UndoResult } from '#contract/undo';
import { chosenFor, meet } from './model-resolutions.ts';

/**
 * What a load and an undo do, said in plain TypeScript after the mapping's documentation: rows in memory, one at a time,
 * no SQL. Tables may refer to themselves and to each other.
 */

type Value = string | null;
export type Values = Readonly<Record<string, Value>>;
export type Policy = 'skip' | 'overwrite' | 'merge';

interface ModelReference {
  readonly columns: readonly string[];
  readonly table: string;
  readonly on: readonly string[];
  readonly onMissing: 'reject' | 'null';
}

export interface ModelTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly defaults: Readonly<Record<string, string>>;
  readonly references: readonly ModelReference[];
  /** The mapping's own, or the load's. */
  readonly policies: Readonly<Record<string, Policy>>;
  /** Columns whose values are compared as numbers. */
  readonly numbers: readonly string[];
  /** The load's, for all of its tables. */
  readonly resolutions: Resolutions | undefined;
}

/** A record as a file holds it, in document order. */
export interface ModelRecord {
  readonly table: string;
  readonly values: Values;
  /** Set for a record that cannot become a row. */
  readonly flaw: 'BAD_VALUE' | 'MISSING_KEY' | 'CONSTRAINT' | null;
}

export interface ModelFile {
  readonly path: string;
  readonly records: readonly ModelRecord[];
}

interface Row {
  readonly values: Values;
  /** Who wrote it last: the number of a load, or null for rows that were there before any. */
  readonly writer: number | null;
}

type Content = ReadonlyMap<string, Row>;

/** All tables: name → key → row. */
export type State = ReadonlyMap<string, Content>;

interface Changes {
  readonly inserted: readonly string[];
  /** Rows as they were. */
  readonly before: ReadonlyMap<string, Row>;
  /** Of each row that was written, the last record that changed something. */
  readonly last: ReadonlyMap<string, ModelRecord>;
}

export interface MergedLoad {
  readonly state: State;
  readonly report: Pick<LoadReport, 'tables' | 'warnings'> & {
    readonly rejects: Pick<LoadReport['rejects'], 'total' | 'byReason'>;
    readonly state: string;
  };
  readonly changes: ReadonlyMap<string, Changes>;
  /** A row that must not change would have to: then everything is as before. */
  readonly fails: boolean;
  /** Files of which some record was rejected. */
  readonly rejectedIn: ReadonlySet<string>;
}

interface LiveRow {
  readonly record: ModelRecord;
  readonly table: ModelTable;
  values: Values;
  dead: boolean;
  nulled: number;
}

/** @param tables in merge order: parents first. */
export function loadModel(
  tables: readonly ModelTable[],
  state: State,
  files: readonly ModelFile[],
  load: number,
): MergedLoad {
  const records = files
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
    .flatMap((file) => file.records);
  const reasons = new Map<string, number>();
  const count = (code: string, number: number) => reasons.set(code, (reasons.get(code) ?? 0) + number);
  const rows = records
    .filter(({ flaw }) => flaw === null)
    .map(
      (record): LiveRow => ({
        record,
        table: named(tables, record.table),
        values: record.values,
        dead: false,
        nulled: 0,
      }),
    );
  for (const { flaw } of records) if (flaw !== null) count(flaw, 1);
  count('MISSING_REFERENCE', settleReferences(rows, state));

  const fallen = new Set(rows.filter(({ dead }) => dead).map(({ record }) => record));
  const next = new Map(state);
  const changes = new Map<string, Changes>();
  const counts: Record<string, LoadReport['tables'][string]> = {};
  let contradictions = 0;
  let fails = false;
  for (const table of tables) {
    const mine = rows.filter((row) => row.table === table);
    const merged = mergeTable(
      table,
      next.get(table.name) ?? new Map(),
      mine.filter(({ dead }) => !dead),
      load,
    );
    next.set(table.name, merged.content);
    changes.set(table.name, merged.changes);
    contradictions += merged.contradictions;
    fails ||= merged.fails;
    const read = records.filter((record) => record.table === table.name).length;
    const { inserted, updated, unchanged, skipped } = merged.counts;
    counts[table.name] = {
      read,
      ...{ inserted, updated, unchanged, skipped },
      rejected: read - mine.filter(({ dead }) => !dead).length,
    };
  }
  const total = [...reasons.values()].reduce((sum, number) => sum + number, 0);
  const nulled = rows.filter(({ dead }) => !dead).reduce((sum, row) => sum + row.nulled, 0);
  return {
    state: fails ? state : next,
    changes: fails ? new Map() : changes,
    fails,
    rejectedIn: new Set(
      files
        .filter(({ records: own }) => own.some((record) => record.flaw !== null || fallen.has(record)))
        .map(({ path }) => path),
    ),
    report: {
      tables: counts,
      rejects: { total, byReason: Object.fromEntries([...reasons].filter(([, number]) => number > 0)) },
      warnings: [
        ...(contradictions > 0 ? [{ code: 'CONFLICT_IN_LOAD' as const, count: contradictions }] : []),
        ...(nulled > 0 ? [{ code: 'REFERENCE_NULLED' as const, count: nulled }] : []),
      ],
      state: total > 0 ? 'succeeded_with_rejects' : 'succeeded',
    },
  };
}

/** Rows refer to rows that stand in the target or stay in the load. @returns how many rows fell. */
function settleReferences(rows: readonly LiveRow[], state: State): number {
  const isThere = (row: LiveRow, reference: ModelReference) => {
    const wanted = reference.columns.map((column) => row.values[column] ?? null);
    if (wanted.includes(null)) return true;
    const matches = (values: Values) => reference.on.every((column, i) => values[column] === wanted[i]);
    return (
      [...(state.get(reference.table) ?? new Map<string, Row>()).values()].some(({ values }) => matches(values)) ||
      rows.some((other) => !other.dead && other.table.name === reference.table && matches(other.values))
    );
  };
  let fallen = 0;
  for (let more = true; more; ) {
    more = false;
    for (const row of rows.filter(({ dead }) => !dead)) {
      const misses = row.table.references.some((one) => one.onMissing === 'reject' && !isThere(row, one));
      if (!misses) continue;
      row.dead = true;
      fallen += 1;
      more = true;
    }
  }
  for (const row of rows) {
    const missing = row.table.references.filter((one) => one.onMissing === 'null' && !isThere(row, one));
    row.nulled = missing.length;
    row.values = { ...row.values, ...Object.fromEntries(missing.flatMap((one) => one.columns).map((c) => [c, null])) };
  }
  return fallen;
}

function mergeTable(table: ModelTable, before: Content, rows: readonly LiveRow[], load: number) {
  const content = new Map(before);
  const inserted = new Set<string>();
  const kept = new Map<string, Row>();
  const last = new Map<string, ModelRecord>();
  const updates = new Map<string, number>();
  const counts = { inserted: 0, updated: 0, unchanged: 0, skipped: 0 };
  /** What this load last said of each key, and how often a row contradicted what its key was then. */
  const met = new Map<string, Values>();
  let contradictions = 0;
  let fails = false;
  const said = Map.groupBy(rows, ({ values }) => keyOf(table, values));
  const chosen = new Map(
    [...said].map(([key, own]) => {
      const former = before.get(key);
      const values = own.map((row) => row.values);
      return [key, former === undefined ? undefined : chosenFor(table, former.values, values)] as const;
    }),
  );
  for (const { values, record } of rows) {
    const key = keyOf(table, values);
    const current = content.get(key);
    if (current === undefined) {
      content.set(key, { values, writer: load });
      inserted.add(key);
      met.set(key, values);
      last.set(key, record);
      counts.inserted += 1;
      continue;
    }
    const outcome = meet(table, current.values, values, chosen.get(key));
    if (outcome.kind === 'fails') {
      fails = true;
      continue;
    }
    counts[outcome.kind] += 1;
    if (outcome.kind === 'updated') updates.set(key, (updates.get(key) ?? 0) + 1);
    const earlier = met.get(key);
    if (
      earlier !== undefined &&
      outcome.kind !== 'unchanged' &&
      meet(table, earlier, values, undefined).kind !== 'unchanged'
    )
      contradictions += 1;
    met.set(key, values);
    if (outcome.kind !== 'updated') continue;
    if (!inserted.has(key) && !kept.has(key)) kept.set(key, current);
    content.set(key, { values: outcome.values, writer: load });
    last.set(key, record);
  }
  // Rows that lead away from what was there and back again change nothing.
  for (const [key, former] of kept) {
    const now = content.get(key)?.values;
    if (table.columns.some((column) => now?.[column] !== former.values[column])) continue;
    const settled = updates.get(key) ?? 0;
    counts.updated -= settled;
    counts.skipped += settled;
    content.set(key, former);
    kept.delete(key);
    last.delete(key);
  }
  // Defaults stand in for what no row of the key has said.
  for (const key of inserted) {
    const row = content.get(key) as Row;
    const filled = table.columns.map((column) => [column, row.values[column] ?? table.defaults[column] ?? null]);
    content.set(key, { ...row, values: Object.fromEntries(filled) as Values });
  }
  return { content, counts, contradictions, fails, changes: { inserted: [...inserted], before: kept, last } };
}

export function keyOf(table: ModelTable, values: Values): string {
  return JSON.stringify(table.key.map((column) => values[column]));
}

function named(tables: readonly ModelTable[], name: string): ModelTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

/**
 * Takes a load back: what is still as the load left it gets its former values or goes; an inserted row goes only when no
 * row that stays refers to it, a former value comes back only when what it refers to is there.
 *
 * @param enforced whether the database itself knows the references.
 */
export function undoModel(
  tables: readonly ModelTable[],
  state: State,
  load: number,
  changes: ReadonlyMap<string, Changes>,
  enforced: boolean,
): { readonly state: State; readonly tables: UndoResult['tables'] } {
  const next = new Map([...state].map(([name, content]) => [name, new Map(content)]));
  const contentOf = (name: string) => next.get(name) as Map<string, Row>;
  const refersTo = (reference: ModelReference, from: Values, to: Values) =>
    reference.columns.every((column, i) => from[column] !== null && from[column] === to[reference.on[i] as string]);
  const results: Record<string, { removed: number; restored: number; conflicts: number }> = {};
  for (const table of tables) {
    const result = { removed: 0, restored: 0, conflicts: 0 };
    results[table.name] = result;
    for (const [key, former] of changes.get(table.name)?.before ?? []) {
      const stands = table.references.every(
        (reference) =>
          reference.columns.some((column) => former.values[column] === null) ||
          [...contentOf(reference.table).values()].some(({ values }) => refersTo(reference, former.values, values)),
      );
      if (contentOf(table.name).get(key)?.writer === load && (stands || !enforced)) {
        contentOf(table.name).set(key, former);
        result.restored += 1;
      } else result.conflicts += 1;
    }
  }
  const going = new Map(
    tables.map((table) => {
      const keys = changes.get(table.name)?.inserted ?? [];
      return [table.name, new Set(keys.filter((key) => contentOf(table.name).get(key)?.writer === load))];
    }),
  );
  const isHeld = (table: ModelTable, key: string) =>
    tables.some((other) =>
      other.references
        .filter((reference) => reference.table === table.name)
        .some((reference) =>
          [...contentOf(other.name)].some(
            ([otherKey, { values }]) =>
              going.get(other.name)?.has(otherKey) !== true &&
              refersTo(reference, values, (contentOf(table.name).get(key) as Row).values),
          ),
        ),
    );
  for (let more = enforced; more; ) {
    more = false;
    for (const table of tables) {
      for (const key of going.get(table.name) ?? []) {
        if (isHeld(table, key)) more = going.get(table.name)?.delete(key) || more;
      }
    }
  }
  for (const table of tables) {
    const content = contentOf(table.name);
    const result = results[table.name] as (typeof results)[string];
    for (const key of changes.get(table.name)?.inserted ?? []) {
      if (going.get(table.name)?.has(key)) {
        content.delete(key);
        result.removed += 1;
      } else if (content.has(key)) result.conflicts += 1;
    }
  }
  return { state: next, tables: results };
}
