import type { PgClient } from './client.ts';

export interface TargetColumn {
  readonly name: string;
  /** As the catalog prints it; of a domain, the type below it (and below that). */
  readonly type: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  /** a: always, d: by default, '': no identity. */
  readonly identity: 'a' | 'd' | '';
  readonly generated: boolean;
}

interface TargetForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly schema: string;
  readonly table: string;
  readonly on: readonly string[];
  readonly deferrable: boolean;
}

/** What the catalog says of one table. */
export interface TargetTable {
  readonly oid: number;
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly TargetColumn[];
  readonly primaryKey: readonly string[];
  /** Primary key and unique constraints or indexes (whole-table ones), each its columns. */
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly foreignKeys: readonly TargetForeignKey[];
  /** A row trigger that runs before the insert may change or drop a row. */
  readonly hasBeforeTrigger: boolean;
}

const CATALOG = `
  select c.oid::int8 as oid, n.nspname as schema, c.relname as table,
    (select coalesce(json_agg(json_build_object(
        'name', a.attname, 'type', (with recursive below as (
            select y.oid, a.atttypmod as typmod, y.typtype, y.typbasetype, y.typtypmod from pg_type y where y.oid = a.atttypid
            union all select y.oid, b.typtypmod, y.typtype, y.typbasetype, y.typtypmod from below b join pg_type y on y.oid = b.typbasetype where b.typtype = 'd')
          select format_type(oid, typmod) from below where typtype <> 'd'), 'notNull', a.attnotnull,
        'hasDefault', a.atthasdef, 'identity', a.attidentity, 'generated', a.attgenerated <> '') order by a.attnum), '[]')
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(json_build_object('primary', i.indisprimary, 'columns',
        (select json_agg(a.attname order by k.place) from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where k.place <= i.indnkeyatts))), '[]')
      from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null) as keys,
    (select coalesce(json_agg(json_build_object('name', f.conname, 'schema', pn.nspname, 'table', p.relname, 'deferrable', f.condeferrable,
        'columns', (select json_agg(a.attname order by k.place) from unnest(f.conkey) with ordinality k(attnum, place)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
        'on', (select json_agg(a.attname order by k.place) from unnest(f.confkey) with ordinality k(attnum, place)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)) order by f.conname), '[]')
      from pg_constraint f join pg_class p on p.oid = f.confrelid join pg_namespace pn on pn.oid = p.relnamespace
      where f.conrelid = c.oid and f.contype = 'f'
        -- one to a partitioned table stands here again for each of its partitions
        and not exists (select from pg_constraint whole where whole.oid = f.conparentid and whole.conrelid = f.conrelid)) as foreign_keys,
    exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'D' and t.tgtype & 3 = 3) as before_trigger
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p')`;

interface CatalogRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly TargetColumn[];
  readonly keys: readonly { readonly primary: boolean; readonly columns: readonly string[] }[];
  readonly foreign_keys: readonly TargetForeignKey[];
  readonly before_trigger: boolean;
}

/** @returns the table as the catalog has it now, or null when there is none. */
export async function introspectTable(client: PgClient, schema: string, table: string): Promise<TargetTable | null> {
  const { rows } = await client.query<CatalogRow>(CATALOG, [schema, table]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    oid: Number(row.oid),
    schema: row.schema,
    table: row.table,
    columns: row.columns,
    primaryKey: row.keys.find((key) => key.primary)?.columns ?? [],
    uniqueKeys: row.keys.map((key) => key.columns),
    foreignKeys: row.foreign_keys,
    hasBeforeTrigger: row.before_trigger,
  };
}

/** @returns the column whose name is the same but for capital letters. */
export function sameButForCase({ columns }: Pick<TargetTable, 'columns'>, name: string): string | undefined {
  return columns.find((other) => other.name !== name && other.name.toLowerCase() === name.toLowerCase())?.name;
}

const TAKEN = `
  select case c.relkind when 'v' then 'a view' when 'm' then 'a materialized view' when 'S' then 'a sequence' when 'i' then 'an index'
      when 'I' then 'an index' when 'f' then 'a foreign table' when 'c' then 'a type' end as kind
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and c.relkind not in ('r', 'p')
  union all
  select case t.typtype when 'd' then 'a domain' else 'a type' end from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where n.nspname = $1 and t.typname = $2 and t.typrelid = 0
      -- the type of a table's arrays makes way
      and not exists (select from pg_type e where e.typarray = t.oid)
  limit 1`;

/** @returns what has the name that a table would have and is none, such as "a view"; null when the name is free. */
export async function nameTaken(client: PgClient, schema: string, table: string): Promise<string | null> {
  return (await client.query<{ kind: string }>(TAKEN, [schema, table])).rows[0]?.kind ?? null;
}

/**
 * @returns the schema that unqualified names mean: the wanted one, else the first of the search path that exists. Our
 * own schema never counts, though it is first in the path of a user who is called loadstone.
 */
export async function resolveSchema(client: PgClient, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined) return wanted;
  const { rows } = await client.query<{ schema: string }>(
    `select schema from unnest(current_schemas(false)) schema where schema <> 'loadstone' limit 1`,
  );
  return rows[0]?.schema ?? 'public';
}

/** A foreign key of any table that points at this one. */
export interface IncomingReference {
  readonly oid: number;
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly on: readonly string[];
  /** What the database does with its rows when the key they hold changes. */
  readonly onUpdate: 'nothing' | 'cascade' | 'clear';
  /** The database would change or delete its rows, and row security may keep some of them from this user. */
  readonly hidden: boolean;
}

const INCOMING = `
  select c.oid::int8::float8 as oid, n.nspname as schema, c.relname as table,
    (select json_agg(a.attname order by k.place) from unnest(f.conkey) with ordinality k(attnum, place)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum) as columns,
    (select json_agg(a.attname order by k.place) from unnest(f.confkey) with ordinality k(attnum, place)
      join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum) as on,
    case when f.confupdtype = 'c' then 'cascade' when f.confupdtype in ('n', 'd') then 'clear' else 'nothing' end as "onUpdate",
    row_security_active(c.oid) and (f.confdeltype in ('c', 'n', 'd') or f.confupdtype in ('c', 'n', 'd')) as hidden
  from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
  where f.confrelid = $1::oid and f.contype = 'f'
    -- one from a partitioned table stands here again for each of its partitions; one to the whole of which this is a partition counts
    and not exists (select from pg_constraint whole where whole.oid = f.conparentid and whole.confrelid = f.confrelid)
  order by n.nspname, c.relname, f.conname`;

export async function incomingReferences(client: PgClient, oid: number): Promise<IncomingReference[]> {
  return (await client.query<IncomingReference>(INCOMING, [oid])).rows;
}
