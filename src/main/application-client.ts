import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { AppEvent } from '#contract/api/app';
import type { Contract } from '#contract/api/contract';
import type { Application } from '#host/application/application';
import type { Log } from '#host/log';

/** The application as the shell itself asks it: through the same contract as a window. */
export type ApplicationClient = ContractRouterClient<Contract>;

export function applicationClient(router: Application['router']): ApplicationClient {
  return createRouterClient(router, { context: {} }) as ApplicationClient;
}

/** Calls `hear` for every event of the application, one after the other, until the signal. */
export async function followApplication(
  client: ApplicationClient,
  options: { readonly signal: AbortSignal; readonly log: Log; readonly hear: (event: AppEvent) => Promise<void> },
): Promise<void> {
  const { signal, log, hear } = options;
  try {
    for await (const event of await client.app.watch(undefined, { signal })) {
      await hear(event).catch((err) => log.warn({ err }, 'the shell could not follow a change'));
    }
  } catch (err) {
    if (!signal.aborted) log.error({ err }, 'the shell hears no more changes');
  }
}
