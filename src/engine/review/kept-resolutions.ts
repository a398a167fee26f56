import { LoadstoneError } from '#contract/errors';
import type { Resolutions } from '#contract/resolutions';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';
import { reviewGone } from './kept-review.ts';

/** What shall become of conflicts, and how often that was changed. */
export interface KeptResolutions {
  readonly resolutions: Resolutions;
  readonly revision: number;
}

/** Of a first check: the resolutions that the load came with. A later check leaves those there are. */
export async function beginResolutions(client: PgClient, names: ReviewNames, resolutions: Resolutions): Promise<void> {
  await client.query(
    `insert into ${names.resolutions} select $1, 1 where not exists (select from ${names.resolutions})`,
    [JSON.stringify(resolutions)],
  );
}

/** @param hold keeps them as they are until the transaction's end. @throws LoadstoneError REVIEW_GONE */
export async function readResolutions(
  client: PgClient,
  names: ReviewNames,
  { hold = false }: { readonly hold?: boolean } = {},
): Promise<KeptResolutions> {
  const { rows } = await client.query<KeptResolutions>(
    `select document as resolutions, revision from ${names.resolutions} ${hold ? 'for share' : ''}`,
  );
  const [kept] = rows;
  if (kept === undefined) throw reviewGone();
  return kept;
}

/**
 * Puts resolutions in the place of those there are.
 * @param revision of those that they were made of; undefined: whatever there is.
 * @throws LoadstoneError RESOLUTIONS_STALE when they are others by now.
 */
export async function replaceResolutions(
  client: PgClient,
  names: ReviewNames,
  resolutions: Resolutions,
  revision: number | undefined,
): Promise<void> {
  const { rowCount } = await client.query(
    `update ${names.resolutions} set document = $1, revision = revision + 1 where revision = coalesce($2::int, revision)`,
    [JSON.stringify(resolutions), revision ?? null],
  );
  if (rowCount === 0) throw resolutionsStale();
}

function resolutionsStale(): LoadstoneError {
  return new LoadstoneError({
    code: 'RESOLUTIONS_STALE',
    message: 'What shall become of the conflicts was changed elsewhere meanwhile. Nothing was changed or merged.',
    remedy: 'Look at it as it is now, then decide again.',
  });
}
