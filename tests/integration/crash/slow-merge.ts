import { setTimeout as sleep } from 'node:timers/promises';
import { findPreset } from '#contract/presets';
import { createTables } from '#engine/load/create-tables';
import type { TestDatabase } from '#tests/helpers/database';

/** Longer than any test lasts: what is to end it must end it. */
const SLEEP_S = 60;

/** Creates the tables, the last of which holds up every statement that inserts into it until `release`. */
export async function slowDownMerge(database: TestDatabase): Promise<{ release(): Promise<void> }> {
  const mapping = findPreset('vn-land-records');
  if (mapping === undefined) throw new Error('the preset is gone');
  const { signal } = new AbortController();
  await createTables({ mapping, target: database.target, dryRun: false, signal });
  await database.query(`
    create table slow (row int);
    insert into slow values (1);
    create function slow_down() returns trigger language plpgsql as
      $$ begin if exists (select from slow) then perform pg_sleep(${SLEEP_S}); end if; return null; end $$;
    create trigger slow_down after insert on hoso for each statement execute function slow_down();`);
  return {
    release: async () => {
      await database.query('delete from slow');
    },
  };
}

/** Resolves when a merge has reached the slow table: all others are filled, nothing is committed. */
export async function untilMergeSleeps(database: TestDatabase): Promise<void> {
  const sleeping = `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  while ((await database.query(sleeping)).length === 0) await sleep(20);
}

/** Rows that anybody but the merge itself can see. */
export async function visibleRows(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `select ((select count(*) from canhan) + (select count(*) from giaychungnhan) + (select count(*) from thuadat)
       + (select count(*) from hoso))::int as n`,
  );
  return row?.n ?? -1;
}
