import type { TableName } from '#contract/api/catalog';
import type { SavedConnection } from '#contract/api/connections';
import type { JobDetail } from '#contract/api/job-views';
import type { ConnectionRef } from '#contract/connection';

/** The schema that PostgreSQL's search path begins with unless somebody set another. */
const USUAL_SCHEMA = 'public';

/** Where a table of the mapping stands in the target. */
export function targetTable(written: string, naming: JobDetail['naming']): TableName {
  const stored = (name: string) =>
    naming?.quoteNames ? name : name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const dot = written.indexOf('.');
  if (dot < 0) return { schema: naming?.schema ?? USUAL_SCHEMA, table: stored(written) };
  return { schema: stored(written.slice(0, dot)), table: stored(written.slice(dot + 1)) };
}

/** What the addresses of the tables' screen call a server; null when it is not among the saved ones. */
export function connectionSlug(ref: ConnectionRef, saved: readonly SavedConnection[]): string | null {
  if (ref.kind === 'embedded') return 'embedded';
  const same = saved.find(({ ref: other }) => other.kind === 'server' && isSameServer(ref, other));
  return same?.id ?? null;
}

type ServerRef = Extract<ConnectionRef, { kind: 'server' }>;

function isSameServer(a: ServerRef, b: ServerRef): boolean {
  return a.host === b.host && a.port === b.port && a.database === b.database && a.user === b.user;
}

/** The address of a table's screen. */
export function tableAddress(slug: string, { schema, table }: TableName): string {
  return `/tables/${[slug, schema, table].map(encodeURIComponent).join('/')}`;
}
