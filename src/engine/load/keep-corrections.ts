import type { Corrected, Correction, CorrectionRefusal, KeptCorrection } from '#contract/api/reject-corrections';
import type { RejectedRecord } from '#contract/api/reject-pages';
import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import type { RejectedLoad } from '#contract/worker-messages';
import { accountName } from '#engine/postgres/account-name';
import type { PgClient } from '#engine/postgres/client';
import { upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { LOCK_NOT_AVAILABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import { noteCorrections } from './note-corrections.ts';
import { onServer } from './on-server.ts';
import { assertRetryable, rootOf } from './retried-load.ts';
import type { ServerSession } from './server-session.ts';

/** Somebody waits for the answer; a retry that is merging takes as long as it takes. */
const LOCK_TIMEOUT = '3s';
const ATTEMPTS = 2;

/** What the texts are kept for, while the transaction holds it. */
export interface CorrectedLoad {
  readonly client: PgClient;
  readonly rootId: string;
  readonly mapping: Mapping;
}

/**
 * Keeps texts in the place of what rejected records hold, for the next retry of their load. Of two that are written for
 * one value at once the last one counts.
 * @throws LoadstoneError RETRY_INVALID, LOAD_LOCKED while a retry merges.
 */
export function correctRejects(
  session: ServerSession,
  load: RejectedLoad,
  { corrections, signal }: { readonly corrections: readonly Correction[]; readonly signal: AbortSignal },
): Promise<Corrected> {
  return whileHeld(session, load, signal, async (held) => {
    const { cells, changed } = await keepCorrections(held, corrections);
    await noteCorrections(held, changed);
    return cells;
  });
}

/** Does something about the corrections of a load, in one transaction, while no retry of it merges and nobody undoes it. */
export function whileHeld<T>(
  session: ServerSession,
  { loadId, mapping }: RejectedLoad,
  signal: AbortSignal,
  work: (held: CorrectedLoad) => Promise<T>,
): Promise<T> {
  const hold = async (client: PgClient) => {
    await upgradeLoadstoneSchema(client);
    await client.query(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`);
    const rootId = await holdRoot(client, loadId);
    const result = await work({ client, rootId, mapping });
    await client.query('commit');
    return result;
  };
  return onServer(session, hold, { signal, onRetry: () => undefined, attempts: ATTEMPTS });
}

async function holdRoot(client: PgClient, loadId: string): Promise<string> {
  const { load_id: rootId } = assertRetryable(await rootOf(client, loadId));
  try {
    await client.query('select from loadstone.loads where load_id = $1 for share', [rootId]);
  } catch (thrown) {
    throw sqlStateOf(thrown) === LOCK_NOT_AVAILABLE ? retryRuns(thrown) : thrown;
  }
  return assertRetryable(await rootOf(client, loadId)).load_id;
}

interface Kept {
  readonly cells: Corrected;
  /** How many values are others than before. */
  readonly changed: number;
}

/** The same within a transaction that holds the load. */
export async function keepCorrections(load: CorrectedLoad, corrections: readonly Correction[]): Promise<Kept> {
  const open = await readOpen(load, corrections);
  const judged = corrections.map((correction) => ({
    correction,
    refused: refusalOf(load.mapping, open.get(keyOf(correction)), correction.column),
  }));
  // Of what is said twice of one value in one breath, the last word counts.
  const accepted = new Map(
    judged.flatMap(({ correction, refused }) => (refused === null ? [[cellOf(correction), correction] as const] : [])),
  );
  const changed = await write(load, [...accepted.values()], open);
  const standing = await readStanding(load, corrections);
  const cells = judged.map(({ correction: { file, sequence, column }, refused }) => ({
    ...{ file, sequence, column, stands: standing.get(cellOf({ file, sequence, column })) ?? null },
    ...(refused !== null && { refused }),
  }));
  return { cells, changed };
}

interface OpenRecord {
  readonly table: string;
  /** Its reject says that the record cannot be read. */
  readonly unreadable: boolean;
  /** Another text stands in its place already. */
  readonly replaced: boolean;
}

type Cell = RejectedRecord & { readonly column: string | null };

function keyOf({ file, sequence }: RejectedRecord): string {
  return `${file}:${sequence}`;
}

function cellOf(cell: Cell): string {
  return `${keyOf(cell)}:${cell.column ?? ''}`;
}

function numbersOf(records: readonly RejectedRecord[]): [files: number[], sequences: number[]] {
  const distinct = [...new Map(records.map((record) => [keyOf(record), record])).values()];
  return [distinct.map(({ file }) => file), distinct.map(({ sequence }) => sequence)];
}

async function readOpen(
  { client, rootId }: CorrectedLoad,
  records: readonly RejectedRecord[],
): Promise<ReadonlyMap<string, OpenRecord>> {
  const { rows } = await client.query<RejectedRecord & OpenRecord>(
    `select r.file, r.sequence, min(r.table_name) as "table", bool_or(r.code = 'BROKEN_RECORD') as unreadable, exists (
       select from loadstone.corrections c
       where c.load_id = $1 and c.file = r.file and c.sequence = r.sequence and c.column_name = '') as replaced
     from loadstone.rejects r join unnest($2::int[], $3::int[]) a (file, sequence) using (file, sequence)
     where r.load_id = $1 and r.fixed_by is null group by r.file, r.sequence`,
    [rootId, ...numbersOf(records)],
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function refusalOf(mapping: Mapping, open: OpenRecord | undefined, column: string | null): CorrectionRefusal | null {
  if (open === undefined) return 'not_open';
  if (column === null) return open.unreadable || open.replaced ? null : 'record_readable';
  if (open.unreadable) return 'record_unreadable';
  const table = mapping.tables.find(({ name }) => name === open.table);
  return table?.columns.some(({ name }) => name === column) ? null : 'no_such_column';
}

/** @returns how many values are others than before. */
async function write(
  { client, rootId }: CorrectedLoad,
  corrections: readonly Correction[],
  open: ReadonlyMap<string, OpenRecord>,
): Promise<number> {
  if (corrections.length === 0) return 0;
  const cells = corrections.map((correction) => ({
    ...{ file: correction.file, sequence: correction.sequence, column: correction.column ?? '' },
    table: open.get(keyOf(correction))?.table,
    value: 'value' in correction ? correction.value : null,
    gone: 'remove' in correction,
  }));
  const { rows } = await client.query<{ count: string }>(
    `with asked as (
       select * from jsonb_to_recordset($2::jsonb) as a (file int, sequence int, "column" text, "table" text, value text, gone boolean)),
     removed as (
       delete from loadstone.corrections c using asked a
       where c.load_id = $1 and c.file = a.file and c.sequence = a.sequence and c.column_name = a.column and a.gone returning 1),
     kept as (
       insert into loadstone.corrections as c (load_id, file, sequence, table_name, column_name, value, who)
       select $1::uuid, file, sequence, "table", "column", value, $3 from asked where not gone
       on conflict (load_id, file, sequence, column_name) do update
         set value = excluded.value, who = excluded.who, at = clock_timestamp() where c.value is distinct from excluded.value
       returning 1)
     select (select count(*) from removed) + (select count(*) from kept) as count`,
    [rootId, JSON.stringify(cells), accountName()],
  );
  await forgetOtherReadings(
    { client, rootId },
    cells.filter(({ column, gone }) => column === '' && !gone),
  );
  return Number(rows[0]?.count);
}

/** Tables that take the same record would each have a text for it: one record has one. */
async function forgetOtherReadings(
  { client, rootId }: Pick<CorrectedLoad, 'client' | 'rootId'>,
  records: readonly RejectedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await client.query(
    `delete from loadstone.corrections c using loadstone.rejects mine, loadstone.rejects other, unnest($2::int[], $3::int[]) a (file, sequence)
     where c.load_id = $1 and c.column_name = '' and mine.load_id = $1 and mine.file = a.file and mine.sequence = a.sequence
       and other.load_id = $1 and other.file = mine.file and other.line = mine.line and other.sequence <> mine.sequence
       and c.file = other.file and c.sequence = other.sequence`,
    [rootId, ...numbersOf(records)],
  );
}

/** @returns by cell (see `cellOf`) what stands in its place. */
async function readStanding(
  { client, rootId }: CorrectedLoad,
  records: readonly RejectedRecord[],
): Promise<ReadonlyMap<string, KeptCorrection>> {
  const { rows } = await client.query<RejectedRecord & KeptCorrection & { column: string }>(
    `select c.file, c.sequence, c.column_name as "column", c.value, ${KEPT_AT} as at, c.who
     from loadstone.corrections c join unnest($2::int[], $3::int[]) a (file, sequence) using (file, sequence) where c.load_id = $1`,
    [rootId, ...numbersOf(records)],
  );
  return new Map(
    rows.map(({ column, value, at, who, ...record }) => [cellOf({ ...record, column }), { value, at, who }]),
  );
}

/** The time of a correction `c` in ISO 8601, UTC. */
export const KEPT_AT = `to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function retryRuns(cause: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'LOAD_LOCKED',
    message: 'These rejects are being loaded at this moment, or their load is being undone. Nothing was kept.',
    remedy: 'Wait until that has ended, then look which of them are left.',
    retryable: true,
    cause,
  });
}
