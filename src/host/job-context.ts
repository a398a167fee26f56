import type { ConnectionRef } from '#contract/connection';
import type { UndoPruned } from '#contract/undo';
import type { CancelSwitch } from './cancel-switch.ts';
import type { LeaseDeskOptions } from './lease-desk.ts';
import type { LeasePool } from './leases.ts';
import type { Log } from './log.ts';
import { Supervisor } from './supervisor.ts';
import type { HostTiming } from './timing.ts';
import type { WorkerStarter } from './worker-process.ts';

/** What all jobs of a host share. */
export interface Workshop {
  readonly entry: string;
  readonly starter: WorkerStarter;
  readonly timing: HostTiming;
  readonly pool: LeasePool;
  readonly leases: LeaseDeskOptions;
  /** For how long loads can be undone; null: for ever. */
  readonly undoDays: () => number | null;
  /** Keeps in the ledger that undo data was dropped. */
  readonly notePruned: (connection: ConnectionRef, olderThanDays: number, pruned: UndoPruned) => void;
}

/** A server as a job names it, and as the pool counts it. */
export interface Server {
  readonly connection: ConnectionRef;
  readonly key: string;
}

/** What one running job works with. */
export interface JobContext {
  readonly workshop: Workshop;
  readonly number: number;
  readonly server: Server;
  readonly cancel: CancelSwitch;
  readonly log: Log;
  /** Notes a fact of the job's history in the ledger. */
  readonly note: (event: string, facts?: Readonly<Record<string, unknown>>) => void;
}

/** A supervisor for one of the job's workers, not started yet. */
export function hireWorker(context: JobContext, role: string): Supervisor {
  const { workshop, number, log } = context;
  const worker = `${number}-${role}`;
  return new Supervisor({
    holder: { job: number, worker },
    entry: workshop.entry,
    starter: workshop.starter,
    timing: workshop.timing,
    leases: workshop.leases,
    log: log.child({ worker }),
  });
}
