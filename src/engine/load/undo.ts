import type { UndoResult } from '#contract/worker-messages';
import { undoLoad } from '#engine/merge/undo-load';
import { upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { onServer, type RunOptions } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

/** Takes a merged load back, in one transaction. */
export function undoMergedLoad(
  session: ServerSession,
  options: Pick<RunOptions, 'signal' | 'onRetry'> & { readonly loadId: string },
): Promise<UndoResult> {
  return onServer(
    session,
    async (client) => {
      await upgradeLoadstoneSchema(client);
      await client.query('begin');
      const result = await undoLoad(client, options.loadId);
      await client.query('commit');
      return result;
    },
    options,
  );
}
