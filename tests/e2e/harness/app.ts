import type { Page } from '@playwright/test';
import type { Home } from './home.ts';

type HostKind = 'web' | 'desktop';

/** The option that each Playwright project sets. */
export interface HostOption {
  readonly host: HostKind;
}

/** How windows see the world, the same on both hosts. */
export interface WindowLook {
  readonly locale: string;
  readonly colorScheme: 'light' | 'dark';
}

/** A running Loadstone with one window open: the same to a spec, whichever host shows it. */
export interface App {
  readonly host: HostKind;
  /** The first window; another one after {@link restart}. */
  readonly page: Page;
  readonly home: Home;
  openSecondWindow(): Promise<Page>;
  /** As F5 does. */
  reload(): Promise<void>;
  /** Ends the host and starts it again over the same home; `kill` leaves it no time for anything. */
  restart(how?: 'quit' | 'kill'): Promise<void>;
  /** Drops folders or files of this machine on the middle of the window, as a file manager does. */
  drop(...paths: readonly string[]): Promise<void>;
  /** The text of the file that `press` makes the window save: a download, or what the native dialog names. */
  savedBy(press: () => Promise<void>): Promise<string>;
  /** Gives a file where `press` makes the window ask for one: the browser's chooser, or the native dialog. */
  choose(path: string, press: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
