import { setTimeout as sleep } from 'node:timers/promises';
import type { JobProgress } from '#contract/jobs';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import type { TestDatabase } from '#tests/helpers/database';
import type { Random } from './random.ts';

/** A load somebody is about to disturb. */
interface WatchedLoad {
  readonly loadId: string;
  readonly database: TestDatabase;
  readonly progress: () => Pick<JobProgress, 'phase' | 'files'> | undefined;
  readonly ended: () => boolean;
}

/** A moment of a load; `reached` resolves at it, or when the load has ended before. */
export interface Moment {
  readonly name: string;
  reached(load: WatchedLoad): Promise<void>;
}

const LOOK_EVERY_MS = 2;

/** Moments of all phases in turn, each at a random point of its phase. */
export function momentOf(index: number, random: Random, usualMs: number): Moment {
  const kinds = [
    () => afterStart(random.between(0, usualMs)),
    () => whileStaging(random.next()),
    () => whileMerging(random.between(0, usualMs / 8)),
    whenCommitted,
    () => afterStart(random.between(0, usualMs / 3)),
    () => whileStaging(random.next()),
    () => whileMerging(random.between(0, usualMs / 8)),
    whileItsRecordIsWritten,
  ];
  return (kinds[index % kinds.length] as () => Moment)();
}

function afterStart(ms: number): Moment {
  return { name: `${Math.round(ms)} ms after its start`, reached: () => sleep(ms) };
}

function whileStaging(share: number): Moment {
  return {
    name: `with ${Math.round(share * 100)} % of its files staged`,
    reached: (load) =>
      until(load, async () => {
        const progress = load.progress();
        if (progress === undefined || progress.files.total === 0) return false;
        return progress.phase !== 'scan' && progress.files.done >= progress.files.total * share;
      }),
  };
}

function whileMerging(ms: number): Moment {
  return {
    name: `${Math.round(ms)} ms into its merge`,
    reached: async (load) => {
      await until(load, async () => ['check', 'merge'].includes(load.progress()?.phase ?? ''));
      await sleep(ms);
    },
  };
}

function whileItsRecordIsWritten(): Moment {
  const writing = `select from pg_stat_activity where datname = current_database() and application_name like 'loadstone%'
    and state = 'active' and query like 'insert into loadstone.%'`;
  return { name: 'while its record is written', reached: (load) => untilFound(load, writing) };
}

function whenCommitted(): Moment {
  return {
    name: 'just after its commit',
    reached: (load) => untilFound(load, `select from loadstone.loads where load_id = '${load.loadId}'`),
  };
}

async function untilFound(load: WatchedLoad, sql: string): Promise<void> {
  const client = await openClient(load.database.target, { applicationName: 'crash test' });
  try {
    await until(load, () => isFound(client, sql));
  } finally {
    await closeClient(client);
  }
}

async function isFound(client: PgClient, sql: string): Promise<boolean> {
  // The table is not there before the load's first step.
  return await client.query(sql).then(
    ({ rowCount }) => rowCount === 1,
    () => false,
  );
}

async function until(load: WatchedLoad, condition: () => Promise<boolean>): Promise<void> {
  while (!load.ended() && !(await condition())) await sleep(LOOK_EVERY_MS);
}
