import { isDeepStrictEqual } from 'node:util';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import type { Host } from '#host/job-host';
import type { CliContext } from './context.ts';
import type { OutputOptions } from './options/common.ts';
import { type ChosenServer, reach, savedLogin } from './options/target.ts';

interface HostSettings {
  readonly pool?: number;
  /** The server of the load to come, whose password only this process knows. */
  readonly server?: ChosenServer;
}

/** Opens the host of this home for one command, and closes it with its log whatever happens. */
export async function withHost<Result>(
  context: CliContext,
  { logLevel }: OutputOptions,
  { pool, server }: HostSettings,
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  const [{ openHost }, { openLog }, { loadstoneHome }, { undoDaysOfEnvironment }] = await Promise.all([
    import('#host/job-host'),
    import('#host/log'),
    import('#host/loadstone-home'),
    import('#host/undo-days'),
  ]);
  const home = loadstoneHome(context.env);
  const { log, close } = openLog({ home, consoleLevel: logLevel });
  try {
    const { workerEntry } = context;
    const resolveTarget = resolver(home, context.env, server);
    const undoDays = undoDaysOfEnvironment(context.env);
    const host = await openHost({
      ...{ home, workerEntry, log, resolveTarget },
      ...(pool !== undefined && { pool }),
      ...(undoDays !== undefined && { undoDays }),
    });
    try {
      return await work(host);
    } finally {
      await host.close();
    }
  } finally {
    close();
  }
}

/** @returns how to reach the server of a job now; starts the embedded one when it is that. */
export async function reachSaved(context: CliContext, ref: ConnectionRef): Promise<ConnectionTarget> {
  const { loadstoneHome } = await import('#host/loadstone-home');
  return reach(await savedLogin(loadstoneHome(context.env), ref, context.env), context.env, context.interrupts.signal);
}

/**
 * Resolves servers without an end by Ctrl-C: a cancelled load still has to roll back. The embedded database is greeted
 * once; after that its state is read from its files, because a greeting is a connection that no lease covers.
 */
function resolver(home: string, env: NodeJS.ProcessEnv, server: ChosenServer | undefined) {
  let greeted = false;
  return async (ref: ConnectionRef): Promise<ConnectionTarget> => {
    if (ref.kind === 'embedded' && greeted) {
      const { embeddedStatus } = await import('#engine/door');
      const { state, target } = await embeddedStatus({ home });
      if (state === 'running' && target !== undefined) return target;
    }
    const isOwn = server !== undefined && isDeepStrictEqual(server.ref, ref);
    const target = await reach(isOwn ? server : await savedLogin(home, ref, env), env);
    greeted ||= ref.kind === 'embedded';
    return target;
  };
}
