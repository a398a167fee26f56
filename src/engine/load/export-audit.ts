import type { AuditFilter } from '#contract/api/audit';
import type { AuditEntry } from '#contract/audit';
import { writeAuditCsv } from '#contract/audit-csv';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled, upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { AUDIT_COLUMNS, AUDIT_MATCHES, type AuditRow, auditEntryOf, auditParameters } from './audit-source.ts';
import { DirectSession } from './direct-session.ts';
import { onServer } from './on-server.ts';
import type { ServerSession } from './server-session.ts';
import { writeWhole } from './write-whole.ts';

interface WhichEntries {
  readonly connection: ConnectionRef;
  readonly filter: AuditFilter;
  readonly signal: AbortSignal;
}

/** Entries fetched together. */
const PAGE = 1_000;
/** Spreadsheets read UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A target's audit log, newest first, over a connection of its own. */
export async function* readAudit(
  options: WhichEntries & { readonly target: ConnectionTarget },
): AsyncGenerator<AuditEntry> {
  const session = new DirectSession(options.target);
  try {
    yield* entries(await session.connect(options.signal), options);
  } finally {
    await session.close();
  }
}

/** Writes it as CSV into a file, whole or not at all. @returns how many entries there are */
export function exportAudit(
  session: ServerSession,
  options: WhichEntries & { readonly path: string },
): Promise<number> {
  const run = { signal: options.signal, onRetry: () => undefined, attempts: 2 };
  return onServer(session, (client) => writeAuditFile(options.path, entries(client, options)), run);
}

/** The CSV file of any entries. */
export function writeAuditFile(path: string, found: AsyncIterable<AuditEntry> | Iterable<AuditEntry>): Promise<number> {
  return writeWhole(path, (write) => writeAuditCsv(found, write, BYTE_ORDER_MARK));
}

async function* entries(client: PgClient, { connection, filter, signal }: WhichEntries): AsyncGenerator<AuditEntry> {
  await upgradeLoadstoneSchema(client);
  if (!(await isLoadstoneInstalled(client))) return;
  for (let before: string | null = null; ; ) {
    signal.throwIfAborted();
    const { rows }: { rows: AuditRow[] } = await client.query<AuditRow>(
      `select ${AUDIT_COLUMNS} from loadstone.audit a where ${AUDIT_MATCHES} and ($5::int8 is null or a.id < $5)
       order by a.id desc limit $6`,
      [...auditParameters(filter), before, PAGE],
    );
    for (const row of rows) yield auditEntryOf(row, connection);
    before = rows.at(-1)?.id ?? before;
    if (rows.length < PAGE) return;
  }
}
