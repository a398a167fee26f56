import type { AuditPage, AuditRequest } from '#contract/api/audit';
import type { ConnectionRef } from '#contract/connection';
import type { PgClient } from '#engine/postgres/client';
import { AUDIT_COLUMNS, AUDIT_MATCHES, type AuditRow, auditEntryOf, auditParameters } from './audit-source.ts';
import type { InquiryOptions } from './inquire.ts';
import { inquireKept } from './inquire-kept.ts';
import type { ServerSession } from './server-session.ts';

const EMPTY: AuditPage = { entries: [], matching: 0, upTo: null };

export interface AuditQuestion {
  readonly connection: ConnectionRef;
  readonly request: AuditRequest;
}

/** One page of a target's audit log, filtered and counted by the server. */
export async function pageAudit(
  session: ServerSession,
  { connection, request }: AuditQuestion,
  options: InquiryOptions,
): Promise<AuditPage> {
  const read = async (client: PgClient) => {
    const upTo = request.upTo ?? (await newestId(client));
    if (upTo === null) return EMPTY;
    const { filter, limit, offset } = request;
    const parameters = [...auditParameters(filter), upTo];
    const { rows } = await client.query<AuditRow>(
      `select ${AUDIT_COLUMNS} from loadstone.audit a where ${AUDIT_MATCHES} and a.id <= $5
       order by a.id desc limit $6 offset $7`,
      [...parameters, limit, offset],
    );
    const { rows: counted } = await client.query<{ count: string }>(
      `select count(*) from loadstone.audit a where ${AUDIT_MATCHES} and a.id <= $5`,
      parameters,
    );
    const entries = rows.map((row) => auditEntryOf(row, connection));
    return { entries, matching: Number(counted[0]?.count), upTo };
  };
  return (await inquireKept(session, read, options)) ?? EMPTY;
}

async function newestId(client: PgClient): Promise<string | null> {
  const { rows } = await client.query<{ id: string | null }>('select max(id)::text as id from loadstone.audit');
  return rows[0]?.id ?? null;
}
