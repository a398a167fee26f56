/**
 * What the command line and the web host say to each other. The command line loads the host's built entry by its path
 * when `loadstone serve` runs, so that neither layer imports the other.
 */
export interface WebHostEntry {
  /** Resolves once the page can be fetched. @throws LoadstoneError CONFIG_INVALID, PATH_NOT_FOUND, LEDGER_FAILED */
  serve(options: ServeOptions): Promise<WebHost>;
}

export interface ServeOptions {
  readonly version: string;
  /** The worker's entry file. */
  readonly workerEntry: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly consoleLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** 0: any that is free. */
  readonly port: number;
  /** The folders that pages may choose from; empty: the user's home, the current folder and the example. */
  readonly roots: readonly string[];
  /** Connections to one server at most, in place of the setting. */
  readonly pool?: number;
}

export interface WebHost {
  /** The address with its token. */
  readonly url: string;
  /** Stops accepting, tells the pages, cancels what runs and keeps it resumable. */
  close(): Promise<void>;
}
