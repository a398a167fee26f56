import { isKnot } from '#engine/model/describe-tables';
import type { LoadTable } from '#engine/model/load-table';
import { checkReferences, type ReferenceContext } from './check-references.ts';
import { judgeRows } from './judge-rows.ts';

/** Where records may hold each other, a row that falls takes others with it: the group is judged until none falls. */
export async function judgeGroup(context: ReferenceContext, members: readonly LoadTable[]): Promise<void> {
  const { client, live } = context;
  const kept = members.filter((table) => table.keep).map((table) => table.index);
  for (let fallen = 1; fallen > 0; ) {
    fallen = 0;
    for (const table of members) fallen += await judgeRows(client, live, table);
    fallen += await checkReferences(context, kept);
    if (!isKnot(members)) return;
  }
}
