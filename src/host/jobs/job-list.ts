import type { EstimateRequest, LoadEstimate } from '#contract/api/estimates';
import type { JobSummary } from '#contract/api/job-views';
import type { RecentSource } from '#contract/api/sources';
import { JOB_TRANSITIONS, type JobKind, type JobState } from '#contract/jobs';
import type { ReviewSummary } from '#contract/review';
import { type Ledger, readLedger } from '../ledger/ledger.ts';
import { isAlive, ownIdentity } from '../ledger/process-identity.ts';
import { addTextSearch, foldText } from '../ledger/text-search.ts';
import { estimateLoad } from './estimate.ts';
import { jobNotFound } from './job-errors.ts';
import { type JobAction, OWNED_STATES, UNDO_DROPPED } from './job-record.ts';
import { pastLoads } from './past-loads.ts';

/** Sets of paths offered to be loaded again, and how many of the last jobs they are taken from. */
const MOST_RECENT = 10;
const JOBS_FOR_RECENT = 200;

export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly text?: string;
  readonly before?: number;
  readonly limit: number;
}

interface SummaryRow {
  readonly number: number;
  readonly load_id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly action: JobAction | null;
  readonly dry_run: number | null;
  readonly retry_of: string | null;
  readonly retry_job: number | null;
  readonly mapping: string;
  readonly connection: string;
  readonly paths: string | null;
  readonly tables: string | null;
  readonly rejects: number | null;
  readonly failed_files: number | null;
  readonly error_code: JobSummary['errorCode'];
  readonly review: string | null;
  readonly undo_dropped: number;
}

const SUMMARY = `
  number, load_id, kind, state, created_at, started_at, ended_at, action,
  spec ->> '$.retry.loadId' AS retry_of,
  (SELECT retried.number FROM jobs retried WHERE retried.load_id = jobs.spec ->> '$.retry.loadId') AS retry_job,
  spec ->> '$.dryRun' AS dry_run, spec ->> '$.mapping.name' AS mapping,
  spec -> '$.connection' AS connection, spec -> '$.paths' AS paths,
  report -> '$.tables' AS tables, report ->> '$.rejects.total' AS rejects, report ->> '$.files.failed' AS failed_files,
  error ->> '$.code' AS error_code, review,
  EXISTS (SELECT 1 FROM job_events WHERE job = jobs.number AND event = '${UNDO_DROPPED}') AS undo_dropped`;

const MATCHES = `
  (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
  AND (@text IS NULL
    OR holds_text(spec ->> '$.mapping.name', @text)
    OR holds_text(concat_ws(' ', spec ->> '$.connection.kind', spec ->> '$.connection.user', spec ->> '$.connection.host',
                            spec ->> '$.connection.database', spec ->> '$.schema'), @text)
    OR EXISTS (SELECT 1 FROM json_each(spec, '$.paths') WHERE holds_text(value, @text)))`;

/** The jobs of the ledger as lists show them: filtered and cut there, so that a long history costs little. */
export class JobList {
  readonly #ledger: Ledger;
  readonly #runsHere: (number: number) => boolean;

  constructor(ledger: Ledger, runsHere: (number: number) => boolean) {
    this.#ledger = ledger;
    this.#runsHere = runsHere;
    addTextSearch(ledger.database);
  }

  /** Newest first. */
  find(filter: JobFilter): { readonly jobs: readonly JobSummary[]; readonly total: number } {
    const values = {
      states: filter.states ? JSON.stringify(filter.states) : null,
      text: foldText(filter.text),
      before: filter.before ?? null,
      limit: filter.limit,
    };
    return readLedger(this.#ledger, (database) => {
      const rows = database
        .prepare(
          `SELECT ${SUMMARY} FROM jobs WHERE (@before IS NULL OR number < @before) AND ${MATCHES}
           ORDER BY number DESC LIMIT @limit`,
        )
        .all(values) as SummaryRow[];
      const { states, text } = values;
      const total = database.prepare(`SELECT count(*) FROM jobs WHERE ${MATCHES}`).pluck().get({ states, text });
      return { jobs: rows.map((row) => this.#toSummary(row)), total: Number(total) };
    });
  }

  /** @throws JOB_NOT_FOUND */
  get(number: number): JobSummary {
    const row = readLedger(this.#ledger, (database) =>
      database.prepare(`SELECT ${SUMMARY} FROM jobs WHERE number = ?`).get(number),
    ) as SummaryRow | undefined;
    if (!row) throw jobNotFound(number);
    return this.#toSummary(row);
  }

  /** The job that was ordered under this id, if there is one. */
  ofOrder(id: string): JobSummary | undefined {
    const number = this.numberOf(id);
    return number === undefined ? undefined : this.get(number);
  }

  numberOf(id: string): number | undefined {
    const number = readLedger(this.#ledger, (database) =>
      database.prepare('SELECT number FROM jobs WHERE load_id = ?').pluck().get(id),
    );
    return number === undefined ? undefined : Number(number);
  }

  /** How long a load would take. */
  estimate(request: EstimateRequest): LoadEstimate {
    return estimateLoad(pastLoads(this.#ledger), request);
  }

  /** Distinct sets of paths of the last jobs, newest first. */
  recentSources(): readonly Omit<RecentSource, 'exists'>[] {
    const rows = readLedger(this.#ledger, (database) =>
      database
        .prepare(
          `SELECT paths, mapping, at FROM (
             SELECT max(number) AS number, spec -> '$.paths' AS paths, spec ->> '$.mapping.name' AS mapping, created_at AS at
             FROM (SELECT * FROM jobs WHERE kind = 'load' ORDER BY number DESC LIMIT ?) GROUP BY spec -> '$.paths')
           ORDER BY number DESC LIMIT ?`,
        )
        .all(JOBS_FOR_RECENT, MOST_RECENT),
    ) as { readonly paths: string; readonly mapping: string; readonly at: string }[];
    return rows.map((row) => ({ ...row, paths: JSON.parse(row.paths) as string[] }));
  }

  /** Whether another living process works on a job of this ledger. */
  anyElsewhere(): boolean {
    const rows = readLedger(this.#ledger, (database) =>
      database
        .prepare(
          `SELECT DISTINCT host_pid AS pid, host_started AS started FROM jobs
           WHERE host_pid IS NOT NULL AND (state IN ('queued', 'running', 'cancelling') OR action IS NOT NULL)`,
        )
        .all(),
    ) as { readonly pid: number; readonly started: string | null }[];
    const self = ownIdentity();
    return rows.some(({ pid, started }) => pid !== self.pid && isAlive({ pid, started: started ?? '' }));
  }

  #toSummary(row: SummaryRow): JobSummary {
    const dryRun = row.dry_run === 1;
    return {
      number: row.number,
      kind: row.kind,
      loadId: row.load_id,
      state: row.state,
      dryRun,
      mapping: row.mapping,
      connection: JSON.parse(row.connection),
      ...retryOf(row),
      paths: row.paths === null ? [] : JSON.parse(row.paths),
      createdAt: row.created_at,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      rows: rowsOf(row),
      rejects: row.rejects,
      failedFiles: row.failed_files,
      errorCode: row.error_code,
      busyWith: row.action,
      runsHere: OWNED_STATES.includes(row.state) && this.#runsHere(row.number),
      actions:
        row.action === null
          ? actionsOf(row, row.kind === 'load' && !dryRun && row.undo_dropped === 0)
          : CANCELLABLE[row.action],
      ...(row.review !== null && { waiting: waitingOf(JSON.parse(row.review)) }),
    };
  }
}

/** An undo may take long; what is staged is dropped at once. */
const CANCELLABLE: Readonly<Record<JobAction, JobSummary['actions']>> = { undo: ['cancel'], discard: [] };

function retryOf({ retry_of: loadId, retry_job: job }: SummaryRow): Pick<JobSummary, 'retryOf'> {
  if (loadId === null) return {};
  return { retryOf: job === null ? { loadId } : { loadId, job } };
}

/** What can be done with a job in this state, by {@link JOB_TRANSITIONS}. Only a load that was no dry run left something to take back, for some time. */
function actionsOf({ state, review }: SummaryRow, canUndo: boolean): JobSummary['actions'] {
  const to = JOB_TRANSITIONS[state];
  return [
    ...(OWNED_STATES.includes(state) ? (['cancel'] as const) : []),
    ...(to.includes('queued') ? (['resume'] as const) : []),
    ...(to.includes('queued') && review !== null ? (['review', 'merge'] as const) : []),
    ...(to.includes('discarded') ? (['discard'] as const) : []),
    ...(to.includes('undone') && canUndo ? (['undo'] as const) : []),
  ];
}

function waitingOf({ checkedAt, stagedBytes, tables }: ReviewSummary): NonNullable<JobSummary['waiting']> {
  const conflicts = Object.values(tables).reduce((sum, { changed }) => sum + changed, 0);
  return { since: checkedAt, bytes: stagedBytes, conflicts };
}

/** Of a load that failed nothing was merged, whatever its report counts. */
function rowsOf({ tables, state }: SummaryRow): number | null {
  if (tables === null) return null;
  if (state !== 'succeeded' && state !== 'succeeded_with_rejects' && state !== 'undone') return 0;
  const counts = Object.values(JSON.parse(tables) as Record<string, { inserted: number; updated: number }>);
  return counts.reduce((sum, { inserted, updated }) => sum + inserted + updated, 0);
}
