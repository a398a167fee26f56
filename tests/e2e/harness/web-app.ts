import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { WebServer } from '#tests/helpers/e2e/web-server';
import type { App, WindowLook } from './app.ts';
import { dropPaths } from './drop.ts';
import type { Home } from './home.ts';

/** `loadstone serve` with pages of one browser profile. */
export class WebApp implements App {
  readonly host = 'web';
  readonly home: Home;
  readonly #context: BrowserContext;
  #server: WebServer;
  #page: Page;

  private constructor(home: Home, context: BrowserContext, server: WebServer, page: Page) {
    this.home = home;
    this.#context = context;
    this.#server = server;
    this.#page = page;
  }

  static async start(home: Home, browser: Browser, look: WindowLook): Promise<WebApp> {
    const server = await serve(home);
    const context = await browser.newContext({ ...look, reducedMotion: 'reduce', timezoneId: 'Asia/Ho_Chi_Minh' });
    const page = await context.newPage();
    await page.goto(server.url);
    return new WebApp(home, context, server, page);
  }

  get page(): Page {
    return this.#page;
  }

  /** The printed address, with its token. */
  get url(): string {
    return this.#server.url;
  }

  async openSecondWindow(): Promise<Page> {
    const page = await this.#context.newPage();
    await page.goto(this.#server.url);
    return page;
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async restart(how: 'quit' | 'kill' = 'quit'): Promise<void> {
    await this.#server.stop(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
    this.#server = await serve(this.home);
    await this.#page.goto(this.#server.url);
  }

  async drop(...paths: readonly string[]): Promise<void> {
    const session = await this.#context.newCDPSession(this.#page);
    await dropPaths(this.#page, session, paths);
    await session.detach();
  }

  async savedBy(press: () => Promise<void>): Promise<string> {
    const [download] = await Promise.all([this.#page.waitForEvent('download'), press()]);
    return readFileSync(await download.path(), 'utf8');
  }

  async choose(path: string, press: () => Promise<void>): Promise<void> {
    const [chooser] = await Promise.all([this.#page.waitForEvent('filechooser'), press()]);
    await chooser.setFiles(path);
  }

  async close(): Promise<void> {
    await this.#context.close();
    await this.#server.stop('SIGTERM');
  }
}

function serve({ env, files }: Home): Promise<WebServer> {
  return WebServer.start({ env, cwd: files });
}
