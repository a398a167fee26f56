import { hostname } from 'node:os';
import type { AuditFiles } from '#contract/audit';
import type { AuditAction } from '#contract/audit-actions';
import { accountName } from './account-name.ts';
import type { PgClient } from './client.ts';

/** What happened to the target, as the one who did it tells it. */
export interface TargetNote {
  readonly action: AuditAction;
  readonly loadId: string;
  readonly counts?: Readonly<Record<string, number>>;
  readonly files?: AuditFiles;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * Writes an entry into the target's audit log, inside the caller's open transaction, which is the one that does what the
 * entry tells of: both are there, or neither. Who it was to the database the server adds by itself.
 */
export async function noteInTarget(client: PgClient, note: TargetNote): Promise<void> {
  const { action, loadId, counts = {}, files, facts = {} } = note;
  await client.query(
    `insert into loadstone.audit (os_user, os_host, action, load_id, counts, files, bytes, digest, facts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[accountName(), hostname(), action, loadId, JSON.stringify(counts)],
      ...[files?.count ?? null, files?.bytes ?? null, files?.digest ?? null, JSON.stringify(facts)],
    ],
  );
}
