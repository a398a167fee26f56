import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Contract } from '#contract/api/contract';
import type { LoadRequest } from '#contract/api/job-views';
import { LoadstoneError } from '#contract/errors';
import { type Application, openApplication } from '#host/application/application';
import type { ApplicationOptions, Shell } from '#host/application/application-types';
import { childProcessStarter } from '#host/child-process-starter';
import { noSecretBox } from '#host/secrets/no-secret-box';
import { SILENT_LOG, testSpec } from '#tests/helpers/host-folder';

type Client = ContractRouterClient<Contract>;

/** A shell that shows nothing and lets windows read everything but what lies below a folder named `secret`. */
export const TEST_SHELL: Shell = {
  host: 'web',
  choose: () => Promise.reject(notAvailable()),
  save: () => Promise.reject(notAvailable()),
  reveal: () => Promise.reject(notAvailable()),
  browse: () => Promise.resolve({ path: null, parent: null, entries: [], truncated: false }),
  admit: (paths) => (paths.some((path) => path.includes('/secret')) ? Promise.reject(notAllowed()) : Promise.resolve()),
  offerDownload: (_file, name) => `/downloads/once/${name}`,
};

export interface OpenApp {
  readonly app: Application;
  readonly client: Client;
}

/** An application as the web host opens it, and a window of it without a transport between. */
export async function openApp(
  folder: string,
  workerEntry: string,
  changes: Partial<ApplicationOptions> = {},
): Promise<OpenApp> {
  const app = await openApplication({
    home: join(folder, 'home'),
    version: '1.2.3',
    workerEntry,
    starter: childProcessStarter(),
    log: SILENT_LOG,
    env: {},
    secrets: noSecretBox(),
    shell: TEST_SHELL,
    example: null,
    ...changes,
  });
  return { app, client: createRouterClient(app.router, { context: {} }) };
}

/** What a window orders; its server is a made-up one unless another is named. */
export function request(folder: string, changes: Partial<LoadRequest> = {}): LoadRequest {
  const { loadId: _, workers: __, ...rest } = testSpec(folder);
  return { ...rest, ...changes };
}

/** Reads events until one is the wanted one; gives all. */
export async function until<Event>(events: AsyncIterator<Event>, wanted: (event: Event) => boolean): Promise<Event[]> {
  const heard: Event[] = [];
  for (;;) {
    const { done, value } = await events.next();
    if (done) throw new Error(`it ended after ${JSON.stringify(heard).slice(0, 2_000)}`);
    heard.push(value);
    if (wanted(value)) return heard;
  }
}

export async function rest<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const heard: Event[] = [];
  for await (const event of events) heard.push(event);
  return heard;
}

function notAvailable(): LoadstoneError {
  return new LoadstoneError({ code: 'NOT_AVAILABLE', message: 'There is no native dialog here.', remedy: 'None.' });
}

function notAllowed(): LoadstoneError {
  return new LoadstoneError({ code: 'PATH_NOT_ALLOWED', message: 'This may not be read.', remedy: 'None.' });
}
