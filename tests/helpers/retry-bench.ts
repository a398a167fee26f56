import type { Corrected, Correction, ImportedCorrections, RecordView } from '#contract/api/reject-corrections';
import type { RejectGroups, RejectPage, RejectRequest } from '#contract/api/reject-pages';
import type { LoadReport } from '#contract/load';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import type { RejectGrouping } from '#contract/reject-groupings';
import type { RejectedLoad } from '#contract/worker-messages';
import {
  correctAllRejects,
  correctRejects,
  DirectSession,
  groupRejects,
  importCorrections,
  pageRejects,
  readRejectedRecord,
} from '#engine/door';
import type { LoadBench } from '#tests/helpers/load-bench';
import { countLine, type LoadChanges, type LoadRun } from '#tests/helpers/run-load';

/** `1:3` means record 3 of file 1, `1:3.name` its column; without a column the whole record. */
type Cell = string;

/** What is done about the rejects of one load, as a window does it. */
export interface RetryBench {
  /** The rejected load. */
  readonly run: LoadRun;
  /** Keeps texts by cell: null for nothing, undefined to forget. @returns what stands, or why not. */
  correct(texts: Readonly<Record<Cell, string | null | undefined>>): Promise<readonly (string | null)[]>;
  /** Keeps one text for all that pass a filter. @returns for how many rows. */
  correctAll(filter: RejectRequest['filter'], column: string, value: string | null): Promise<number>;
  import(path: string): Promise<ImportedCorrections>;
  /** Loads what is open again. @returns by table what became of it. */
  retry(changes?: LoadChanges & { readonly mapping?: MappingInput }): Promise<Record<string, string>>;
  /** The last retry. */
  readonly last: LoadRun;
  /** `1:3 table.column "value" CODE` of the rejects in a state. */
  rejects(state?: 'open' | 'fixed' | 'all'): Promise<readonly string[]>;
  page(filter?: RejectRequest['filter']): Promise<RejectPage>;
  groups(by: RejectGrouping, filter?: RejectRequest['filter']): Promise<RejectGroups>;
  record(cell: Cell, mapping?: MappingInput): Promise<RecordView>;
}

const signal = () => AbortSignal.timeout(60_000);

function cellOf(cell: Cell): { readonly file: number; readonly sequence: number; readonly column: string | null } {
  const [, file, sequence, column = null] = /^(\d+):(\d+)(?:\.(.*))?$/s.exec(cell) ?? [];
  return { file: Number(file), sequence: Number(sequence), column };
}

function correctionOf([cell, value]: readonly [Cell, string | null | undefined]): Correction {
  return value === undefined ? { ...cellOf(cell), remove: true } : { ...cellOf(cell), value };
}

/** Loads the bench's folder, which shall reject something. */
export async function retryBench(bench: LoadBench, mapping: MappingInput, changes?: LoadChanges): Promise<RetryBench> {
  const run = await bench.run(mapping, changes);
  let last = run;
  const load = (own = mapping): RejectedLoad => ({
    loadId: run.loadId,
    paths: [bench.folder],
    mapping: mappingSchema.parse(own),
  });
  const ask = async <T>(work: (session: DirectSession) => Promise<T>): Promise<T> => {
    const session = new DirectSession(bench.database.target);
    return work(session).finally(() => session.close());
  };
  const page = (filter: RejectRequest['filter'] = {}) =>
    ask((session) =>
      pageRejects(
        session,
        { loadId: run.loadId, offset: 0, limit: 500, sort: { by: 'place', descending: false }, filter },
        { signal: signal() },
      ),
    );
  return {
    run,
    get last() {
      return last;
    },
    correct: async (texts) => {
      const corrections = Object.entries(texts).map(correctionOf);
      const kept: Corrected = await ask((session) =>
        correctRejects(session, load(), { corrections, signal: signal() }),
      );
      return kept.map(({ stands, refused }) => refused ?? (stands === null ? 'nothing' : stands.value));
    },
    correctAll: (filter, column, value) =>
      ask((session) => correctAllRejects(session, load(), { request: { filter, column, value }, signal: signal() })),
    import: (path) => ask((session) => importCorrections(session, load(), { path, signal: signal() })),
    retry: async ({ mapping: other = mapping, ...more } = {}) => {
      last = await bench.run(other, { ...changes, ...more, retry: { loadId: run.loadId } });
      return countsOf(last.report);
    },
    rejects: async (state) => (await page(state === undefined ? {} : { state })).entries.map(lineOf),
    page,
    groups: (by, filter = {}) =>
      ask((session) => groupRejects(session, { loadId: run.loadId, by, filter }, { signal: signal() })),
    record: (cell, other) => {
      const { file, sequence } = cellOf(cell);
      return ask((session) =>
        readRejectedRecord(session, { load: load(other), record: { file, sequence }, signal: signal() }),
      );
    },
  };
}

export function countsOf({ tables }: LoadReport): Record<string, string> {
  return Object.fromEntries(Object.entries(tables).map(([name, counts]) => [name, countLine(counts)]));
}

function lineOf({ file, sequence, table, column, value, code }: RejectPage['entries'][number]): string {
  const where = column === undefined ? table : `${table}.${column}`;
  return [`${file}:${sequence}`, where, ...(value === undefined ? [] : [JSON.stringify(value)]), code].join(' ');
}
