import type { AuditFilter } from '#contract/api/audit';
import { type AuditEntry, auditAction } from '#contract/audit';
import type { ConnectionRef } from '#contract/connection';
import { connectionText } from '#contract/connection-text';

/** What an entry is made of. */
export const AUDIT_COLUMNS = `a.id::text, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, a.os_user,
  a.os_host, a.session_user_name, host(a.client_address) as address, a.application_name, a.action, a.load_id, a.counts,
  a.files, a.bytes::float8 as bytes, a.digest, a.facts`;

export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly os_user: string;
  readonly os_host: string;
  readonly session_user_name: string;
  readonly address: string | null;
  readonly application_name: string;
  readonly action: string;
  readonly load_id: string | null;
  readonly counts: AuditEntry['counts'];
  readonly files: number | null;
  readonly bytes: number | null;
  readonly digest: string | null;
  readonly facts: AuditEntry['facts'];
}

/** Conditions over `loadstone.audit a`; their parameters are {@link auditParameters}, from $1 on. */
export const AUDIT_MATCHES = `
  ($1::text is null or a.action = $1) and ($2::timestamptz is null or a.at >= $2) and ($3::timestamptz is null or a.at < $3)
  and ($4::text is null
    or strpos(lower(concat_ws(' ', a.os_user, a.os_host, a.session_user_name, host(a.client_address), a.application_name,
         a.load_id, a.digest)), lower($4)) > 0
    or exists (select from jsonb_path_query(a.facts, '$.**') v where strpos(lower(v #>> '{}'), lower($4)) > 0))`;

export function auditParameters({ action, from, to, text }: AuditFilter): readonly (string | null)[] {
  return [action ?? null, from ?? null, to ?? null, text?.trim() || null];
}

/** An entry as people read it. Numbers of jobs are a matter of each computer: the target knows none. */
export function auditEntryOf(row: AuditRow, connection: ConnectionRef): AuditEntry {
  return {
    ...{ id: row.id, at: row.at, user: row.os_user, host: row.os_host, program: null, action: auditAction(row.action) },
    ...{ job: null, loadId: row.load_id, connection: connectionText(connection), counts: row.counts },
    files: row.files === null ? null : { count: row.files, bytes: row.bytes ?? 0, digest: row.digest },
    facts: row.facts,
    session: { user: row.session_user_name, address: row.address, application: row.application_name },
  };
}
