import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { KeptCorrection, RecordColumn, RecordView, SourceFileState } from '#contract/api/reject-corrections';
import type { RejectedRecord, RejectRow } from '#contract/api/reject-pages';
import { LoadstoneError } from '#contract/errors';
import type { MappedColumn, Mapping } from '#contract/mapping';
import type { RejectedLoad } from '#contract/worker-messages';
import type { FileCorrections } from '#engine/model/corrections';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { fingerprintOf, hashFile, sameFingerprint } from '#engine/scan/fingerprint';
import { type FoundRecord, findRecord } from './find-record.ts';
import { type InquiryOptions, inquire } from './inquire.ts';
import { KEPT_AT } from './keep-corrections.ts';
import { readLoadModel, readWantedTables } from './load-model.ts';
import { filterCondition, type RejectSource, ROW_COLUMNS, rejectSource, rowOf } from './reject-source.ts';
import { locateBelow } from './retried-load.ts';
import type { ServerSession } from './server-session.ts';
import { readExcerpt, type ShownRecord } from './source-excerpt.ts';

interface RecordOptions extends InquiryOptions {
  readonly load: RejectedLoad;
  readonly record: RejectedRecord;
}

/** Text shown of one value. */
const SHOWN_VALUE = 20_000;

/**
 * One rejected row whole: every value as the file has it and as it would be loaded, and the record in its place in the
 * file. Files are read below the load's own paths only, and only while they hold what was loaded.
 * @throws LoadstoneError RETRY_INVALID when the load has no such reject.
 */
export async function readRejectedRecord(session: ServerSession, options: RecordOptions): Promise<RecordView> {
  const { load, record, signal } = options;
  const facts = await inquire(session, (client) => readFacts(client, load, record), { signal, upgrade: true });
  const [first] = facts.rejects;
  if (first === undefined) throw noSuchReject(record);
  const { absolute, state } = await stateOf(facts.file, load, signal);
  const found = state === 'same' ? await look(absolute, facts, options, first) : null;
  const { path, line, table } = first;
  return {
    ...{ ...record, path, line, table, source: state, rejects: facts.rejects },
    columns: columnsOf(facts, load.mapping, table, found?.record ?? null),
    ...unreadableOf(facts, found),
    excerpt: found?.shown?.excerpt ?? null,
  };
}

interface LoadedFile {
  readonly path: string;
  readonly root: string;
  readonly size: string;
  readonly modified_ns: string;
  readonly changed_ns: string;
  readonly sha256: string | null;
}

interface KeptCell extends KeptCorrection {
  readonly sequence: number;
  readonly table: string;
  readonly column: string;
}

interface RecordFacts {
  readonly rejects: readonly RejectRow[];
  readonly file: LoadedFile | null;
  /** Of all records of the file. */
  readonly kept: readonly KeptCell[];
  readonly tables: readonly LoadTable[];
}

async function readFacts(client: PgClient, load: RejectedLoad, record: RejectedRecord): Promise<RecordFacts> {
  const source = await rejectSource(client, load.loadId);
  const rejects = source === null ? [] : await readRejects(client, source, record);
  return {
    rejects,
    file: source === null ? null : await readFile(client, source, load, record.file),
    kept: source?.isMerged ? await readKept(client, source.parameter, record.file) : [],
    tables: await readTables(client, load),
  };
}

/** Where a target has changed so that the mapping no longer fits it, the mapping's own types are looked at. */
async function readTables(client: PgClient, load: RejectedLoad): Promise<readonly LoadTable[]> {
  try {
    return (await readLoadModel(client, load)).tables;
  } catch (thrown) {
    if (!(thrown instanceof LoadstoneError) || thrown.code !== 'TARGET_MISMATCH') throw thrown;
    return (await readWantedTables(client, load)).tables;
  }
}

async function readRejects(client: PgClient, source: RejectSource, record: RejectedRecord): Promise<RejectRow[]> {
  const condition = filterCondition({ ...record, state: 'all' }, 2);
  const { rows } = await client.query(
    `select ${ROW_COLUMNS} from ${source.sql} r where ${condition.sql} order by number`,
    [source.parameter, ...condition.parameters],
  );
  return rows.map(rowOf);
}

async function readFile(
  client: PgClient,
  { isMerged, parameter }: RejectSource,
  { loadId }: RejectedLoad,
  file: number,
): Promise<LoadedFile | null> {
  const names = stagingNames(loadId);
  const columns = 'f.path, f.root, s.size, s.modified_ns, s.changed_ns, s.sha256';
  const { rows } = isMerged
    ? await client.query<LoadedFile>(
        `select ${columns.replaceAll('s.', 'f.')} from loadstone.files f where f.load_id = $1 and f.file = $2`,
        [parameter, file],
      )
    : await client.query<LoadedFile>(
        `select ${columns} from ${names.plan} f join ${names.staged} s on s.file = f.id where f.id = $1`,
        [file],
      );
  return rows[0] ?? null;
}

async function readKept(client: PgClient, rootId: string, file: number): Promise<readonly KeptCell[]> {
  const { rows } = await client.query<KeptCell>(
    `select c.sequence, c.table_name as "table", c.column_name as "column", c.value, ${KEPT_AT} as at, c.who
     from loadstone.corrections c where c.load_id = $1 and c.file = $2`,
    [rootId, file],
  );
  return rows;
}

/** Whether the file is there as it was loaded. Size and times tell in most cases; else its content does. */
async function stateOf(
  file: LoadedFile | null,
  { paths }: RejectedLoad,
  signal: AbortSignal,
): Promise<{ readonly absolute: string; readonly state: SourceFileState }> {
  if (file === null) return { absolute: '', state: 'gone' };
  const chosen = paths.map((path) => resolve(path));
  const absolute = locateBelow(chosen, file.root, file.path);
  if (absolute === null) return { absolute: '', state: 'elsewhere' };
  const status = await stat(absolute, { bigint: true }).catch(() => null);
  if (status === null || !status.isFile()) return { absolute, state: 'gone' };
  const loaded = {
    size: BigInt(file.size),
    modifiedNs: BigInt(file.modified_ns),
    changedNs: BigInt(file.changed_ns),
  };
  if (sameFingerprint(loaded, fingerprintOf(status))) return { absolute, state: 'same' };
  if (status.size !== loaded.size) return { absolute, state: 'changed' };
  const sha256 = await hashFile(absolute, { signal }).catch(() => null);
  signal.throwIfAborted();
  return { absolute, state: sha256 === file.sha256 ? 'same' : 'changed' };
}

interface Looked {
  readonly record: FoundRecord;
  readonly shown: ShownRecord | null;
}

/** Reads the file. One that cannot be read so, with another mapping say, shows nothing. */
async function look(
  absolute: string,
  facts: RecordFacts,
  { load: { mapping }, record, signal }: RecordOptions,
  reject: RejectRow,
): Promise<Looked | null> {
  const file = { absolute, path: reject.path, source: mapping.source, signal };
  const { tables } = facts;
  const corrections = correctionsOf(facts);
  try {
    const found = await findRecord(file, { mapping, tables, sequence: record.sequence, corrections });
    if (found === null || found.line !== reject.line) return null;
    return { record: found, shown: await readExcerpt(file, found) };
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof LoadstoneError && thrown.place !== undefined) return null;
    throw thrown;
  }
}

function correctionsOf({ kept, tables }: RecordFacts): FileCorrections {
  const bySequence = Map.groupBy(kept, ({ sequence }) => sequence);
  return new Map(
    [...bySequence].map(([sequence, cells]) => {
      const columns = tables.find(({ name }) => name === cells[0]?.table)?.columns ?? [];
      const known = cells.flatMap(({ column, value }) => {
        const found = columns.find(({ written }) => written === column);
        return found === undefined ? [] : [[found.index, value] as const];
      });
      return [sequence, { record: cells.find(({ column }) => column === '')?.value ?? null, columns: new Map(known) }];
    }),
  );
}

function columnsOf(
  facts: RecordFacts,
  mapping: Mapping,
  table: string,
  found: FoundRecord | null,
): RecordView['columns'] {
  const described = facts.tables.find(({ name }) => name === table);
  const mapped = mapping.tables.find(({ name }) => name === table);
  if (described === undefined || mapped === undefined) return [];
  const { sequence } = facts.rejects[0] as RejectRow;
  const corrections = new Map(
    facts.kept.filter((cell) => cell.sequence === sequence).map((cell) => [cell.column, keptOf(cell)]),
  );
  return described.columns.map((column) => ({
    ...sourceOf(mapped.columns[column.index]),
    ...columnOf(described, column, found, corrections.get(column.written)),
  }));
}

function columnOf(
  table: LoadTable,
  column: LoadColumn,
  found: FoundRecord | null,
  correction: KeptCorrection | undefined,
): Omit<RecordColumn, 'field' | 'origin'> {
  const raw = found?.raw?.values[column.index] ?? null;
  const objection = found?.mapped?.objections.get(column.index);
  return {
    ...{ name: column.written, type: column.castTo ?? column.type, nullable: column.nullable },
    isKey: table.key.includes(column.index),
    ...{ raw: raw?.slice(0, SHOWN_VALUE) ?? null, isCut: (raw?.length ?? 0) > SHOWN_VALUE },
    value: objection === undefined ? (found?.mapped?.values[column.index]?.slice(0, SHOWN_VALUE) ?? null) : null,
    ...(objection !== undefined && { objection }),
    ...(correction !== undefined && { correction }),
  };
}

function sourceOf(column: MappedColumn | undefined): Pick<RecordColumn, 'field' | 'origin'> {
  if (column?.path !== undefined) return { origin: 'record', field: [column.path].flat().join(' | ') };
  if (column?.lookup !== undefined) return { origin: 'lookup' };
  return { origin: column?.const === undefined ? 'default' : 'constant' };
}

function keptOf({ value, at, who }: KeptCell): KeptCorrection {
  return { value, at, who };
}

function unreadableOf({ kept, rejects }: RecordFacts, found: Looked | null): Pick<RecordView, 'unreadable'> {
  const { sequence } = rejects[0] as RejectRow;
  const own = kept.find((cell) => cell.sequence === sequence && cell.column === '');
  const broken = rejects.find(({ code, state }) => code === 'BROKEN_RECORD' && state === 'open');
  if (own === undefined && broken === undefined && !found?.record.unreadable) return {};
  const shown = found?.record.unreadable ? found.shown : null;
  return {
    unreadable: {
      ...{ text: shown?.text ?? broken?.value ?? '', isCut: shown?.isCut ?? true },
      ...(own !== undefined && { correction: keptOf(own) }),
    },
  };
}

function noSuchReject({ file, sequence }: RejectedRecord): LoadstoneError {
  return new LoadstoneError({
    code: 'RETRY_INVALID',
    message: `The load has no reject of record ${sequence} of its file ${file}.`,
    remedy: 'Read the rejects anew: the row may have been loaded, or the load removed.',
  });
}
