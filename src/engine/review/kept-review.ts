import type { Review } from '#contract/api/reviews';
import { LoadstoneError } from '#contract/errors';
import type { LoadReport } from '#contract/load';
import type { ReviewSummary } from '#contract/review';
import type { LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';

/** What holds for each table without resolutions. */
export type ReviewPolicies = Readonly<Record<string, Pick<Review['tables'][string], 'policy' | 'columnPolicies'>>>;

/** A check's findings, as they stand beside the staged rows. */
export interface KeptReview {
  readonly id: string;
  /** Of a load that waits; without its job. */
  readonly report: Omit<LoadReport, 'job' | 'review'> & { readonly review: ReviewSummary };
  readonly policies: ReviewPolicies;
  /** As they are without resolutions. */
  readonly tables: readonly LoadTable[];
}

export async function keepReview(client: PgClient, names: ReviewNames, review: KeptReview): Promise<void> {
  await client.query(`insert into ${names.review} values ($1, $2, $3, $4)`, [
    review.id,
    JSON.stringify(review.report),
    JSON.stringify(review.policies),
    JSON.stringify(review.tables),
  ]);
}

/** @returns null when nothing was checked, or what was staged is gone. */
export async function readReview(client: PgClient, names: ReviewNames): Promise<KeptReview | null> {
  const { rows: found } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    names.review,
  ]);
  if (!found[0]?.found) return null;
  const { rows } = await client.query<KeptReview>(`select id, report, policies, tables from ${names.review}`);
  return rows[0] ?? null;
}

export function reviewGone(cause?: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'REVIEW_GONE',
    message:
      'What was staged for review is no longer on the server: the load was merged or discarded, or somebody dropped it. Nothing was merged.',
    remedy: 'Look at the job. Where it can be resumed, its files are staged and checked again.',
    cause,
  });
}
