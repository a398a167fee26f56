import type { AuditNote } from '#host/audit/audit-trail';
import type { Services } from './services.ts';

/** Tells the audit log of what is done and stays so: a ledger that cannot be written does not undo it. */
export function noteDone({ host, options }: Services, note: AuditNote): void {
  try {
    host.audit.add(note);
  } catch (err) {
    options.log.error({ err, action: note.action }, 'the audit log could not be told');
  }
}
