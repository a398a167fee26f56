import type { MappedTable, Mapping } from '#contract/mapping';
import { type TypeProblem, typeProblem } from './column-types.ts';
import { foldName } from './mapping-names.ts';

/** PostgreSQL cuts longer names silently. */
const MOST_NAME_BYTES = 63;

type NameProblem = 'empty' | 'too_long' | 'taken' | 'shape' | 'unclear';

interface ColumnIssues {
  readonly name: NameProblem | null;
  readonly type: TypeProblem | null;
}

export interface TableIssues {
  readonly name: NameProblem | null;
  readonly columns: readonly ColumnIssues[];
  readonly count: number;
}

/**
 * What is wrong with the names and types of a mapping, at the field where it is.
 * @param unclear columns, as `table.column` numbers, whose new name cannot be followed everywhere
 */
export function mappingIssues(mapping: Mapping, unclear: ReadonlySet<string> = new Set()): readonly TableIssues[] {
  const folded = mapping.tables.map(({ name }) => foldName(name.trim(), mapping));
  return mapping.tables.map((table, at) => {
    const name = tableNameProblem(
      table.name,
      folded.indexOf(folded[at] ?? '') !== folded.lastIndexOf(folded[at] ?? ''),
    );
    const columns = columnIssues(table, mapping).map((column, number) =>
      unclear.has(`${at}.${number}`) ? { ...column, name: column.name ?? ('unclear' as const) } : column,
    );
    const wrong = columns.flatMap((column) => [column.name, column.type]).filter((problem) => problem !== null);
    return { name, columns, count: wrong.length + (name === null ? 0 : 1) };
  });
}

export function issueCount(issues: readonly TableIssues[]): number {
  return issues.reduce((sum, { count }) => sum + count, 0);
}

function columnIssues({ columns }: MappedTable, mapping: Mapping): readonly ColumnIssues[] {
  const folded = columns.map(({ name }) => foldName(name, mapping));
  return columns.map(({ name, type }, at) => {
    const taken = folded.indexOf(folded[at] ?? '') !== folded.lastIndexOf(folded[at] ?? '');
    return { name: nameProblem(name, taken), type: typeProblem(type) };
  });
}

function tableNameProblem(name: string, taken: boolean): NameProblem | null {
  const parts = name.split('.');
  if (name.trim() === '') return 'empty';
  if (parts.length > 2 || parts.some((part) => part.trim() === '')) return 'shape';
  return parts.map((part) => nameProblem(part, false)).find((problem) => problem !== null) ?? (taken ? 'taken' : null);
}

function nameProblem(name: string, taken: boolean): NameProblem | null {
  if (name.trim() === '') return 'empty';
  if (new TextEncoder().encode(name).length > MOST_NAME_BYTES) return 'too_long';
  return taken ? 'taken' : null;
}
