import { nativeTheme } from 'electron';
import type { Settings } from '#contract/api/settings';
import type { RecentSource } from '#contract/api/sources';
import type { ApplicationClient } from './application-client.ts';
import { type MenuActions, showMenu } from './menu.ts';
import type { Speech } from './system/language.ts';

interface KeeperOptions {
  readonly client: ApplicationClient;
  readonly speech: Speech;
  readonly logFolder: string;
  readonly actions: MenuActions;
}

/** Keeps language, theme and menu as the settings and the recent sources have them. */
export class MenuKeeper {
  readonly #options: KeeperOptions;
  #recent: readonly RecentSource[] = [];
  #theme: Settings['theme'] = 'auto';
  #shown = '';

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Shows a menu at once, before anything is known. */
  start(): void {
    this.#show();
  }

  async readSettings(): Promise<void> {
    const { language, theme } = await this.#options.client.settings.get();
    this.#options.speech.set(language);
    this.#theme = theme;
    nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
    this.#show();
  }

  async readRecent(): Promise<void> {
    this.#recent = await this.#options.client.sources.recent();
    this.#show();
  }

  /** An open menu closes when it is replaced: only what differs is shown anew. */
  #show(): void {
    const { speech, logFolder, actions } = this.#options;
    const facts = { words: speech.words, recent: this.#recent, theme: this.#theme, logFolder };
    const print = JSON.stringify([speech.code, this.#recent, this.#theme]);
    if (print === this.#shown) return;
    this.#shown = print;
    showMenu(facts, actions);
  }
}
