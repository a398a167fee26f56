import type { Review } from '#contract/api/reviews';
import { LoadstoneError } from '#contract/errors';
import type { Resolutions } from '#contract/resolutions';
import { countEffects } from '#engine/check/resolution-effects';
import { applyResolutions } from '#engine/model/apply-resolutions';
import type { LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';
import { reviewGone } from './kept-review.ts';

/** What shall become of conflicts, how often that was changed, and what it does: counted once, so that a review opens at once. */
export interface KeptResolutions {
  readonly resolutions: Resolutions;
  readonly revision: number;
  readonly effects: Review['effects'];
}

/**
 * Of a first check: keeps the resolutions that the load came with. A later check leaves those there are, and counts anew
 * what they do.
 * @param tables as they are without resolutions.
 */
export async function keepFirstResolutions(
  client: PgClient,
  names: ReviewNames,
  tables: readonly LoadTable[],
  first: Resolutions,
): Promise<void> {
  const { rows } = await client.query<{ resolutions: Resolutions }>(
    `select document as resolutions from ${names.resolutions}`,
  );
  const effects = JSON.stringify(await effectsOf(client, names, tables, rows[0]?.resolutions ?? first));
  if (rows.length > 0) await client.query(`update ${names.resolutions} set effects = $1`, [effects]);
  else await client.query(`insert into ${names.resolutions} values ($1, 1, $2)`, [JSON.stringify(first), effects]);
}

/** @param hold keeps them as they are until the transaction's end. @throws LoadstoneError REVIEW_GONE */
export async function readResolutions(
  client: PgClient,
  names: ReviewNames,
  { hold = false }: { readonly hold?: boolean } = {},
): Promise<KeptResolutions> {
  const { rows } = await client.query<KeptResolutions>(
    `select document as resolutions, revision, effects from ${names.resolutions} ${hold ? 'for share' : ''}`,
  );
  const [kept] = rows;
  if (kept === undefined) throw reviewGone();
  return kept;
}

/**
 * Puts resolutions in the place of those there are.
 * @param tables as they are without resolutions.
 * @param revision of those that they were made of; undefined: whatever there is.
 * @throws LoadstoneError RESOLUTIONS_INVALID; RESOLUTIONS_STALE when they are others by now.
 */
export async function replaceResolutions(
  client: PgClient,
  names: ReviewNames,
  tables: readonly LoadTable[],
  resolutions: Resolutions,
  revision: number | undefined,
): Promise<void> {
  const stale = revision !== undefined && revision !== (await readResolutions(client, names)).revision;
  if (stale) throw resolutionsStale();
  // Counted before anything is written: among a million conflicts that takes seconds, and others would wait for the row.
  const effects = await effectsOf(client, names, tables, resolutions);
  const { rowCount } = await client.query(
    `update ${names.resolutions} set document = $1, effects = $2, revision = revision + 1
     where revision = coalesce($3::int, revision)`,
    [JSON.stringify(resolutions), JSON.stringify(effects), revision ?? null],
  );
  if (rowCount === 0) throw resolutionsStale();
}

async function effectsOf(
  client: PgClient,
  names: ReviewNames,
  tables: readonly LoadTable[],
  resolutions: Resolutions,
): Promise<Review['effects']> {
  const effects: Record<string, Review['effects'][string]> = {};
  for (const table of applyResolutions(tables, resolutions).filter(({ keep }) => keep)) {
    const relation = names.differing(table.index);
    const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [relation]);
    effects[table.name] = rows[0]?.found ? await countEffects(client, table, relation) : NO_EFFECT;
  }
  return effects;
}

const NO_EFFECT = { updated: 0, skipped: 0, fails: 0 };

function resolutionsStale(): LoadstoneError {
  return new LoadstoneError({
    code: 'RESOLUTIONS_STALE',
    message: 'What shall become of the conflicts was changed elsewhere meanwhile. Nothing was changed or merged.',
    remedy: 'Look at it as it is now, then decide again.',
  });
}
