import { toErrorFacts } from '#contract/errors';
import type { AuditNote } from '#host/audit/audit-trail';
import type { CliContext } from '../context.ts';
import { withHost } from '../open-host.ts';
import type { OutputOptions } from '../options/common.ts';

/** Tells the audit log of an export that is done; a ledger that cannot be written does not undo it. */
export async function noteExport(context: CliContext, options: OutputOptions, note: AuditNote): Promise<void> {
  try {
    await withHost(context, options, {}, async ({ audit }) => audit.add(note));
  } catch (thrown) {
    context.terminal.err(`Note: the audit log could not be told of this. ${toErrorFacts(thrown).message}\n`);
  }
}
