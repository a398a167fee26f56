import { type policyKind, withPolicy } from '#engine/model/column-policy';
import type { ColumnPolicy, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { mergedValue } from './column-sql.ts';
import { conflictVersions } from './conflict-conditions.ts';
import { decisions } from './decide-conflicts.ts';
import { differingFrom } from './differing-rows.ts';
import { Parameters } from './parameters.ts';

export type Outcome = 'updated' | 'skipped' | 'fails';

/** What the table's policies and choices make of all conflicts in a relation of differing rows. Writes nothing. */
export async function countEffects(
  client: PgClient,
  table: LoadTable,
  relation: string,
): Promise<Readonly<Record<Outcome, number>>> {
  const parameters = new Parameters();
  const { rows } = await client.query<{ outcome: Outcome; count: string }>(
    `select outcome, count(*) from (${decisions(table, relation, parameters)}) e group by outcome`,
    parameters.values,
  );
  const counts = { updated: 0, skipped: 0, fails: 0 };
  for (const { outcome, count } of rows) counts[outcome] = Number(count);
  return counts;
}

/** What becomes of one conflict. */
export interface ConflictEffect {
  readonly outcome: Outcome;
  /** Place of the choice that decided, in the resolutions' list; null: the columns' policies did. */
  readonly choice: number | null;
  /** What the target will hold, in the order of the table's columns; null where further rows of the key decide. */
  readonly result: readonly (string | null)[] | null;
}

interface Decision {
  readonly number: string;
  readonly place: number | null;
  readonly use: ReturnType<typeof policyKind> | null;
  readonly by: number | null;
  readonly outcome: Outcome;
  readonly repeats: number;
}

/**
 * What becomes of the conflicts with the given numbers.
 * @param shown how a value is printed, in SQL; for pages that cut long ones.
 */
export async function readEffects(
  client: PgClient,
  table: LoadTable,
  relation: string,
  numbers: readonly number[],
  shown: (value: string) => string = (value) => `(${value})::text`,
): Promise<ReadonlyMap<number, ConflictEffect>> {
  const parameters = new Parameters();
  const among = `d.number = any(${parameters.add(numbers, 'int8[]')})`;
  const { rows } = await client.query<Decision>(
    `select e.*, n.repeats from (${decisions(table, relation, parameters, among)}) e join ${relation} n using (number)`,
    parameters.values,
  );
  const results = new Map<string, readonly (string | null)[]>();
  const single = rows.filter(({ repeats }) => repeats === 0);
  for (const [policy, members] of Map.groupBy(single, policyOf)) {
    for (const [number, result] of await readResults(client, decidedBy(table, policy), relation, members, shown))
      results.set(number, result);
  }
  return new Map(
    rows.map(({ number, outcome, place }) => [
      Number(number),
      { outcome, choice: place, result: results.get(number) ?? null },
    ]),
  );
}

/** What decides the values of a conflict, as a text: rows without a change keep what they have. */
function policyOf({ outcome, use, by }: Decision): string {
  const policy: ColumnPolicy | null = use === 'newer' && by !== null ? { newer: by } : (use as ColumnPolicy | null);
  return JSON.stringify(outcome === 'updated' ? policy : 'skip');
}

function decidedBy(table: LoadTable, policy: string): LoadTable {
  const chosen = JSON.parse(policy) as ColumnPolicy | null;
  return chosen === null ? table : withPolicy(table, chosen);
}

async function readResults(
  client: PgClient,
  table: LoadTable,
  relation: string,
  members: readonly Decision[],
  shown: (value: string) => string,
): Promise<readonly (readonly [string, readonly (string | null)[]])[]> {
  const versions = conflictVersions(table);
  const values = table.columns.map((column) =>
    shown(table.key.includes(column.index) ? versions.staged(column) : mergedValue(table, column, versions)),
  );
  const { rows } = await client.query<{ number: string; result: (string | null)[] }>(
    `select d.number, array[${values.join(', ')}]::text[] as result
     from ${differingFrom(table, relation, 'number = any($1::int8[])')} d`,
    [members.map(({ number }) => number)],
  );
  return rows.map(({ number, result }) => [number, result] as const);
}
