import { type Ledger, readLedger } from '../ledger/ledger.ts';
import { LEAST_BYTES, type PastLoad } from './estimate.ts';

type PastRow = Omit<PastLoad, 'connection'> & { readonly connection: string };

/** Enough to find some of the wanted kind among them. */
const MOST = 200;

/** Loads that brought their rows in one run: how long one took that was stopped in between, its times do not tell. */
export function pastLoads(ledger: Ledger): readonly PastLoad[] {
  const rows = readLedger(
    ledger,
    (database) =>
      database
        .prepare(
          `SELECT spec ->> '$.mapping.name' AS mapping, spec ->> '$.mapping.source.format' AS format,
             spec -> '$.connection' AS connection, report ->> '$.bytes' AS bytes,
             (julianday(ended_at) - julianday(started_at)) * 86400 AS seconds
           FROM jobs
           WHERE kind = 'load' AND state IN ('succeeded', 'succeeded_with_rejects', 'undone')
             AND NOT COALESCE(spec ->> '$.dryRun', 0) AND report ->> '$.bytes' >= ?
             AND (SELECT count(*) FROM job_events WHERE job = number AND event = 'queued') = 1
           ORDER BY number DESC LIMIT ?`,
        )
        .all(LEAST_BYTES, MOST) as PastRow[],
  );
  return rows.map((row) => ({ ...row, connection: JSON.parse(row.connection) }));
}
