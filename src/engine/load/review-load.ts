import type {
  ConflictPage,
  ConflictRequest,
  DuplicatePage,
  DuplicateRequest,
  ResolveRequest,
  Review,
} from '#contract/api/reviews';
import { LoadstoneError } from '#contract/errors';
import { applyResolutions } from '#engine/model/apply-resolutions';
import type { LoadTable } from '#engine/model/load-table';
import { type ReviewNames, reviewNames } from '#engine/model/review-names';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { noteInTarget } from '#engine/postgres/note-in-target';
import { LOCK_NOT_AVAILABLE, UNDEFINED_TABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import { readResolutions, replaceResolutions } from '#engine/review/kept-resolutions';
import { type KeptReview, readReview, reviewGone } from '#engine/review/kept-review';
import { pageConflicts, reviewColumns } from '#engine/review/page-conflicts';
import { pageDuplicates } from '#engine/review/page-duplicates';
import { type InquiryOptions, inquire } from './inquire.ts';
import { onServer } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

/** What a load waits for to be decided: what the check found, what was decided, and what that does. */
export function readLoadReview(session: ServerSession, loadId: string, options: InquiryOptions): Promise<Review> {
  const names = namesOf(loadId);
  return inquire(session, (client) => orGone(readAll(client, names)), options);
}

/** How often the resolutions were changed. */
export function reviewRevision(session: ServerSession, loadId: string, options: InquiryOptions): Promise<number> {
  const names = namesOf(loadId);
  return inquire(session, async (client) => (await orGone(readResolutions(client, names))).revision, options);
}

/** One page of a table's conflicts with both versions of each. */
export function reviewPage(
  session: ServerSession,
  request: ConflictRequest,
  options: InquiryOptions,
): Promise<ConflictPage> {
  const names = namesOf(request.loadId);
  const work = async (client: PgClient) => {
    const { review, tables } = await readOpen(client, names);
    const table = namedTable(tables, request.table);
    const total = review.report.review.tables[table.name]?.changed ?? 0;
    return pageConflicts(client, { names, table, request, total });
  };
  return inquire(session, (client) => orGone(work(client)), options);
}

/** One page of the rows that contradict an earlier row of the load. */
export function duplicatesPage(
  session: ServerSession,
  request: DuplicateRequest,
  options: InquiryOptions,
): Promise<DuplicatePage> {
  const names = namesOf(request.loadId);
  const work = async (client: PgClient) => {
    const { review, tables } = await readOpen(client, names);
    const table = namedTable(tables, request.table);
    const total = review.report.review.tables[table.name]?.contradicting ?? 0;
    return pageDuplicates(client, { names, table, request, total });
  };
  return inquire(session, (client) => orGone(work(client)), options);
}

/** A merge of the load holds what is decided until it ends, which is not waited for. */
const LOCK_TIMEOUT = '3s';
/**
 * Keeps what shall become of the load's conflicts beside its staged rows.
 * @throws LoadstoneError RESOLUTIONS_INVALID, RESOLUTIONS_STALE, LOAD_LOCKED, REVIEW_GONE: then nothing is changed.
 */
export async function resolveConflicts(
  session: ServerSession,
  { loadId, resolutions, revision }: ResolveRequest,
  { signal }: InquiryOptions,
): Promise<Review> {
  const names = namesOf(loadId);
  const work = async (client: PgClient) => {
    await upgradeLoadstoneSchema(client);
    await client.query(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`);
    const { tables } = await needReview(client, names);
    await replaceResolutions(client, names, tables, resolutions, revision);
    const review = await readAll(client, names);
    await noteResolved(client, loadId, review);
    await client.query('commit');
    return review;
  };
  // Tried once: what was committed before its connection was lost would be told to be stale.
  return onServer(session, (client) => orGone(orLocked(work(client))), {
    signal,
    onRetry: () => undefined,
    attempts: 1,
  });
}

function noteResolved(client: PgClient, loadId: string, { revision, resolutions, effects }: Review): Promise<void> {
  const of = (outcome: 'updated' | 'skipped' | 'fails') =>
    Object.values(effects).reduce((sum, effect) => sum + effect[outcome], 0);
  return noteInTarget(client, {
    action: 'resolved',
    loadId,
    counts: { updated: of('updated'), skipped: of('skipped'), fails: of('fails') },
    facts: { revision, choices: resolutions.choices?.length ?? 0 },
  });
}

function namesOf(loadId: string): ReviewNames {
  return reviewNames(stagingNames(loadId));
}

async function needReview(client: PgClient, names: ReviewNames): Promise<KeptReview> {
  const review = await readReview(client, names);
  if (review === null) throw reviewGone();
  return review;
}

/** With the tables as they are resolved. */
async function readOpen(client: PgClient, names: ReviewNames) {
  const review = await needReview(client, names);
  const kept = await readResolutions(client, names);
  return { review, kept, tables: applyResolutions(review.tables, kept.resolutions) };
}

async function readAll(client: PgClient, names: ReviewNames): Promise<Review> {
  const { review, kept, tables } = await readOpen(client, names);
  const { review: summary } = review.report;
  const filled = tables.filter(({ keep }) => keep);
  return {
    summary,
    tables: Object.fromEntries(filled.map((table) => [table.name, described(review, table)])),
    resolutions: kept.resolutions,
    revision: kept.revision,
    effects: kept.effects,
  };
}

function described({ policies }: KeptReview, table: LoadTable): Review['tables'][string] {
  const { policy = 'skip', columnPolicies = {} } = policies[table.name] ?? {};
  return { columns: reviewColumns(table), policy, columnPolicies };
}

function namedTable(tables: readonly LoadTable[], name: string): LoadTable {
  const table = tables.find((candidate) => candidate.keep && candidate.name === name);
  if (table !== undefined) return table;
  throw new LoadstoneError({
    code: 'USAGE',
    message: `The load fills no table "${name}".`,
    remedy: 'Name one of its tables as the mapping writes it.',
  });
}

/** The staging may be dropped between two statements: by the merge, or by a discard. */
async function orGone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw sqlStateOf(thrown) === UNDEFINED_TABLE ? reviewGone(thrown) : thrown;
  }
}

async function orLocked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (sqlStateOf(thrown) !== LOCK_NOT_AVAILABLE) throw thrown;
    throw new LoadstoneError({
      code: 'LOAD_LOCKED',
      message: 'The load is being merged as it was decided before. Nothing was changed.',
      remedy: 'Wait until it ends, or cancel it.',
      retryable: true,
      cause: thrown,
    });
  }
}
