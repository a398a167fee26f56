import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ServeOptions, WebHost } from '#contract/web-host';
import { type Application, openApplication } from '#host/application/application';
import { childProcessStarter } from '#host/child-process-starter';
import { loadstoneHome } from '#host/loadstone-home';
import { openLog } from '#host/log';
import { secretsFromEnvironment } from '#host/secrets/secrets-from-environment';
import { Downloads } from './downloads.ts';
import { allowedRoots } from './roots.ts';
import { startWebHost } from './web-host.ts';
import { webShell } from './web-shell.ts';

/** The package's folder: this file is built to out/main/server.js. */
const PACKAGE = join(import.meta.dirname, '../..');
const EXAMPLE = { paths: [join(PACKAGE, 'examples/land-records')], mapping: 'vn-land-records' };

/** See {@link file://./../contract/web-host.ts}. */
export async function serve(options: ServeOptions): Promise<WebHost> {
  const home = loadstoneHome(options.env);
  const inbox = join(home, 'inbox');
  const roots = await allowedRoots(options.roots, [homedir(), process.cwd(), ...EXAMPLE.paths]);
  await mkdir(inbox, { recursive: true, mode: 0o700 });
  const { log, close: closeLog } = openLog({ home, consoleLevel: options.consoleLevel });
  const downloads = new Downloads();
  const shell = await webShell({ roots, inbox, offerDownload: (file, name) => downloads.offer(file, name) });
  let application: Application | undefined;
  try {
    application = await openApplication({
      home,
      version: options.version,
      workerEntry: options.workerEntry,
      starter: childProcessStarter(),
      log,
      env: { ...options.env },
      secrets: secretsFromEnvironment(options.env),
      shell,
      example: EXAMPLE,
      ...(options.pool !== undefined && { pool: options.pool }),
    });
    const renderer = join(PACKAGE, 'out/renderer');
    const host = await startWebHost({ application, downloads, inbox, log, port: options.port, renderer });
    return { url: host.url, close: () => host.close().finally(closeLog) };
  } catch (error) {
    await application?.close();
    closeLog();
    throw error;
  }
}
