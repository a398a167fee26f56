import {
  type Correction,
  correctionTextSchema,
  type ImportedCorrections,
  type ImportRefusal,
} from '#contract/api/reject-corrections';
import type { RejectedLoad } from '#contract/worker-messages';
import { type CorrectedLoad, keepCorrections, whileHeld } from './keep-corrections.ts';
import { noteCorrections } from './note-corrections.ts';
import { type CorrectedLine, readCorrectedCsv } from './read-corrected-csv.ts';
import type { ServerSession } from './server-session.ts';

/** Lines judged together. */
const TOGETHER = 1_000;
const LISTED_REFUSALS = 100;

/**
 * Keeps what somebody changed in an exported list of rejects: a changed value is a correction, an emptied one says that
 * nothing is there, a line that was added corrects another column of its record. All of it, or nothing.
 * @throws LoadstoneError USAGE when the file is no list of rejects, RETRY_INVALID, LOAD_LOCKED while a retry merges.
 */
export function importCorrections(
  session: ServerSession,
  load: RejectedLoad,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<ImportedCorrections> {
  return whileHeld(session, load, signal, async (held) => {
    const result = new Counts();
    await readCorrectedCsv(path, {
      signal,
      onLines: async (lines) => {
        for (let from = 0; from < lines.length; from += TOGETHER) {
          await keepLines(held, lines.slice(from, from + TOGETHER), result);
        }
      },
    });
    await noteCorrections(held, result.corrected);
    return result.answer();
  });
}

class Counts {
  lines = 0;
  corrected = 0;
  untouched = 0;
  loaded = 0;
  #refused = 0;
  readonly #refusals: { readonly line: number; readonly reason: ImportRefusal }[] = [];

  refuse(line: number, reason: ImportRefusal): void {
    this.#refused += 1;
    if (this.#refusals.length < LISTED_REFUSALS) this.#refusals.push({ line, reason });
  }

  answer(): ImportedCorrections {
    const { lines, corrected, untouched, loaded } = this;
    return { lines, corrected, untouched, loaded, refused: this.#refused, refusals: this.#refusals };
  }
}

async function keepLines(load: CorrectedLoad, lines: readonly CorrectedLine[], result: Counts): Promise<void> {
  const known = await readKnown(load, lines);
  const said: { readonly line: number; readonly correction: Correction }[] = [];
  result.lines += lines.length;
  for (const line of lines) {
    const judged = judge(line, known.get(keyOf(line)) ?? []);
    if (typeof judged === 'object') said.push({ line: line.line, correction: judged });
    else if (judged === 'untouched' || judged === 'loaded') result[judged] += 1;
    else result.refuse(line.line, judged);
  }
  if (said.length === 0) return;
  const { cells, changed } = await keepCorrections(
    load,
    said.map(({ correction }) => correction),
  );
  result.corrected += changed;
  cells.forEach(({ refused }, at) => {
    if (refused !== undefined) result.refuse(said[at]?.line ?? 0, refused);
  });
  // What was said again in the same words changed nothing.
  result.untouched += cells.filter(({ refused }) => refused === undefined).length - changed;
}

/** What is rejected of a record, or stands in its place. */
interface Known {
  readonly file: number;
  readonly sequence: number;
  readonly column: string;
  readonly value: string | null;
  readonly unreadable: boolean;
  readonly fixed: boolean;
}

function keyOf({ record }: Pick<CorrectedLine, 'record'>): string {
  return record === null ? '' : `${record.file}:${record.sequence}`;
}

async function readKnown(
  { client, rootId }: CorrectedLoad,
  lines: readonly CorrectedLine[],
): Promise<ReadonlyMap<string, readonly Known[]>> {
  const records = [...new Map(lines.map((line) => [keyOf(line), line.record])).values()].filter((one) => one !== null);
  const { rows } = await client.query<Known>(
    `select r.file, r.sequence, coalesce(r.column_name, '') as "column", r.value, r.code = 'BROKEN_RECORD' as unreadable,
       r.fixed_by is not null as fixed
     from loadstone.rejects r join unnest($2::int[], $3::int[]) a (file, sequence) using (file, sequence) where r.load_id = $1`,
    [rootId, records.map(({ file }) => file), records.map(({ sequence }) => sequence)],
  );
  return Map.groupBy(rows, (row) => keyOf({ record: row }));
}

/** What a line says: a correction, nothing new, or nothing that could be kept. */
function judge(line: CorrectedLine, known: readonly Known[]): Correction | 'untouched' | 'loaded' | ImportRefusal {
  const { record, problem, column, value } = line;
  if (record === null) return problem ?? 'no_record';
  const about = known.filter((one) => one.column === column);
  if (about.some((one) => isUntouched(line, one.value ?? ''))) return 'untouched';
  if (known.length === 0) return 'not_open';
  if (known.every(({ fixed }) => fixed)) return 'loaded';
  if (about.some((one) => isCut(one.value) && value.endsWith(CUT))) return 'value_cut';
  const isRecord = column === '' && about.some(({ unreadable }) => unreadable);
  if (column === '' && !isRecord) return 'no_column';
  if (!correctionTextSchema.safeParse(value).success || (isRecord && value === '')) return 'bad_text';
  return { ...record, column: isRecord ? null : column, value: value === '' ? null : value };
}

/** A spreadsheet writes line ends inside a cell in its own way. */
function isUntouched({ cell, value }: CorrectedLine, rejected: string): boolean {
  const known = withPlainLineEnds(rejected);
  return withPlainLineEnds(cell) === known || withPlainLineEnds(value) === known;
}

function withPlainLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** What follows a value of which only the beginning is kept. */
const CUT = '…';
const CUT_LENGTHS: ReadonlySet<number> = new Set([1_000, 2_001]);

function isCut(value: string | null): boolean {
  return value?.endsWith(CUT) === true && CUT_LENGTHS.has(value.length);
}
