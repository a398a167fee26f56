import type { CatalogListing } from '#contract/api/catalog';
import type { PgClient } from '#engine/postgres/client';
import { underSavepoint } from '#engine/postgres/read-only';
import { LOCK_NOT_AVAILABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';

type Schema = CatalogListing['schemas'][number];

/** What a user did not make: the server's schemas, our own, and stagings. */
const HIDDEN = '^(pg_.*|information_schema|loadstone|loadstone_load_[0-9a-f]{32})$';

interface Measures {
  readonly estimate: string;
  readonly bytes: string;
}

/** Looks at the files, under the lock that any query takes; a partitioned table is the sum of its partitions. */
const EXACT: Measures = {
  estimate: `case when c.relkind = 'p' then (select sum(nullif(leaf.reltuples, -1))
    from pg_partition_tree(c.oid) part join pg_class leaf on leaf.oid = part.relid where part.isleaf)
    when c.relkind in ('r', 'm') then nullif(c.reltuples, -1) end`,
  bytes: `case when c.relkind = 'p' then (select sum(pg_total_relation_size(part.relid)) from pg_partition_tree(c.oid) part)
    when c.relkind in ('r', 'm') then pg_total_relation_size(c.oid) end`,
};

/** As the last vacuum or analyze saw it: needs no lock. */
const FROM_STATISTICS: Measures = {
  estimate: `case when c.relkind in ('r', 'm') then nullif(c.reltuples, -1) end`,
  bytes: `c.relpages * current_setting('block_size')::int8`,
};

/** A partition's rows are those of its table; it is not listed beside it. */
const tablesSql = ({ estimate, bytes }: Measures) => `
  select n.nspname as name, coalesce(json_agg(json_build_object(
      'name', c.relname, 'kind', case when c.relkind in ('v', 'm') then 'view' else 'table' end,
      'estimatedRows', ${estimate}, 'bytes', coalesce(${bytes}, 0), 'comment', obj_description(c.oid, 'pg_class'))
    order by c.relname) filter (where c.oid is not null), '[]') as tables
  from pg_namespace n
  left join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition
  where n.nspname !~ '${HIDDEN}' and has_schema_privilege(n.oid, 'usage')
  group by n.nspname order by n.nspname`;

const SERVER = `select current_database() as database, current_user as "user",
  split_part(current_setting('server_version'), ' ', 1) as "serverVersion"`;

/** How long sizes may wait for somebody who holds a table exclusively. */
const SIZE_LOCK_TIMEOUT = '1s';
/** All tables and views that the user may see, schema by schema, with their sizes. */
export async function listTables(client: PgClient): Promise<CatalogListing> {
  const { rows } = await client.query<Omit<CatalogListing, 'schemas'>>(SERVER);
  const { database = '', user = '', serverVersion = '' } = rows[0] ?? {};
  return { database, user, serverVersion, schemas: await readSchemas(client) };
}

async function readSchemas(client: PgClient): Promise<readonly Schema[]> {
  try {
    return await underSavepoint(client, async () => {
      await client.query(`set local lock_timeout = '${SIZE_LOCK_TIMEOUT}'`);
      return (await client.query<Schema>(tablesSql(EXACT))).rows;
    });
  } catch (thrown) {
    if (sqlStateOf(thrown) !== LOCK_NOT_AVAILABLE) throw thrown;
    return (await client.query<Schema>(tablesSql(FROM_STATISTICS))).rows;
  }
}
