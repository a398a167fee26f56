import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { PruneOptions } from '../options/common.ts';
import { onServer, serverFrom } from '../options/target.ts';
import { usage } from '../options/values.ts';
import { renderPruned } from '../render/undo.ts';

/** `loadstone jobs prune`: drops what the undo of old loads needs. */
export function runJobsPrune(context: CliContext, options: PruneOptions): Promise<number> {
  const dryRun = options.dryRun === true;
  return withHost(context, options, {}, async (host) => {
    const days = options.olderThan ?? host.undoDays;
    if (days === null) {
      throw usage(
        'Loads can be undone for ever, as the settings say: nothing is old enough.',
        'Say how old with --older-than <days>.',
      );
    }
    const server = await serverFrom(options.to, context);
    const { pruneUndo } = await import('#engine/door');
    const { signal } = context.interrupts;
    const pruned = await onServer(context, server, (session) =>
      pruneUndo(session, { days, always: options.olderThan !== undefined, dryRun, signal }),
    );
    if (!dryRun) host.notePruned(server.ref, days, pruned);
    context.terminal.err(renderPruned(pruned, dryRun));
    const { loadIds: _, ...told } = pruned;
    if (options.json) await printJson(context, { olderThanDays: days, dryRun, ...told });
    return pruned.failure === undefined ? EXIT.done : EXIT.failed;
  });
}
