import type { LoadReference, LoadTable } from '#engine/model/load-table';
import { valueFamily } from '#engine/model/value-family';
import type { PgClient } from '#engine/postgres/client';
import type { TargetTable } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import {
  columnsOf,
  type ExistingTable,
  hasColumns,
  type RowFacts,
  type TableFacts,
  wantedKey,
  wantedReferences,
} from './table-facts.ts';

const INDEXES = `
  select coalesce(json_agg((select json_agg(a.attname order by k.place) from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where k.place <= i.indnkeyatts)), '[]') as indexes
  from pg_index i where i.indrelid = $1::oid and i.indisvalid and i.indpred is null and i.indexprs is null`;

/** What "cannot alter type of a column …" would name, found before anything runs. */
const FIXED = `
  select a.attname as name, coalesce(
    case when t.typtype = 'd' then 'its type is the domain ' || format_type(a.atttypid, a.atttypmod) end,
    case when a.attinhcount > 0 then 'it is inherited from another table' end,
    case when exists (select from pg_partitioned_table p where p.partrelid = a.attrelid and a.attnum = any (p.partattrs::int2[]))
      then 'the table is partitioned by it' end,
    (select 'the view ' || min(v.oid::regclass::text) || ' reads it' from pg_depend d
      join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
      where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid
        and d.refobjsubid = a.attnum and v.oid <> a.attrelid having count(*) > 0),
    (select 'the rule ' || quote_ident(min(r.rulename)) || ' uses it' from pg_depend d join pg_rewrite r on r.oid = d.objid
      where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid
        and d.refobjsubid = a.attnum and r.ev_class = a.attrelid having count(*) > 0),
    (select 'the generated column ' || min(g.attname) || ' is computed from it' from pg_attrdef e
      join pg_attribute g on g.attrelid = e.adrelid and g.attnum = e.adnum and g.attgenerated <> ''
      where e.adrelid = a.attrelid and e.adnum <> a.attnum and exists (select from pg_depend d
        where d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
          and (d.classid, d.objid) in (('pg_attrdef'::regclass, e.oid), ('pg_class'::regclass, a.attrelid))
          and d.objsubid in (0, g.attnum)) having count(*) > 0),
    (select 'a policy, trigger or function uses it' where exists (select from pg_depend d
      where d.classid in ('pg_policy'::regclass, 'pg_trigger'::regclass, 'pg_proc'::regclass, 'pg_publication_rel'::regclass)
        and d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum))) as why,
    case when a.attcollation <> t.typcollation then
      (select quote_ident(n.nspname) || '.' || quote_ident(l.collname) from pg_collation l join pg_namespace n on n.oid = l.collnamespace
        where l.oid = a.attcollation) end as collation
  from pg_attribute a join pg_type t on t.oid = a.atttypid
  where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped`;

interface ColumnRow {
  readonly name: string;
  readonly why: string | null;
  readonly collation: string | null;
}

/** Reads what the catalog says of one table. */
export async function readFacts(client: PgClient, target: TargetTable): Promise<TableFacts> {
  const { rows: found } = await client.query<{ indexes: string[][] }>(INDEXES, [target.oid]);
  const { rows: columns } = await client.query<ColumnRow>(FIXED, [target.oid]);
  const { rows } = await client.query<{ empty: boolean }>(
    `select not exists (select from ${quoteQualified(target.schema, target.table)}) as empty`,
  );
  return {
    isEmpty: rows[0]?.empty ?? true,
    indexes: found[0]?.indexes ?? [],
    fixed: Object.fromEntries(columns.flatMap(({ name, why }) => (why === null ? [] : [[name, why]]))),
    collations: Object.fromEntries(
      columns.flatMap(({ name, collation }) => (collation === null ? [] : [[name, collation]])),
    ),
  };
}

/** Looks whether the rows that are there can have the key and the references that the mapping wants. */
export async function readRowFacts(
  client: PgClient,
  { table, target, facts }: ExistingTable,
  targets: readonly (TargetTable | null)[],
): Promise<RowFacts> {
  if (facts.isEmpty) return { keyConflict: null, orphans: new Map() };
  const orphans = new Map<number, number>();
  for (const reference of wantedReferences(table, target)) {
    if (!isComparable(table, target, reference, targets)) continue;
    orphans.set(reference.index, await countOrphans(client, table, target, reference, targets));
  }
  return { keyConflict: await keyConflict(client, table, target), orphans };
}

async function keyConflict(client: PgClient, table: LoadTable, target: TargetTable): Promise<string | null> {
  const key = wantedKey(table, target);
  if (key.length === 0) return null;
  if (!hasColumns(target, key)) return 'the rows that are there have no value for it';
  const name = quoteQualified(target.schema, target.table);
  const columns = key.map(quoteIdentifier);
  const { rows } = await client.query<{ empty: string; twice: string }>(
    `select (select count(*) from ${name} where ${columns.map((column) => `${column} is null`).join(' or ')}) as empty,
      (select count(*) from (select from ${name} where ${columns.map((column) => `${column} is not null`).join(' and ')}
         group by ${columns.join(', ')} having count(*) > 1) k) as twice`,
  );
  const { empty = '0', twice = '0' } = rows[0] ?? {};
  const reasons = [
    ...(empty === '0' ? [] : [`rows in which it is null: ${empty}`]),
    ...(twice === '0' ? [] : [`values of it that several rows have: ${twice}`]),
  ];
  return reasons.length === 0 ? null : reasons.join(', ');
}

/** A table outside of the mapping, and types that `=` does not know together, are left to the server. */
function isComparable(
  table: LoadTable,
  target: TargetTable,
  reference: LoadReference,
  targets: readonly (TargetTable | null)[],
): boolean {
  const columns = columnsOf(table, reference);
  if (reference.parent === null || !hasColumns(target, columns)) return false;
  const parent = targets[reference.parent] ?? null;
  if (parent === null) return true;
  const families = (of: TargetTable, names: readonly string[]) =>
    JSON.stringify(names.map((name) => familyOf(of, name)));
  return families(target, columns) === families(parent, reference.on);
}

function familyOf({ columns }: TargetTable, name: string): string | null {
  const type = columns.find((column) => column.name === name)?.type;
  try {
    return type === undefined ? null : valueFamily(type);
  } catch {
    return type ?? null;
  }
}

async function countOrphans(
  client: PgClient,
  table: LoadTable,
  target: TargetTable,
  reference: LoadReference,
  targets: readonly (TargetTable | null)[],
): Promise<number> {
  const columns = columnsOf(table, reference).map((name) => `t.${quoteIdentifier(name)}`);
  const filled = columns.map((column) => `${column} is not null`).join(' and ');
  const parent = quoteQualified(reference.schema, reference.table);
  const same = reference.on.map((name, at) => `p.${quoteIdentifier(name)} = ${columns[at]}`).join(' and ');
  // A table that is created now holds nothing.
  const isThere = (targets[reference.parent ?? -1] ?? null) !== null;
  const found = isThere ? ` and not exists (select from ${parent} p where ${same})` : '';
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${quoteQualified(target.schema, target.table)} t where ${filled}${found}`,
  );
  return Number(rows[0]?.count ?? 0);
}
