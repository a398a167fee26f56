import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from '#tests/helpers/database';

/** Resolves when a connection of Loadstone waits for somebody else. */
export async function untilItWaits(database: TestDatabase): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and application_name = 'loadstone' and wait_event_type = 'Lock'`;
  while ((await database.query(waiting)).length === 0) await sleep(20);
}
