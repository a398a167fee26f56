import type { Database } from 'better-sqlite3';
import type { AuditPage, AuditRequest } from '#contract/api/audit';
import { type AuditEntry, auditAction } from '#contract/audit';
import { foldText } from '../ledger/text-search.ts';

interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly os_user: string;
  readonly os_host: string;
  readonly program: AuditEntry['program'];
  readonly action: string;
  readonly job: number | null;
  readonly load_id: string | null;
  readonly connection: string | null;
  readonly counts: string;
  readonly files: number | null;
  readonly bytes: number | null;
  readonly digest: string | null;
  readonly facts: string;
}

const MATCHES = `
  id <= @upTo
  AND (@action IS NULL OR action = @action)
  AND (@since IS NULL OR at >= @since) AND (@before IS NULL OR at < @before)
  AND (@text IS NULL
    OR holds_text(concat_ws(' ', os_user, os_host, connection, load_id, '#' || job, digest), @text)
    OR EXISTS (SELECT 1 FROM json_tree(audit.facts) WHERE atom IS NOT NULL AND holds_text(atom, @text)))`;

/** One page of the ledger's audit log, filtered, counted and cut there. */
export function readAuditPage(database: Database, { filter, upTo, offset, limit }: AuditRequest): AuditPage {
  const newest = upTo === undefined ? newestId(database) : Number(upTo);
  if (newest === null) return { entries: [], matching: 0, upTo: null };
  const values = {
    upTo: newest,
    action: filter.action ?? null,
    text: foldText(filter.text),
    since: utc(filter.from),
    before: utc(filter.to),
  };
  const rows = database
    .prepare(`SELECT * FROM audit WHERE ${MATCHES} ORDER BY id DESC LIMIT @limit OFFSET @offset`)
    .all({ ...values, limit, offset }) as AuditRow[];
  const matching = Number(database.prepare(`SELECT count(*) FROM audit WHERE ${MATCHES}`).pluck().get(values));
  return { entries: rows.map(toEntry), matching, upTo: String(newest) };
}

function newestId(database: Database): number | null {
  return database.prepare('SELECT max(id) FROM audit').pluck().get() as number | null;
}

/** Moments in the ledger are UTC, so that their text sorts as they do. */
function utc(moment: string | undefined): string | null {
  return moment === undefined ? null : new Date(moment).toISOString();
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: String(row.id),
    at: row.at,
    user: row.os_user,
    host: row.os_host,
    program: row.program,
    action: auditAction(row.action),
    job: row.job,
    loadId: row.load_id,
    connection: row.connection,
    counts: JSON.parse(row.counts),
    files: row.files === null ? null : { count: row.files, bytes: row.bytes ?? 0, digest: row.digest },
    facts: JSON.parse(row.facts),
    session: null,
  };
}
