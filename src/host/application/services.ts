import type { Host } from '../host-types.ts';
import type { JobList } from '../jobs/job-list.ts';
import type { SettingsStore } from '../settings-store.ts';
import type { AppEvents } from './app-events.ts';
import type { ApplicationOptions } from './application-types.ts';
import type { Connections } from './connections.ts';
import type { Inquiries } from './inquiries/inquiries.ts';
import type { Targets } from './targets.ts';

/** What the handlers work with. */
export interface Services {
  readonly options: ApplicationOptions;
  readonly host: Host;
  readonly jobs: JobList;
  readonly settings: SettingsStore;
  readonly connections: Connections;
  readonly targets: Targets;
  readonly inquiries: Inquiries;
  readonly events: AppEvents;
  /** Files that the user named in a native dialog: the only ones that may be written for a window. */
  readonly writable: Set<string>;
  /** Connections per server that jobs may use. */
  readonly jobLeases: number;
  /** Aborts as soon as the application is to close: no job begins any more. */
  readonly leaving: AbortSignal;
  /** Aborts when all jobs have ended: streams end. */
  readonly closing: AbortSignal;
}
