import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { findElectron } from '#tests/helpers/e2e/electron';
import type { App, WindowLook } from './app.ts';
import { dropPaths } from './drop.ts';
import { expect } from './expect.ts';
import { type Home, REPOSITORY } from './home.ts';

/** The built Electron application. */
export class DesktopApp implements App {
  readonly host = 'desktop';
  readonly home: Home;
  readonly #look: WindowLook;
  #electron: ElectronApplication;
  #page: Page;

  private constructor(home: Home, look: WindowLook, electron: ElectronApplication, page: Page) {
    this.home = home;
    this.#look = look;
    this.#electron = electron;
    this.#page = page;
  }

  static async start(home: Home, look: WindowLook): Promise<DesktopApp> {
    const electron = await launch(home, look);
    return new DesktopApp(home, look, electron, await firstWindow(electron, look));
  }

  get page(): Page {
    return this.#page;
  }

  /** As the menu's "New window". */
  async openSecondWindow(): Promise<Page> {
    const opened = this.#electron.waitForEvent('window');
    await this.#electron.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
      const item = items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+N');
      if (item === undefined) throw new Error('The menu opens no second window.');
      item.click();
    });
    const page = await opened;
    await settle(page, this.#look);
    return page;
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async restart(how: 'quit' | 'kill' = 'quit'): Promise<void> {
    await this.#end(how);
    this.#electron = await launch(this.home, this.#look);
    this.#page = await firstWindow(this.#electron, this.#look);
  }

  async drop(...paths: readonly string[]): Promise<void> {
    const session = await this.#electron.context().newCDPSession(this.#page);
    await dropPaths(this.#page, session, paths);
    await session.detach();
  }

  async savedBy(press: () => Promise<void>): Promise<string> {
    const path = join(this.home.files, 'saved');
    await this.#electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await press();
    await expect.poll(() => existsSync(path)).toBe(true);
    return readFileSync(path, 'utf8');
  }

  async choose(path: string, press: () => Promise<void>): Promise<void> {
    await this.#electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);
    await press();
  }

  async close(): Promise<void> {
    await this.#end('kill');
  }

  async #end(how: 'quit' | 'kill'): Promise<void> {
    const closed = this.#electron.waitForEvent('close');
    if (how === 'kill') this.#electron.process().kill('SIGKILL');
    else await this.#electron.evaluate(({ app }) => app.quit());
    await closed;
  }
}

function launch(home: Home, { locale }: WindowLook): Promise<ElectronApplication> {
  const found = findElectron();
  if ('reason' in found) throw new Error(found.reason);
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({
    executablePath: found.path,
    args: [join(REPOSITORY, 'out/main/index.js'), `--lang=${locale}`, ...flags],
    env: home.env,
  });
}

async function firstWindow(electron: ElectronApplication, look: WindowLook): Promise<Page> {
  const page = await electron.firstWindow();
  await settle(page, look);
  return page;
}

async function settle(page: Page, { colorScheme }: WindowLook): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}
