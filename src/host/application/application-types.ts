import type { FolderListing } from '#contract/api/sources';
import type { Log } from '../log.ts';
import type { WorkerStarter } from '../worker-process.ts';

/** Seals passwords at rest. What it returns is safe to write into the ledger. */
export interface SecretBox {
  /** `none`: nothing may be kept; passwords then live in this run's memory only, and the window says so. */
  readonly kind: 'keychain' | 'encrypted_file' | 'none';
  seal(text: string): Promise<Buffer>;
  /** @throws LoadstoneError SECRETS_UNAVAILABLE when the key is another one or gone. */
  open(sealed: Buffer): Promise<string>;
}

/** What differs between a desktop window and a page in a browser. */
export interface Shell {
  readonly host: 'desktop' | 'web';
  /** A native dialog; null when nothing was chosen. @throws NOT_AVAILABLE in the web */
  choose(request: {
    readonly what: 'folder' | 'files' | 'mapping';
    readonly startAt?: string;
  }): Promise<readonly string[] | null>;
  /** @throws NOT_AVAILABLE in the web */
  save(request: { readonly name: string }): Promise<string | null>;
  /** Shows a file in the system's file manager. @throws NOT_AVAILABLE in the web */
  reveal(path: string): Promise<void>;
  /** @throws PATH_NOT_ALLOWED; NOT_AVAILABLE on the desktop */
  browse(path: string | null): Promise<FolderListing>;
  /** Whether windows may have these paths read. @throws PATH_NOT_ALLOWED */
  admit(paths: readonly string[]): Promise<void>;
  /** Makes a finished file fetchable once; null where files are written where the user says. */
  offerDownload(file: string, name: string): string | null;
}

export interface ApplicationOptions {
  /** The folder of everything local (LOADSTONE_HOME). */
  readonly home: string;
  readonly version: string;
  /** The worker's entry file. */
  readonly workerEntry: string;
  readonly starter: WorkerStarter;
  readonly log: Log;
  /** PGPASSWORD is read from it. */
  readonly env: NodeJS.ProcessEnv;
  readonly secrets: SecretBox;
  readonly shell: Shell;
  readonly example: { readonly paths: readonly string[]; readonly mapping: string } | null;
  /** In place of the setting, for this run. */
  readonly pool?: number;
}

/** How busy the host is: for a taskbar, and for keeping the machine awake. */
export interface Activity {
  readonly running: number;
  /** Of all running jobs' bytes; null while unknown. */
  readonly fraction: number | null;
}
