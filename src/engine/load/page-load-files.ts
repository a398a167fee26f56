import type { LoadFilesPage, LoadFilesRequest } from '#contract/api/audit';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled } from '#engine/postgres/loadstone-schema';
import { readStaging } from '#engine/stage/staging-schema';
import { type InquiryOptions, inquire } from './inquire.ts';
import type { ServerSession } from './server-session.ts';

const NONE: LoadFilesPage = { files: [], matching: 0 };

/** The files of a load with their hashes: those of its record once it is merged, until then those that are staged. */
export function pageLoadFiles(
  session: ServerSession,
  request: LoadFilesRequest,
  options: InquiryOptions,
): Promise<LoadFilesPage> {
  return inquire(session, (client) => readFiles(client, request), options);
}

async function readFiles(client: PgClient, { loadId, offset, limit }: LoadFilesRequest): Promise<LoadFilesPage> {
  const source = await filesSource(client, loadId);
  if (source === null) return NONE;
  const { rows } = await client.query<LoadFilesPage['files'][number]>(
    `select path, root, size::float8 as bytes, sha256 from ${source} f order by file offset $2 limit $3`,
    [loadId, offset, limit],
  );
  const { rows: counted } = await client.query<{ count: string }>(`select count(*) from ${source} f`, [loadId]);
  return { files: rows, matching: Number(counted[0]?.count) };
}

/** A relation whose `$1` is the load's id; null: nothing is known of the load here. */
async function filesSource(client: PgClient, loadId: string): Promise<string | null> {
  if (await isMerged(client, loadId)) return '(select * from loadstone.files where load_id = $1)';
  const names = stagingNames(loadId);
  if ((await readStaging(client, names)) === null) return null;
  return `(select p.id as file, p.path, p.root, s.size, s.sha256
    from ${names.staged} s join ${names.plan} p on p.id = s.file where s.code is null and $1::uuid is not null)`;
}

async function isMerged(client: PgClient, loadId: string): Promise<boolean> {
  if (!(await isLoadstoneInstalled(client))) return false;
  const { rowCount } = await client.query('select from loadstone.loads where load_id = $1', [loadId]);
  return rowCount === 1;
}
