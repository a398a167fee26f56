import type { Review } from '#contract/api/reviews';
import type { LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';
import { decisions } from './decided.ts';
import { Parameters } from './parameters.ts';

type Effects = Review['effects'][string];

/** What becomes of all conflicts of a table as things are resolved. */
export async function countEffects(client: PgClient, names: ReviewNames, table: LoadTable): Promise<Effects> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ outcome: keyof Effects; count: string }>(
    `select outcome, count(*) from (${decisions(table, names.differing(table.index), parameters, 'true')}) u group by outcome`,
    parameters.values,
  );
  const counts = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, Number(count)]));
  return { updated: 0, skipped: 0, fails: 0, ...counts };
}
