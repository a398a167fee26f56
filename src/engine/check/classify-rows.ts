import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { createChains } from './classify-chains.ts';
import { decidedSingles, plainSingles } from './classify-singles.ts';
import { keepDecisions, needsDecisions } from './decide-conflicts.ts';
import { createDiffering } from './differing-rows.ts';
import type { LiveRows } from './live-rows.ts';
import { findRepeatedKeys } from './repeated-keys.ts';

/**
 * How the rows of one table meet the target and each other. The relations live until the end of the transaction:
 * - `outcomes` (file, seq, line, outcome, chained): the rows that are not simply new. Outcome: unchanged, skipped, updated,
 *   fails (a conflict that must not be), or `first` for the first of several rows with one key that the target does not
 *   have. Chained: the load has its key more than once.
 * - `chains`: per key that the load brings more than once, each row with the state the target row has after it; an item
 *   of a FROM clause, to be given an alias.
 */
export interface Classified {
  readonly outcomes: string;
  readonly chains: string | null;
  /** Keys that the load brings more than once; null when there are none. See {@link findRepeatedKeys}. */
  readonly repeated: string | null;
  /** Null where the columns' policies say it all. */
  readonly decided: DecidedConflicts | null;
}

/** Conflicts of a table whose rows need decisions of their own: each with both versions, and what becomes of it. */
export interface DecidedConflicts {
  /** See {@link createDiffering}. */
  readonly differing: string;
  /** See {@link keepDecisions}. */
  readonly decisions: string;
}

/** @returns null when every row is new and no key comes twice: by far the commonest first load. */
export async function classifyRows(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  targetHasRows: boolean,
): Promise<Classified | null> {
  if (table.key.length === 0) return null;
  const repeated = await findRepeatedKeys(client, live, table);
  if (!targetHasRows && repeated === null) return null;
  const decided = targetHasRows && needsDecisions(table) ? await decide(client, live, table, repeated) : null;
  const outcomes = `outcomes_${table.index}`;
  await client.query(
    `create temp table ${outcomes} (file int not null, seq int not null, line int not null, outcome text not null, chained boolean not null) on commit drop`,
  );
  if (targetHasRows) {
    const singles =
      decided === null ? plainSingles(live, table, repeated) : decidedSingles(live, table, repeated, decided.decisions);
    await client.query(`insert into ${outcomes} ${singles}`);
  }
  const chains =
    repeated === null
      ? null
      : await createChains(client, live, table, {
          targetHasRows,
          repeated,
          outcomes,
          decisions: decided?.decisions ?? null,
        });
  await client.query(`analyze ${outcomes}`);
  return { outcomes, chains, repeated, decided };
}

async function decide(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  repeated: string | null,
): Promise<DecidedConflicts> {
  const differing = `pg_temp.differing_${table.index}`;
  await createDiffering(client, live, table, { relation: differing, repeated });
  return { differing, decisions: await keepDecisions(client, table, differing) };
}
