import type { Trace, TraceEvent, TraceRequest } from '#contract/api/traces';
import { LoadstoneError } from '#contract/errors';
import type { UndoReason } from '#contract/undo';
import type { PgClient } from '#engine/postgres/client';
import { introspectTable, nameTaken, resolveSchema } from '#engine/postgres/introspect';
import { type KnownRow, readKnownRow } from './known-row.ts';
import { shortened } from './shown-value.ts';
import type { Snapshot } from './snapshot.ts';
import { tableMissing } from './table-missing.ts';
import { findWritings, type Writing } from './trace-writings.ts';
import { readTracedLoads, type TracedLoad } from './traced-load.ts';

interface TraceOptions {
  /** false: nothing was ever loaded into this database. */
  readonly isKept: boolean;
  readonly signal: AbortSignal;
}

/**
 * Which loads inserted and changed one row, newest first, with file and line, and what each changed in it.
 *
 * @throws LoadstoneError DATABASE_ERROR when there is no such table, USAGE when the key does not tell one row.
 */
export async function traceRow(
  client: PgClient,
  request: TraceRequest,
  { isKept, signal }: TraceOptions,
): Promise<Trace> {
  const schema = await resolveSchema(client, request.schema);
  const target = await introspectTable(client, schema, request.table);
  if (target === null) throw await noTable(client, schema, request.table);
  const loads = isKept ? await readTracedLoads(client, target) : [];
  const row = await readKnownRow(client, target, request.key, loads);
  const { writings, truncated } = await findWritings(client, loads, row, signal);
  const told: TraceEvent[] = [];
  for (const writing of writings) told.push(await tellEvent(client, writing, writings, row));
  const last = new Set(writings.flatMap(({ writer, load }) => [writer, load.undo_writer]));
  return {
    schema,
    table: target.table,
    key: Object.fromEntries(row.shown),
    found: row.now !== null,
    events: told,
    changedSince: row.now !== null && writings.length > 0 && !last.has(row.now.writer),
    forgotten: forgottenOf(loads),
    truncated,
  };
}

async function noTable(client: PgClient, schema: string, table: string): Promise<LoadstoneError> {
  const kind = await nameTaken(client, schema, table);
  if (kind === null) return tableMissing({ schema, table });
  return new LoadstoneError({
    code: 'USAGE',
    message: `${schema}.${table} is ${kind}: no load writes into it.`,
    remedy: 'Ask for a row of a table.',
  });
}

function forgottenOf(loads: readonly TracedLoad[]): Trace['forgotten'] {
  const dropped = loads.filter((load) => load.dropped);
  const [newest] = dropped;
  return newest === undefined ? null : { loads: dropped.length, until: newest.at };
}

async function tellEvent(
  client: PgClient,
  writing: Writing,
  all: readonly Writing[],
  row: KnownRow,
): Promise<TraceEvent> {
  const { load, act, path, line } = writing;
  const values = changedValues(writing, all, row);
  return {
    loadId: load.load_id,
    mapping: load.mapping,
    at: load.at,
    act,
    ...(path !== null && { path }),
    ...(line !== null && { line }),
    ...(values !== null && { values }),
    ...(load.undone_at !== null && { undone: await tellUndo(client, writing, load.undone_at, row) }),
  };
}

type TraceValues = NonNullable<TraceEvent['values']>;

/** What the load left is what somebody found who wrote the row next, or what stands there now. */
function changedValues(writing: Writing, all: readonly Writing[], row: KnownRow): TraceValues | null {
  const { before, writer } = writing;
  if (before === null) return null;
  const after =
    row.now?.writer === writer
      ? row.now
      : all.find((other) => other !== writing && other.before?.writer === writer)?.before;
  if (!after) return null;
  return differences(before, after);
}

function differences(before: Snapshot, after: Snapshot): TraceValues {
  const values = [];
  for (const [column, old] of before.values) {
    const now = after.values.get(column);
    if (now === undefined || now.hash === old.hash) continue;
    values.push({ column, old: shortened(old.text), new: shortened(now.text) });
  }
  return values;
}

async function tellUndo(
  client: PgClient,
  { load, act }: Writing,
  at: string,
  row: KnownRow,
): Promise<NonNullable<TraceEvent['undone']>> {
  const { rows } = await client.query<{ reason: UndoReason }>(
    `select reason from loadstone.undo_conflicts
     where load_id = $1 and position = $2 and act = $3 and key = jsonb_object($4::text[], $5::text[]) limit 1`,
    [
      load.load_id,
      load.position,
      act,
      load.key_columns,
      load.key_columns.map((column) => row.known.get(column) ?? null),
    ],
  );
  return { at, ...(rows[0] !== undefined && { left: rows[0].reason }) };
}
