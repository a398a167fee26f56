import { findPreset } from '#contract/presets';
import { createTables } from '#engine/load/create-tables';
import { expect } from './expect.ts';
import type { Home } from './home.ts';

/** Longer than any test lasts: what is to end it must end it. */
const SLEEP_S = 120;
const MAKE_MS = 60_000;

interface HeldMerge {
  /** Resolves when a merge has begun to move rows and waits. */
  reached(): Promise<void>;
  /** Lets this and all later merges go on. */
  release(): Promise<void>;
}

/**
 * Makes the preset's tables in the embedded database and holds up every merge at the last of them, so that a test may
 * do what it likes in the middle of a job, however fast the machine is.
 */
export async function holdMerges(home: Home): Promise<HeldMerge> {
  const mapping = findPreset('vn-land-records');
  if (!mapping) throw new Error('the preset is gone');
  // Not by the command line: that would be a job of this home, before the test's own.
  const signal = AbortSignal.timeout(MAKE_MS);
  await createTables({ mapping, target: await home.server(), dryRun: false, signal });
  await home.query(`
    create table hold (row int);
    insert into hold values (1);
    create function hold_up() returns trigger language plpgsql as $$
      declare ends timestamptz := clock_timestamp() + interval '${SLEEP_S} s';
      begin
        while clock_timestamp() < ends loop
          exit when not exists (select from hold);
          perform pg_sleep(0.05);
        end loop;
        return null;
      end $$;
    create trigger hold_up before insert on hoso for each statement execute function hold_up()`);
  return {
    reached: async () => {
      const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
      await expect.poll(async () => (await home.query(waiting)).length).toBeGreaterThan(0);
    },
    release: async () => {
      await home.query('delete from hold');
    },
  };
}
