import type { LoadColumn, LoadCondition, LoadTable } from '#engine/model/load-table';
import { comparable, type Versions } from './column-sql.ts';
import type { Parameters } from './parameters.ts';

/** The two versions of a conflict, in a relation of differing rows that is called `d`. */
export function conflictVersions(table: LoadTable): Versions {
  return {
    staged: ({ index }) => `d.n${index}`,
    current: ({ index }) => (table.key.includes(index) ? `d.n${index}` : `d.o${index}`),
  };
}

/** Whether a conflict `d` (see differingFrom) is as the condition says. Never null. */
export function conflictHolds(table: LoadTable, condition: LoadCondition, parameters: Parameters): string {
  const column = table.columns[condition.column] as LoadColumn;
  const versions = conflictVersions(table);
  const staged = versions.staged(column);
  const current = versions.current(column);
  const differs = `${column.index} = any(d.changed)`;
  switch (condition.is) {
    case 'newer':
      return `coalesce(${comparable(staged, column)} > ${comparable(current, column)}, false)`;
    case 'older':
      return `coalesce(${comparable(staged, column)} < ${comparable(current, column)}, false)`;
    case 'same':
      return `not (${differs})`;
    case 'different':
      return differs;
    case 'fills':
      return `${column.index} = any(d.fills)`;
    case 'empties':
      return `(${staged} is null and ${differs})`;
    case 'equals':
    case 'contains': {
      const value = condition.side === 'new' ? staged : current;
      return textHolds(value, condition.is, parameters.add(condition.text, 'text'));
    }
    default:
      return condition satisfies never;
  }
}

function textHolds(value: string, is: 'equals' | 'contains', text: string): string {
  if (is === 'equals') return `coalesce((${value})::text collate "C" = ${text}, false)`;
  // In the database's own collation: "C" knows no capitals but those of English.
  return `coalesce(strpos(lower((${value})::text collate "default"), lower(${text})) > 0, false)`;
}
