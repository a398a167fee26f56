import type { FileChunk } from '#contract/worker-messages';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { copyRows } from '#engine/postgres/copy';
import { copyField } from '#engine/postgres/copy-text';

/** What the scan says of one entry below the chosen paths. */
export interface FoundEntry {
  readonly kind: 'file' | 'skipped' | 'unreadable';
  readonly path: string;
  readonly absolute?: string;
  readonly root?: string;
  readonly fingerprint?: { readonly size: bigint; readonly modifiedNs: bigint; readonly changedNs: bigint };
  readonly reason?: string;
}

const FOUND_COLUMNS = ['kind', 'path', 'absolute', 'root', 'size', 'modified_ns', 'changed_ns', 'reason'];

/** Lines sent together. */
const LINES_PER_PIECE = 1_000;

/** Streams what the scan finds into the staging, so that memory does not grow with the number of files. */
export async function recordFound(
  client: PgClient,
  names: StagingNames,
  entries: AsyncIterable<FoundEntry>,
): Promise<void> {
  await copyRows(client, names.found, FOUND_COLUMNS, foundLines(entries));
}

async function* foundLines(entries: AsyncIterable<FoundEntry>): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for await (const entry of entries) {
    lines.push(foundLine(entry));
    if (lines.length < LINES_PER_PIECE) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}

function foundLine({ kind, path, absolute, root, fingerprint, reason }: FoundEntry): string {
  const numbers = [fingerprint?.size, fingerprint?.modifiedNs, fingerprint?.changedNs].map((n) => n?.toString());
  const fields = [kind, path, absolute, root, ...numbers, reason];
  return `${fields.map((field) => copyField(field ?? null)).join('\t')}\n`;
}

/** What makes two files the same input of the same load: see "Identity" in the mapping's documentation. */
export interface LoadIdentity {
  readonly mappingHash: string;
  /** null while some target does not exist: then nothing was loaded into this table set. */
  readonly targets: string | null;
  readonly skipLoaded: boolean;
}

/**
 * Numbers the files in byte order of their paths, which is the order in which equal keys are judged, and marks those
 * that merged loads of the same mapping and targets have brought already, as far as size and times tell. Files that
 * cannot be read are planned as failed.
 */
export async function numberFiles(client: PgClient, names: StagingNames, identity: LoadIdentity): Promise<void> {
  await client.query(
    `
    insert into ${names.plan}
    select row_number() over (order by path collate "C", absolute collate "C"), path, absolute, root, size, modified_ns, changed_ns,
      $3 and exists (
        select from loadstone.files f join loadstone.loads l using (load_id)
        where l.mapping_hash = $1 and l.targets = $2 and l.state = 'merged' and f.counts and f.path = found.path
          and f.root = found.root and f.size = found.size and f.modified_ns = found.modified_ns and f.changed_ns = found.changed_ns)
    from (
      select distinct on (coalesce(absolute, path)) path, coalesce(absolute, path) as absolute, coalesce(root, '') as root,
        coalesce(size, 0) as size, coalesce(modified_ns, 0) as modified_ns, coalesce(changed_ns, 0) as changed_ns
      from ${names.found} where kind in ('file', 'unreadable') order by coalesce(absolute, path), path) found`,
    [identity.mappingHash, identity.targets ?? '', identity.skipLoaded && identity.targets !== null],
  );
  await client.query(`
    insert into ${names.skipped} select path, reason from ${names.found} where kind = 'skipped';
    insert into ${names.staged} (file, code, message)
      select p.id, 'FILE_UNREADABLE', f.path || ' cannot be read: ' || f.reason
      from ${names.found} f join ${names.plan} p on p.absolute = f.path where f.kind = 'unreadable';
    drop table ${names.found};
    analyze ${names.plan};`);
}

/** A planned file whose size or times changed: only its content can tell whether it was loaded already. */
export interface DoubtfulFile {
  readonly id: number;
  readonly absolute: string;
  readonly hashes: readonly string[];
}

export async function doubtfulFiles(
  client: PgClient,
  names: StagingNames,
  identity: LoadIdentity,
): Promise<DoubtfulFile[]> {
  if (!identity.skipLoaded || identity.targets === null) return [];
  const { rows } = await client.query<DoubtfulFile>(
    `select p.id, p.absolute, array_agg(distinct f.sha256) as hashes
     from ${names.plan} p join loadstone.files f on f.path = p.path and f.size = p.size join loadstone.loads l using (load_id)
     where not p.unchanged and l.mapping_hash = $1 and l.targets = $2 and l.state = 'merged' and f.counts
     group by p.id order by p.id`,
    [identity.mappingHash, identity.targets],
  );
  return rows;
}

export async function markUnchanged(client: PgClient, names: StagingNames, ids: readonly number[]): Promise<void> {
  await client.query(`update ${names.plan} set unchanged = true where id = any($1::int[])`, [ids]);
}

/** Leaves out what goes beyond the first `limit` files that are to be loaded, and says so. */
export async function limitFiles(client: PgClient, names: StagingNames, limit: number): Promise<void> {
  await client.query(
    `with beyond as (
       delete from ${names.plan} where id in (select id from ${names.plan} where not unchanged order by id offset $1) returning path)
     insert into ${names.skipped} select path, 'beyond --limit ' || $1 from beyond`,
    [limit],
  );
}

/** Leaves out all but `limit` files, spread evenly over those to be loaded with the first and the last among them. */
export async function spreadFiles(client: PgClient, names: StagingNames, limit: number): Promise<void> {
  await client.query(
    `with numbered as (
       select id, row_number() over (order by id) - 1 as place, count(*) over () as total from ${names.plan} where not unchanged),
     beyond as (
       delete from ${names.plan} where id in (
         select id from numbered where total > $1 and place not in (
           select step * (total - 1) / greatest($1 - 1, 1) from generate_series(0, $1 - 1) step)) returning path)
     insert into ${names.skipped} select path, 'not among the ' || $1 || ' files looked at' from beyond`,
    [limit],
  );
}

/** A chunk is the unit of a staging transaction: enough rows to make COPY worth it, few enough to redo after a crash. */
const LARGEST_CHUNK_BYTES = 4 * 1024 * 1024;
const SMALLEST_CHUNK_BYTES = 256 * 1024;
/** A small load is cut finer, so that every worker has a share until the end. */
const LEAST_CHUNKS = 16;
const CHUNK_FILES = 1_000;

export interface StagingPlan {
  readonly chunks: readonly FileChunk[];
  readonly found: number;
  readonly unchanged: number;
  readonly staged: number;
  readonly toStage: number;
  readonly bytes: number;
}

/** @returns the runs of files that still have to be staged, and the counts of the whole plan. */
export async function readPlan(client: PgClient, names: StagingNames): Promise<StagingPlan> {
  const { rows: counts } = await client.query<Record<'found' | 'unchanged' | 'staged' | 'to_stage' | 'bytes', string>>(
    `select count(*) as found, count(*) filter (where p.unchanged) as unchanged, count(s.file) as staged,
       count(*) filter (where not p.unchanged and s.file is null) as to_stage,
       coalesce(sum(p.size) filter (where not p.unchanged and s.file is null), 0) as bytes
     from ${names.plan} p left join ${names.staged} s on s.file = p.id`,
  );
  const count = counts[0];
  const { rows } = await client.query<FileChunk>(
    `select min(id) as first, max(id) as last
     from (select id, greatest(floor(sum(size) over (order by id) / $1), row_number() over (order by id) / $2) as chunk
           from ${names.plan} p where not unchanged and not exists (select from ${names.staged} s where s.file = p.id)) numbered
     group by chunk order by 1`,
    [
      Math.min(LARGEST_CHUNK_BYTES, Math.max(SMALLEST_CHUNK_BYTES, Math.ceil(Number(count?.bytes) / LEAST_CHUNKS))),
      CHUNK_FILES,
    ],
  );
  return {
    chunks: rows,
    found: Number(count?.found),
    unchanged: Number(count?.unchanged),
    staged: Number(count?.staged),
    toStage: Number(count?.to_stage),
    bytes: Number(count?.bytes),
  };
}

export interface PlannedFile {
  readonly id: number;
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
  /** What its content has to be; null: whatever it is. */
  readonly sha256: string | null;
}

/** @returns the files of a chunk that are not staged yet, in order. */
export async function filesOfChunk(client: PgClient, names: StagingNames, chunk: FileChunk): Promise<PlannedFile[]> {
  const { rows } = await client.query<Omit<PlannedFile, 'size'> & { size: string }>(
    `select id, path, absolute, size, sha256 from ${names.plan} p
     where id between $1 and $2 and not unchanged and not exists (select from ${names.staged} s where s.file = p.id) order by id`,
    [chunk.first, chunk.last],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}
