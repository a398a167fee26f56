import pg from 'pg';
import { RECORD_TABLES } from '../data/record-tables.ts';
import type { Cluster } from './cluster.ts';

/** What a run left behind, per table: how many rows, and a sum over the hashes of their contents. */
export type Contents = Readonly<Record<string, { readonly rows: number; readonly hash: string }>>;

export async function withClient<T>(
  cluster: Cluster,
  database: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: cluster.port,
    user: cluster.user,
    password: cluster.password,
    database,
  });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** A fresh database, equal to the template down to its files, with the server's dirty pages written out. */
export async function freshDatabase(cluster: Cluster, name: string, template: string): Promise<void> {
  await withClient(cluster, 'postgres', async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
    await client.query('checkpoint');
  });
}

/** The tables the mapping describes, as SQL of our own. */
export function recordTablesSql(referenceIndexes: boolean): string {
  return RECORD_TABLES.flatMap((table) => {
    const columns = table.columns.map(({ name, type }, at) => `${name} ${type}${at === 0 ? ' primary key' : ''}`);
    const links = table.references.map(
      ({ column, table: target, on }) => `foreign key (${column}) references ${target} (${on})`,
    );
    const indexes = table.references.map(({ column }) => `create index on ${table.name} (${column});`);
    return [`create table ${table.name} (${[...columns, ...links].join(', ')});`, ...(referenceIndexes ? indexes : [])];
  }).join('\n');
}

/** Keys, references and indexes of the public tables, one line each, without the names of indexes and constraints. */
export async function shapeOf(cluster: Cluster, database: string): Promise<readonly string[]> {
  return withClient(cluster, database, async (client) => {
    const { rows } = await client.query<{ line: string }>(`
      select conrelid::regclass || ': ' || pg_get_constraintdef(oid) as line
        from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')
      union all
      select indrelid::regclass || ': index ' || regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', '')
        from pg_index join pg_class on pg_class.oid = indrelid
       where relnamespace = 'public'::regnamespace and not indisprimary
      order by 1`);
    return rows.map(({ line }) => line);
  });
}

/** `columns` leaves out what no two runs share, such as the time of insertion. */
export async function contentsOf(
  cluster: Cluster,
  database: string,
  columns: Readonly<Record<string, readonly string[]>>,
): Promise<Contents> {
  return withClient(cluster, database, async (client) => {
    const found: Record<string, { rows: number; hash: string }> = {};
    for (const [table, names] of Object.entries(columns)) {
      const { rows } = await client.query<{ rows: number; hash: string }>(
        `select count(*)::int as rows, coalesce(sum(hashtextextended(row(${names.join(', ')})::text, 0)), 0)::text as hash from ${table}`,
      );
      found[table] = rows[0]!;
    }
    return found;
  });
}

export const RECORD_COLUMNS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  RECORD_TABLES.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
);

/** Every column but created_at. */
export const DOSSIER_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  canhan:
    'caNhanID hoTen namSinh diaChiID gioiTinh phienBan giayToTuyThanID tenLoaiGiayToTuyThan loaiGiayToTuyThan soGiayTo ngayCap noiCap maDinhDanhCaNhan hieuLuc'.split(
      ' ',
    ),
  giaychungnhan: 'giayChungNhanID soVaoSo soPhatHanh MaGiayChungNhan ngayCap maVach nguoiKy soVaoSoCu'.split(' '),
  thuadat:
    'thuaDatID maDVHCXa soHieuToBanDo soThuTuThua dienTich dienTichPhapLy diaChiID voChongID voID chongID phanLoaiDuLieu trangThaiDangKy hieuLuc phienBan'.split(
      ' ',
    ),
  hoso: 'thanhPhanHoSoID hoSoDangKySoID giayChungNhanID loaiGiayTo tepTin url maHoSoLuuTru maDVHCXa'.split(' '),
};
