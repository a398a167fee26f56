import type { ConflictPage, Review } from '#contract/api/reviews';
import type { ReviewOptions } from '../commands/review.ts';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import { usage } from '../options/values.ts';
import { renderConflictPage, renderReview } from '../render/review.ts';
import { type WaitingLoad, withWaitingLoad } from './waiting-load.ts';

/** Conflicts listed without --limit. */
const LISTED = 20;
const PAGE = 200;

/** `loadstone jobs review`: what the check found, and with a table its conflicts. */
export async function runJobsReview(context: CliContext, number: number, options: ReviewOptions): Promise<number> {
  const { review, listed } = await withHost(context, options, {}, (host) =>
    withWaitingLoad(context, host, number, async (load) => {
      const { readLoadReview } = await import('#engine/door');
      const read = await readLoadReview(load.session, load.loadId, load);
      return { review: read, listed: asksForConflicts(options) ? await list(load, read, options) : null };
    }),
  );
  if (options.json) await printJson(context, documentOf(number, review, listed));
  else await context.terminal.out(listed === null ? renderReview(number, review) : renderConflictPage(listed));
  return EXIT.done;
}

export interface Listed extends Required<ConflictPage> {
  /** null: no table of the load has any. */
  readonly table: string | null;
}

function asksForConflicts({ table, changed, text, limit }: ReviewOptions): boolean {
  return [table, changed, text, limit].some((option) => option !== undefined);
}

async function list(load: WaitingLoad, review: Review, options: ReviewOptions): Promise<Listed> {
  const { reviewPage } = await import('#engine/door');
  const { changed, text, limit = LISTED } = options;
  const table = options.table ?? onlyTable(review);
  if (table === null) return { table, columns: [], conflicts: [], matching: 0 };
  const filter = { ...(changed !== undefined && { changed }), ...(text !== undefined && { text }) };
  const conflicts: ConflictPage['conflicts'][number][] = [];
  let first: ConflictPage | undefined;
  for (let after = 0; conflicts.length < limit; after = conflicts.at(-1)?.number ?? 0) {
    const request = { loadId: load.loadId, table, filter, after, limit: Math.min(PAGE, limit - conflicts.length) };
    const page = await reviewPage(load.session, request, load);
    first ??= page;
    conflicts.push(...page.conflicts);
    if (page.conflicts.length < request.limit) break;
  }
  return { table, columns: first?.columns ?? [], conflicts, matching: first?.matching ?? 0 };
}

function onlyTable({ summary }: Review): string | null {
  const [table, ...others] = Object.entries(summary.tables).filter(([, { changed }]) => changed > 0);
  if (table !== undefined && others.length === 0) return table[0];
  if (table === undefined) return null;
  const names = [table, ...others].map(([name]) => name).join(', ');
  throw usage('Several tables have conflicts.', `Name one with --table: ${names}.`);
}

function documentOf(number: number, { summary, ...review }: Review, listed: Listed | null) {
  const { tables: _, ...decided } = review;
  return { job: String(number), review: summary, ...decided, ...(listed !== null && listed) };
}
