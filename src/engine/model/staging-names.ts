import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';

/** Names inside one load's staging schema, quoted and qualified. Columns are numbered, so that no user's name can clash. */
export interface StagingNames {
  readonly schema: string;
  /** The schema's name as stored. */
  readonly schemaName: string;
  /** Rows of mapped table `i` as COPY brought them. */
  readonly rows: (table: number) => string;
  /** One of the tables every load has. */
  readonly load: string;
  /** What the scan saw, before it is numbered and judged. */
  readonly found: string;
  /** The files of the load, numbered in byte order of their paths. */
  readonly plan: string;
  readonly staged: string;
  readonly rejects: string;
  readonly late: string;
  readonly warnings: string;
  /** What somebody wrote in the place of what the files hold; only a retry of rejects has any. */
  readonly corrected: string;
  readonly skipped: string;
  /** Rows that are out: rejected by SQL, or of a file that failed as a whole. */
  readonly dead: string;
  /** References set to null because their row is missing. */
  readonly nulled: string;
  /** Rows that contradict an earlier row of the load with the same key. */
  readonly conflicts: string;
  readonly own: (name: string) => string;
}

export function stagingNames(loadId: string): StagingNames {
  const schemaName = `loadstone_load_${loadId.replaceAll('-', '')}`;
  const own = (name: string) => quoteQualified(schemaName, name);
  return {
    schema: quoteIdentifier(schemaName),
    schemaName,
    rows: (table) => own(`t${table}`),
    load: own('load'),
    found: own('found'),
    plan: own('plan'),
    staged: own('staged'),
    rejects: own('rejects'),
    late: own('late'),
    warnings: own('warnings'),
    corrected: own('corrected'),
    skipped: own('skipped'),
    dead: own('dead'),
    nulled: own('nulled'),
    conflicts: own('conflicts'),
    own,
  };
}
