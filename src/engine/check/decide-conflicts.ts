import { newerBy, policyKind } from '#engine/model/column-policy';
import type { ColumnPolicy, LoadChoice, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { isNewer, valueColumns } from './column-sql.ts';
import { conflictHolds, conflictVersions } from './conflict-conditions.ts';
import { differingFrom } from './differing-rows.ts';
import { Parameters } from './parameters.ts';

/** Whether conflicts of the table need to be decided one by one, before rows are looked at. */
export function needsDecisions(table: LoadTable): boolean {
  return table.choices.length > 0 || newerBy(table) !== null;
}

/**
 * Decides each conflict in a relation of differing rows.
 *
 * @param where a condition over `d` that leaves conflicts out.
 * @returns a select of `number`, `place` (of the choice that decided, in the document; null: policies did), `use` and
 * `by` (that choice's policy, and the number of the column if it is `newer`), and `outcome` (updated, skipped or fails)
 * of the representative.
 */
export function decisions(table: LoadTable, relation: string, parameters: Parameters, where = 'true'): string {
  const bys = bysOf(table);
  const newer = bys.map((by) => `${isNewer(table, by, conflictVersions(table))} as newer_${by}`);
  const { join, choice } = choiceOf(table, parameters);
  const values = (type: string, pick: (choice: LoadChoice) => unknown) =>
    table.choices.length === 0
      ? `null::${type}`
      : `(${parameters.add(table.choices.map(pick), `${type}[]`)})[d.choice]`;
  // `offset 0`: the choice is looked for once, not for each of its uses.
  return `select d.number, u.place, u.use, u.by, ${outcome(table)} as outcome
    from (select d.number, d.changed, d.fills, ${[...newer, `${choice} as choice`].join(', ')}
          from ${differingFrom(table, relation)} d ${join} where ${where} offset 0) d
    cross join lateral (select ${values('int', ({ place }) => place)} as place, ${values('text', ({ use }) => policyKind(use))} as use,
      ${values('int', ({ use }) => (typeof use === 'object' ? use.newer : null))} as by) u`;
}

/** Numbers of the columns by which anything of the table may be newer. */
function bysOf(table: LoadTable): number[] {
  const policies: ColumnPolicy[] = [
    ...valueColumns(table).map(({ policy }) => policy),
    ...table.choices.map(({ use }) => use),
  ];
  return [...new Set(policies.flatMap((policy) => (typeof policy === 'object' ? [policy.newer] : [])))];
}

/** The last choice that fits, counted from 1 among the table's; null when none does. */
function choiceOf(table: LoadTable, parameters: Parameters): { readonly join: string; readonly choice: string } {
  const keyed = table.choices.flatMap(({ which }, i) => ('key' in which ? [[i + 1, ...which.key]] : []));
  const conditional = table.choices.flatMap(({ which }, i) => {
    if (!('where' in which)) return [];
    const holds = which.where.map((condition) => conflictHolds(table, condition, parameters));
    return [`when ${holds.join(' and ')} then ${i + 1}`];
  });
  // The last one first: it goes before those that stand before it.
  const byCondition = conditional.length === 0 ? 'null' : `case ${conditional.toReversed().join(' ')} end`;
  if (keyed.length === 0) return { join: '', choice: `(${byCondition})::int` };
  const texts = table.key.map((_, k) => `(e.value ->> ${k + 1}) collate "C" as k${k}`);
  const names = table.key.map((_, k) => `k${k}`);
  const join = `left join (
      select max(choice) as choice, ${names.join(', ')}
      from (select (e.value ->> 0)::int as choice, ${texts.join(', ')} from jsonb_array_elements(${parameters.add(JSON.stringify(keyed), 'jsonb')}) e) e
      group by ${names.join(', ')}) k on ${table.key.map((index, k) => `(d.n${index})::text collate "C" = k.k${k}`).join(' and ')}`;
  return { join, choice: `greatest(k.choice, ${byCondition})` };
}

function outcome(table: LoadTable): string {
  const newer = bysOf(table).map((by) => `when ${by} then d.newer_${by}`);
  const isTaken = newer.length === 0 ? 'false' : `case u.by ${newer.join(' ')} end`;
  return `case u.use
      when 'skip' then 'skipped'
      when 'fail' then 'fails'
      when 'overwrite' then 'updated'
      when 'merge' then case when cardinality(d.fills) > 0 then 'updated' else 'skipped' end
      when 'newer' then case when ${isTaken} then 'updated' else 'skipped' end
      else ${outcomeByPolicies(table)} end`;
}

/** What the columns' own policies make of a conflict. */
function outcomeByPolicies(table: LoadTable): string {
  const of = (kind: ReturnType<typeof policyKind>) => {
    const columns = valueColumns(table).filter(({ policy }) => policyKind(policy) === kind);
    return `'{${columns.map(({ index }) => index).join(', ')}}'::int[]`;
  };
  const by = newerBy(table);
  const changes = [
    `d.changed && ${of('overwrite')}`,
    `d.fills && ${of('merge')}`,
    ...(by === null ? [] : [`d.newer_${by} and d.changed && ${of('newer')}`]),
  ];
  return `case when d.changed && ${of('fail')} then 'fails' when ${changes.join(' or ')} then 'updated' else 'skipped' end`;
}

/**
 * Keeps the decisions on all conflicts of a table until the end of the transaction, with their place, key and repeats.
 * @returns the relation's name.
 */
export async function keepDecisions(client: PgClient, table: LoadTable, differing: string): Promise<string> {
  const name = `pg_temp.decided_${table.index}`;
  const parameters = new Parameters();
  const keys = table.key.map((index) => `n.n${index} as c${index}`).join(', ');
  const sql = decisions(table, differing, parameters);
  await client.query(
    `create temp table ${name} on commit drop as
     select d.*, n.file, n.seq, n.line, n.repeats, ${keys} from (${sql}) d join ${differing} n using (number)`,
    parameters.values,
  );
  const key = table.key.map((index) => `c${index}`).join(', ');
  await client.query(`create index on ${name} (${key}); analyze ${name}`);
  return name;
}
