import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, session } from 'electron';
import { z } from 'zod';
import { type Application, openApplication } from '#host/application/application';
import { loadstoneHome } from '#host/loadstone-home';
import { type Log, openLog } from '#host/log';
import { applicationClient, followApplication } from './application-client.ts';
import { MenuKeeper } from './menu-keeper.ts';
import { Quitting } from './quitting.ts';
import { ActivitySigns } from './system/activity-signs.ts';
import { desktopShell } from './system/desktop-shell.ts';
import { refuseToStart, tellOfDefects } from './system/failures.ts';
import { JobNotices } from './system/job-notices.ts';
import { openKeychain } from './system/keychain.ts';
import { openSpeech, type Speech } from './system/language.ts';
import { OpenedPaths, pathsOf } from './system/opened-paths.ts';
import { utilityProcessStarter } from './utility-process-starter.ts';
import { registerAppScheme, serveRenderer } from './window/app-protocol.ts';
import { DesktopState } from './window/desktop-state.ts';
import { confinePages, denyPermissions } from './window/page-policy.ts';
import { RendererPorts } from './window/renderer-ports.ts';
import { Windows } from './window/windows.ts';

/** What a second start says to the first. */
const handoverSchema = z.object({ paths: z.array(z.string()) });

/** The desktop application, from its process's first line. One runs per home; a second start hands its paths over. */
export function startDesktop(): void {
  const home = loadstoneHome(process.env);
  const opened = new OpenedPaths();
  try {
    prepareProcess(home);
  } catch (error) {
    void app.whenReady().then(() => refuseToStart(error, openSpeech(app.getLocale())));
    return;
  }
  const paths = pathsOf(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
  if (!app.requestSingleInstanceLock({ paths })) {
    app.exit(0);
    return;
  }
  opened.take(paths);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opened.take([path]);
  });
  app.on('second-instance', (_event, _argv, _folder, handover) => {
    opened.take(handoverSchema.safeParse(handover).data?.paths ?? []);
  });
  void run(home, opened);
}

/** What must be set before Electron is ready. */
function prepareProcess(home: string): void {
  app.enableSandbox();
  registerAppScheme();
  if (app.isPackaged) {
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);
  }
  // Chromium's own files lie in the home too, and the lock of the single instance with them.
  const profile = join(home, 'window');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
}

async function run(home: string, opened: OpenedPaths): Promise<void> {
  await app.whenReady();
  const speech = openSpeech(app.getLocale());
  try {
    const { log, close } = openLog({ home, consoleLevel: app.isPackaged ? 'silent' : 'info' });
    app.once('quit', close);
    tellOfDefects({ log, speech, home });
    confinePages(log);
    denyPermissions(session.defaultSession);
    serveRenderer(join(import.meta.dirname, '../renderer'));
    const state = new DesktopState(home, (err) => log.warn({ err }, 'the window’s place was not kept'));
    const application = await open({ home, speech, log, state });
    new Desktop({ home, speech, log, state, opened, application }).start();
  } catch (error) {
    refuseToStart(error, speech);
  }
}

async function open(parts: {
  readonly home: string;
  readonly speech: Speech;
  readonly log: Log;
  readonly state: DesktopState;
}): Promise<Application> {
  return openApplication({
    home: parts.home,
    version: app.getVersion(),
    workerEntry: join(import.meta.dirname, 'worker.js'),
    starter: utilityProcessStarter(),
    log: parts.log,
    env: process.env,
    secrets: await openKeychain(),
    shell: desktopShell(parts.state, parts.speech),
    example: findExample(),
  });
}

function findExample(): { readonly paths: readonly string[]; readonly mapping: string } | null {
  const folder = join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'examples', 'land-records');
  return existsSync(folder) ? { paths: [folder], mapping: 'vn-land-records' } : null;
}

interface DesktopParts {
  readonly home: string;
  readonly speech: Speech;
  readonly log: Log;
  readonly state: DesktopState;
  readonly opened: OpenedPaths;
  readonly application: Application;
}

/** The running application: joins its windows, menu, signs and end. */
class Desktop {
  readonly #parts: DesktopParts;
  readonly #windows: Windows;
  readonly #ports: RendererPorts;
  readonly #quitting: Quitting;
  readonly #signs = new ActivitySigns();
  readonly #ending = new AbortController();
  /** The job that the next page is to show. */
  #wanted: number | null = null;

  constructor(parts: DesktopParts) {
    const { application, speech, log, state, opened } = parts;
    this.#parts = parts;
    this.#quitting = new Quitting({ application, speech, signs: this.#signs, log, onEnd: () => this.#end() });
    this.#windows = new Windows({ state, speech, log, onLastClose: () => this.#quitting.lastWindowCloses() });
    const onListening = (): void => {
      opened.deliverTo((paths) => this.#open(paths));
      this.#showWanted();
    };
    const { router } = application;
    this.#ports = new RendererPorts({ router, log, onListening, onAlone: () => opened.hold() });
  }

  start(): void {
    const { application } = this.#parts;
    this.#quitting.listen();
    this.#ports.listen();
    application.onActivity((activity) => this.#signs.show(activity));
    app.on('second-instance', () => this.#windows.focus());
    app.on('activate', () => this.#windows.focus());
    this.#follow();
    this.#windows.open();
  }

  #follow(): void {
    const { application, speech, log, home } = this.#parts;
    const client = applicationClient(application.router);
    const notices = new JobNotices(speech, (job) => this.#show(job));
    const menu = new MenuKeeper({
      client,
      speech,
      logFolder: join(home, 'logs'),
      actions: {
        choose: (what) => void this.#choose(what),
        open: (paths) => this.#take(paths),
        newWindow: () => this.#windows.open(),
        setTheme: (theme) => void client.settings.change({ theme }).catch((err) => log.warn({ err }, 'theme not set')),
      },
    });
    menu.start();
    void followApplication(client, {
      signal: this.#ending.signal,
      log,
      hear: async (event) => {
        if (event.type === 'hello' || event.type === 'settings') await menu.readSettings();
        if (event.type === 'hello' || event.type === 'jobs') await menu.readRecent();
        if (event.type === 'ended') notices.ended(event.job);
      },
    });
  }

  /** On a Mac there may be no window yet, and so no page that could hear of it. */
  #show(job: number): void {
    this.#windows.focus();
    this.#wanted = job;
    if (this.#ports.areListening) this.#showWanted();
  }

  #showWanted(): void {
    const job = this.#wanted;
    this.#wanted = null;
    if (job !== null) this.#parts.application.show(job);
  }

  async #choose(what: 'folder' | 'files'): Promise<void> {
    const { state, speech, log } = this.#parts;
    try {
      this.#take((await desktopShell(state, speech).choose({ what })) ?? []);
    } catch (err) {
      log.warn({ err }, 'the dialog failed');
    }
  }

  /** From the menu: on a Mac there may be no window yet. */
  #take(paths: readonly string[]): void {
    if (paths.length > 0) this.#windows.focus();
    this.#parts.opened.take(paths);
  }

  #open(paths: readonly string[]): void {
    this.#parts.application.open(paths);
    for (const path of paths) app.addRecentDocument(path);
  }

  #end(): void {
    this.#ending.abort();
    this.#signs.clear();
    this.#ports.close();
    this.#parts.state.flush();
  }
}
