import type { PgClient } from '#engine/postgres/client';
import type { TargetTable } from '#engine/postgres/introspect';

/** A load into the table, and what is kept of it. */
export interface TracedLoad {
  readonly load_id: string;
  readonly mapping: string;
  readonly at: string;
  readonly undone_at: string | null;
  /** As rows show it. */
  readonly writer: string;
  readonly undo_writer: string | null;
  readonly dropped: boolean;
  readonly position: number;
  readonly key_columns: readonly string[];
  readonly inserted: KeptTable | null;
  readonly before: KeptTable | null;
}

export interface KeptTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of the key's columns, in their order, without lengths. */
  readonly keyTypes: readonly string[];
}

/** Beside a load's `t`: what is kept under one of its names, as far as it is there. */
const keptTable = (name: string) => `(select json_build_object('name', t.${name},
    'columns', (select json_agg(a.attname order by a.attnum) from pg_attribute a
      where a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped and a.attname not like 'loadstone:%'),
    'keyTypes', (select json_agg(format_type(a.atttypid, -1) order by u.place) from unnest(t.key_columns) with ordinality u(name, place)
      join pg_attribute a on a.attrelid = k.oid and a.attname = u.name and not a.attisdropped))
  from pg_class k where k.oid = to_regclass('loadstone.' || quote_ident(t.${name})))`;

const iso = (time: string) => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const short = (xid: string) => `(${xid}::text::numeric % 4294967296)::text`;

/** Loads that wrote into the table, newest first. */
export async function readTracedLoads(client: PgClient, { oid }: TargetTable): Promise<readonly TracedLoad[]> {
  const { rows } = await client.query<TracedLoad>(
    `select l.load_id, l.mapping_name as mapping, ${iso('l.merged_at')} as at, ${iso('l.undone_at')} as undone_at,
       ${short('l.xid')} as writer, ${short('l.undo_xid')} as undo_writer, l.undo_dropped_at is not null as dropped,
       t.position, t.key_columns, ${keptTable('inserted_table')} as inserted, ${keptTable('before_table')} as before
     from loadstone.loads l join loadstone.load_tables t using (load_id)
     where t.target_oid in (select $1::oid union select relid from pg_partition_ancestors($1::oid) union select relid from pg_partition_tree($1::oid))
       and (t.inserted_table is not null or t.before_table is not null) order by l.xid desc`,
    [oid],
  );
  return rows;
}
