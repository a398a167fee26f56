import type { RejectGroupRequest, RejectGroups } from '#contract/api/reject-pages';
import type { RejectGrouping } from '#contract/reject-groupings';
import type { PgClient } from '#engine/postgres/client';
import { type InquiryOptions, inquire } from './inquire.ts';
import { filterCondition, rejectSource, rowOf, whereverTheyAre } from './reject-source.ts';
import type { ServerSession } from './server-session.ts';

const LISTED_GROUPS = 1_000;

/** What rejects are grouped by: the names an answer gives them, and their columns. */
const KEYS: Readonly<Record<RejectGrouping, readonly (readonly [name: string, column: string])[]>> = {
  code: [['code', 'r.code']],
  column: [
    ['table', 'r.table_name'],
    ['column', 'r.column_name'],
  ],
  file: [
    ['file', 'r.file'],
    ['path', 'r.path'],
  ],
  table: [['table', 'r.table_name']],
};

/** Counts a load's rejects by what they have in common, the largest groups first. */
export function groupRejects(
  session: ServerSession,
  request: RejectGroupRequest,
  options: InquiryOptions,
): Promise<RejectGroups> {
  return whereverTheyAre(() => inquire(session, (client) => count(client, request), { ...options, upgrade: true }));
}

async function count(client: PgClient, { loadId, by, filter }: RejectGroupRequest): Promise<RejectGroups> {
  const source = await rejectSource(client, loadId);
  if (source === null) return { groups: [], total: 0 };
  const condition = filterCondition(filter, 2);
  const keys = KEYS[by];
  const columns = keys.map(([, column]) => column).join(', ');
  const record = '(r.file, r.sequence)';
  const { rows } = await client.query<Record<string, unknown> & { total: number }>(
    `select ${keys.map(([name, column]) => `${column} as "${name}"`).join(', ')}, count(*)::int as entries,
       count(distinct ${record})::int as rows, (count(distinct ${record}) filter (where r.corrections > 0))::int as corrected,
       (count(*) over ())::int as total
     from ${source.sql} r where ${condition.sql} group by ${columns} order by count(*) desc, ${columns} limit ${LISTED_GROUPS}`,
    [source.parameter, ...condition.parameters],
  );
  return {
    groups: rows.map(({ total: _, ...group }) => rowOf(group)) as unknown as RejectGroups['groups'],
    total: rows[0]?.total ?? 0,
  };
}
