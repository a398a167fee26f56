import type { LiveRows } from '#engine/check/live-rows';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import type { TargetTable } from '#engine/postgres/introspect';
import type { MergeWatch } from './merge-progress.ts';
import type { Objection } from './objections.ts';

/** The rows (file, seq) of a retry, until its transaction ends. */
export const WANTED = 'pg_temp.wanted';

/** What the steps of one merge share; all of them run in its one transaction. */
export interface MergeContext {
  readonly client: PgClient;
  readonly loadId: string;
  /** The load whose rejects are retried; null: it is no retry. */
  readonly retryOf: string | null;
  readonly names: StagingNames;
  readonly tables: readonly LoadTable[];
  /** What the targets looked like when they were locked; null for tables that this merge creates. */
  readonly targets: readonly (TargetTable | null)[];
  readonly live: LiveRows;
  readonly found: FoundRejects;
  readonly watch: MergeWatch;
  /**
   * Whether statements run under savepoints, so that refused rows can be found. Not at first: a savepoint gives its rows
   * another transaction number than the load's, and most loads need none. See {@link NeedsSavepoints}.
   */
  readonly underSavepoints: boolean;
  /** Throws when so many rows of one table were refused that the load will fail anyway. */
  readonly refuse: (found: readonly Objection[]) => void;
  readonly signal: AbortSignal;
}

/** A row that the server refused while the merge ran. */
export interface FoundReject {
  readonly table: number;
  readonly file: number;
  readonly seq: number;
  readonly line: number;
  readonly message: string;
}

/**
 * Rejects found by trying. When one of them changes what was decided before it (its key came several times, its group
 * is a cycle), the attempt is rolled back and the merge runs again knowing them: `mustRestart`.
 */
interface FoundRejects {
  readonly rows: FoundReject[];
  mustRestart: boolean;
}

/** The server refused some row: the merge has to start over, under savepoints, to find which. */
export class NeedsSavepoints extends Error {
  override readonly name = 'NeedsSavepoints';
}

export interface MergedTable {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** Tables beside loadstone.loads that hold keys and pre-images; null when there is nothing to hold. */
  readonly insertedTable: string | null;
  readonly beforeTable: string | null;
}
