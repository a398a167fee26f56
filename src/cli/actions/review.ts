import type { Conflict, ConflictPage, ConflictRequest, Review } from '#contract/api/reviews';
import type { ReviewOptions } from '../commands/review.ts';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import { usage } from '../options/values.ts';
import { type ConflictTable, renderConflict, renderMatching, renderReview } from '../render/review.ts';
import { writeJsonList } from './json-list.ts';
import { type WaitingLoad, withWaitingLoad } from './waiting-load.ts';

/** Conflicts listed without --limit. */
const LISTED = 20;
const PAGE = 200;

/** `loadstone jobs review`: what the check found, and with a table its conflicts, streamed however many there are. */
export function runJobsReview(context: CliContext, number: number, options: ReviewOptions): Promise<number> {
  return withHost(context, options, {}, (host) =>
    withWaitingLoad(context, host, number, async (load) => {
      const { readLoadReview } = await import('#engine/door');
      const review = await readLoadReview(load.session, load.loadId, load);
      if (asksForConflicts(options))
        return tellConflicts(context, number, await listed(load, review, options), options);
      if (options.json) await printJson(context, documentOf(number, review));
      else await context.terminal.out(renderReview(number, review));
      return EXIT.done;
    }),
  );
}

interface Listed extends ConflictTable {
  readonly review: Review;
  readonly matching: number;
  readonly conflicts: AsyncIterable<Conflict>;
}

function asksForConflicts({ table, changed, text, limit }: ReviewOptions): boolean {
  return [table, changed, text, limit].some((option) => option !== undefined);
}

async function listed(load: WaitingLoad, review: Review, options: ReviewOptions): Promise<Listed> {
  const { changed, text, limit = LISTED } = options;
  const table = options.table ?? onlyTable(review);
  if (table === null) return { review, table, columns: [], matching: 0, conflicts: allOf([]) };
  const filter = { ...(changed !== undefined && { changed }), ...(text !== undefined && { text }) };
  const pages = pagesOf(load, { loadId: load.loadId, table, filter }, limit);
  const first = (await pages.next()).value;
  const { columns = [], matching = 0 } = first ?? {};
  return { review, table, columns, matching, conflicts: allOf(first === undefined ? [] : [first], pages) };
}

async function* pagesOf(
  load: WaitingLoad,
  asked: Pick<ConflictRequest, 'loadId' | 'table' | 'filter'>,
  limit: number,
): AsyncGenerator<ConflictPage, undefined> {
  const { reviewPage } = await import('#engine/door');
  let after = 0;
  for (let left = limit; left > 0; ) {
    const request = { ...asked, after, limit: Math.min(PAGE, left) };
    const page = await reviewPage(load.session, request, load);
    yield page;
    if (page.conflicts.length < request.limit) return;
    left -= page.conflicts.length;
    after = page.conflicts.at(-1)?.number ?? after;
  }
}

async function* allOf(first: readonly ConflictPage[], rest?: AsyncIterable<ConflictPage>): AsyncGenerator<Conflict> {
  for (const { conflicts } of first) yield* conflicts;
  for await (const { conflicts } of rest ?? []) yield* conflicts;
}

async function tellConflicts(
  context: CliContext,
  number: number,
  { review, conflicts, ...about }: Listed,
  { json }: ReviewOptions,
): Promise<number> {
  if (json) {
    const head = { ...documentOf(number, review), ...about };
    return (await writeJsonList(context, { head, name: 'conflicts' }, conflicts)).code;
  }
  let shown = 0;
  for await (const conflict of conflicts) {
    if (!(await context.terminal.out(renderConflict(conflict, about)))) return EXIT.done;
    shown += 1;
  }
  await context.terminal.out(renderMatching(about, shown));
  return EXIT.done;
}

function onlyTable({ summary }: Review): string | null {
  const [table, ...others] = Object.entries(summary.tables).filter(([, { changed }]) => changed > 0);
  if (table !== undefined && others.length === 0) return table[0];
  if (table === undefined) return null;
  const names = [table, ...others].map(([name]) => name).join(', ');
  throw usage('Several tables have conflicts.', `Name one with --table: ${names}.`);
}

function documentOf(number: number, { summary, ...review }: Review) {
  const { tables: _, ...decided } = review;
  return { job: String(number), review: summary, ...decided };
}
