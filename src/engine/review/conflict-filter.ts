import type { ConflictFilter } from '#contract/api/reviews';
import { LoadstoneError } from '#contract/errors';
import { conflictHolds } from '#engine/check/conflict-conditions';
import { decisions } from '#engine/check/decide-conflicts';
import type { Parameters } from '#engine/check/parameters';
import { loadCondition } from '#engine/model/apply-resolutions';
import type { LoadTable } from '#engine/model/load-table';

/** @returns whether a conflict `d`, of the planned file `p`, passes; null: every one does. @throws LoadstoneError USAGE, RESOLUTIONS_INVALID */
export function conflictFilter(
  table: LoadTable,
  { changed, where = [], text, outcome }: ConflictFilter,
  relation: string,
  parameters: Parameters,
): string | null {
  const conditions = [
    ...(changed === undefined ? [] : [`${columnNumber(table, changed)} = any(d.changed)`]),
    ...where.map((condition) => conflictHolds(table, loadCondition(table, condition, 'filter'), parameters)),
    ...(outcome === undefined
      ? []
      : [
          `d.number in (select number from (${decisions(table, relation, parameters)}) u where u.outcome = ${parameters.add(outcome, 'text')})`,
        ]),
    ...(text === undefined || text === ''
      ? []
      : [`${holdsText(table)} > 0`.replace('$text', parameters.add(text, 'text'))]),
  ];
  return conditions.length === 0 ? null : conditions.join(' and ');
}

function columnNumber(table: LoadTable, name: string): number {
  const column = table.columns.find(({ written }) => written === name);
  if (column !== undefined) return column.index;
  throw new LoadstoneError({
    code: 'USAGE',
    message: `Table "${table.name}" has no column "${name}" in the mapping.`,
    remedy: 'Name one of its columns as the mapping writes it.',
  });
}

/** In the database's own collation: "C" knows no capitals but those of English. */
function holdsText(table: LoadTable): string {
  const values = table.columns.flatMap(({ index }) =>
    table.key.includes(index) ? [`d.n${index}::text`] : [`d.n${index}::text`, `d.o${index}::text`],
  );
  const all = `array_to_string(array[p.path, ${values.join(', ')}]::text[], E'\\n')`;
  return `strpos(lower(${all} collate "default"), lower($text))`;
}
