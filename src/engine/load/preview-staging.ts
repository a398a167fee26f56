import { randomUUID } from 'node:crypto';
import { stagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { dropStaging } from '#engine/stage/staging-schema';

/** No load has an id like this: what is staged under one is nobody's but a preview's. */
const PREVIEW_ID = '00000000-0000-4000-';

export function newPreviewId(): string {
  return PREVIEW_ID + randomUUID().slice(PREVIEW_ID.length);
}

const OWN = `select substr(nspname, length('loadstone_load_') + 1)::uuid as "loadId" from pg_namespace
  where nspname ~ $1 and pg_get_userbyid(nspowner) = current_user`;

/** Drops what previews left whose process was killed: those that nobody holds the lock of. */
export async function dropAbandoned(client: PgClient): Promise<void> {
  const pattern = `^loadstone_load_${PREVIEW_ID.replaceAll('-', '')}[0-9a-f]{16}$`;
  const { rows } = await client.query<{ loadId: string }>(OWN, [pattern]);
  for (const { loadId } of rows) {
    const lock = `(hashtext('loadstone'), hashtext($1))`;
    const { rows: got } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock${lock} as locked`, [
      loadId,
    ]);
    if (!got[0]?.locked) continue;
    await dropStaging(client, stagingNames(loadId));
    await client.query(`select pg_advisory_unlock${lock}`, [loadId]);
  }
}
