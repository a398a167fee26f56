import type { AuditEntry } from '#contract/audit';
import { bytes, count, counted } from './numbers.ts';
import { renderTable } from './text-table.ts';
import { localTime } from './times.ts';

const COLUMNS = [
  { title: 'when' },
  { title: 'who' },
  { title: 'action' },
  { title: 'job', right: true },
  { title: 'what' },
  { title: 'files' },
  { title: 'target' },
];

/** @returns entries of the audit log as a table; `--json` and `--out` have all facts. */
export function renderAudit(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ at, user, host, session, action, job, counts, files, connection }) => [
    localTime(at),
    session === null ? `${user}@${host}` : `${user}@${host} as ${session.user}`,
    action.replaceAll('_', ' '),
    job === null ? '' : String(job),
    Object.entries(counts)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => `${count(number)} ${name}`)
      .join(', '),
    files === null ? '' : `${counted(files.count, 'file')}, ${bytes(files.bytes)}, ${files.digest?.slice(0, 8) ?? ''}`,
    connection ?? '',
  ]);
  return renderTable(COLUMNS, rows);
}
