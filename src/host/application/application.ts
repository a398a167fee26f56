import type { AuditProgram } from '#contract/audit';
import { LoadstoneError } from '#contract/errors';
import { AuditTrail } from '../audit/audit-trail.ts';
import { ConnectionStore } from '../connections/connection-store.ts';
import type { Host } from '../host-types.ts';
import { JobRunner } from '../job-runner.ts';
import { JobEnds } from '../jobs/job-ends.ts';
import { JobList } from '../jobs/job-list.ts';
import { LeasePool } from '../leases.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { SettingsStore } from '../settings-store.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { ActivityMonitor } from './activity.ts';
import { AppEvents } from './app-events.ts';
import type { Activity, ApplicationOptions } from './application-types.ts';
import { Connections } from './connections.ts';
import { removeOldExports } from './exports.ts';
import { ForeignChanges } from './foreign-changes.ts';
import { INQUIRY_LEASES, Inquiries } from './inquiries/inquiries.ts';
import { type ApplicationRouter, createRouter } from './router.ts';
import type { Services } from './services.ts';
import { Targets } from './targets.ts';

/** The window's own connections, and what one load needs to get anywhere. */
const LEAST_POOL = 4;

/** The whole application behind its windows. */
export interface Application {
  /** For the RPCHandler of any transport; the context is `{}`. */
  readonly router: ApplicationRouter;
  activity(): Activity;
  /** Calls the listener when the activity changed, a few times a second at most; returns how to stop that. */
  onActivity(listener: (activity: Activity) => void): () => void;
  /** The shell asks the window that is in front to show a job. */
  show(job: number): void;
  /** The shell asks all windows to look at these paths. */
  open(paths: readonly string[]): void;
  /**
   * Cancels what runs (it can be resumed), ends all workers, stops the embedded server if it was started here and no
   * other process of this home needs it, closes the ledger. Further calls wait for the first.
   */
  close(): Promise<void>;
}

/** Opens the application of a home folder. @throws LEDGER_FAILED, CONFIG_INVALID */
export async function openApplication(options: ApplicationOptions): Promise<Application> {
  const ledger = openLedger(options.home, options.log);
  try {
    return assemble(options, ledger);
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function assemble(options: ApplicationOptions, ledger: Ledger): Application {
  const { log } = options;
  const program = options.shell.host === 'desktop' ? 'window' : 'web';
  const audit = new AuditTrail(ledger, program);
  const settings = new SettingsStore(ledger, log, audit);
  const pool = options.pool ?? settings.read().pool;
  if (pool < LEAST_POOL) throw poolTooSmall(pool);
  const jobLeases = pool - INQUIRY_LEASES;
  const connections = new Connections(new ConnectionStore(ledger, log, audit), options.secrets);
  const { targets, inquiries } = openQuestions(options, connections);
  const host = openJobs({ ...options, program }, ledger, jobLeases, targets);
  const [leaving, closing] = [new AbortController(), new AbortController()];
  const events = new AppEvents();
  const jobs = new JobList(ledger, (number) => host.live(number) !== undefined);
  const services: Services = {
    ...{ options, host, jobs, settings, connections, targets, inquiries, events, jobLeases },
    writable: new Set(),
    leaving: leaving.signal,
    closing: closing.signal,
  };
  tellChanges(services, ledger);
  void removeOldExports(options.home);
  const activity = new ActivityMonitor(host);
  const close = once(async () => {
    leaving.abort(closed());
    await closeAll(services, closing, activity);
  });
  return {
    router: createRouter(services),
    activity: () => activity.now,
    onActivity: (listener) => activity.listen(listener),
    show: (job) => events.tell({ type: 'show', job }),
    open: (paths) => events.tell({ type: 'open', paths }),
    close,
  };
}

function openQuestions(options: ApplicationOptions, connections: Connections) {
  const { home, env, log, starter, workerEntry } = options;
  const targets: Targets = new Targets({
    ...{ home, env, log },
    savedPassword: (ref) => connections.passwordFor(ref),
    resolve: (task) => inquiries.ask<'server.resolve'>(task),
  });
  const pool = new LeasePool({ budget: INQUIRY_LEASES, orphanMs: DEFAULT_TIMING.orphanMs });
  const inquiries = new Inquiries({
    ...{ entry: workerEntry, starter, timing: DEFAULT_TIMING, log },
    leases: { pool, timeoutMs: DEFAULT_TIMING.leaseMs, ...serverAccess(targets) },
  });
  return { targets, inquiries };
}

type JobsOptions = ApplicationOptions & { readonly program: AuditProgram };

function openJobs(options: JobsOptions, ledger: Ledger, budget: number, targets: Targets): Host {
  const { home, workerEntry, starter, log, program } = options;
  return new JobRunner({ home, workerEntry, starter, log, program, ...serverAccess(targets) }, budget, ledger);
}

function serverAccess(targets: Targets): Required<Pick<HostAccess, 'resolveTarget' | 'onServerLost'>> {
  return {
    resolveTarget: (ref, how) => targets.resolve(ref, how),
    onServerLost: (ref) => targets.forget(ref),
  };
}

type HostAccess = ConstructorParameters<typeof JobRunner>[0];

/** Windows hear of every change, whichever process made it; while there is no window, nobody looks. */
function tellChanges(services: Services, ledger: Ledger): void {
  const { host, events } = services;
  const foreign = new ForeignChanges(ledger, (type) => events.tell({ type }));
  const ends = new JobEnds(ledger);
  events.whileHeard(() => {
    foreign.start();
    ends.start();
    const stops = [
      host.onChange((numbers) => {
        events.tell({ type: 'jobs', numbers });
        tellEnds(services, ends);
      }),
      host.onOthersWrote(() => foreign.look()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
}

/** Of a job that went on at once, as one that is resumed, nobody needs to hear that it had ended. */
function tellEnds({ jobs, events, options }: Services, ends: JobEnds): void {
  try {
    for (const { number, state } of ends.look()) {
      const job = jobs.get(number);
      if (job.state === state) events.tell({ type: 'ended', job });
    }
  } catch (err) {
    // Whoever changed a job must not fail for it.
    options.log.warn({ err }, 'the ledger could not be asked which jobs ended');
  }
}

async function closeAll(services: Services, closing: AbortController, activity: ActivityMonitor): Promise<void> {
  const { host, jobs, inquiries, targets, options } = services;
  await host.stop();
  closing.abort(closed());
  activity.close();
  await inquiries.close(async (errand) => {
    if (targets.startedEmbedded && !jobs.anyElsewhere()) await errand({ kind: 'embedded.stop', home: options.home });
  });
  await host.close();
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

function poolTooSmall(pool: number): LoadstoneError {
  return new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `A pool of ${pool} connections is too small: the window needs ${INQUIRY_LEASES}, and a load as many.`,
    remedy: `Set it to ${LEAST_POOL} or more.`,
  });
}

function closed(): LoadstoneError {
  return new LoadstoneError({
    code: 'HOST_LOST',
    message: 'Loadstone is being closed.',
    remedy: 'Start it again.',
    retryable: true,
  });
}
