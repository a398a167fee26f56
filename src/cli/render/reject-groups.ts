import type { RejectGroups } from '#contract/api/reject-pages';
import type { RejectGrouping } from '#contract/reject-groupings';
import { count } from './numbers.ts';
import { renderTable } from './text-table.ts';

type Group = RejectGroups['groups'][number];

const WHOLE_ROW = '(the whole row)';

const NAMES: Readonly<Record<RejectGrouping, (group: Group) => string>> = {
  code: ({ code = '' }) => code,
  column: ({ table = '', column }) => (column === undefined ? `${table} ${WHOLE_ROW}` : `${table}.${column}`),
  file: ({ path = '' }) => path,
  table: ({ table = '' }) => table,
};

/** @returns the groups as a table, the largest first. */
export function renderGroups({ groups, total }: RejectGroups, by: RejectGrouping): string {
  const number = (title: string) => ({ title, right: true });
  const rows = groups.map((group) => [
    NAMES[by](group),
    count(group.entries),
    count(group.rows),
    count(group.corrected),
  ]);
  const more = total > groups.length ? `  … and ${count(total - groups.length)} more\n` : '';
  return renderTable([{ title: by }, number('rejects'), number('rows'), number('corrected')], rows) + more;
}
