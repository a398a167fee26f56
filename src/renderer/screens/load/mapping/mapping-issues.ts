import type { MappedTable, Mapping } from '#contract/mapping';
import { type TypeProblem, typeProblem } from './column-types.ts';
import type { Selection } from './left-out.ts';
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

const ALL: Pick<Selection, 'fates' | 'isOut'> = { fates: [], isOut: () => false };

/**
 * What is wrong with the names and types of a mapping, at the field where it is. What is left out may be called anything.
 * @param unclear columns, as `table.column` numbers, whose new name cannot be followed everywhere
 */
export function mappingIssues(
  mapping: Mapping,
  unclear: ReadonlySet<string> = new Set(),
  { fates, isOut }: Pick<Selection, 'fates' | 'isOut'> = ALL,
): readonly TableIssues[] {
  const isTaken = doubled(
    mapping.tables.map(({ name }, at) => (fates[at] === 'out' ? null : foldName(name.trim(), mapping))),
  );
  return mapping.tables.map((table, at) => {
    if (fates[at] === 'out') return { name: null, columns: [], count: 0 };
    const name = tableNameProblem(table.name, isTaken(at));
    const columns = columnIssues(table, mapping, (column) => isOut(at, column)).map((column, number) =>
      unclear.has(`${at}.${number}`) ? { ...column, name: column.name ?? ('unclear' as const) } : column,
    );
    const wrong = columns.flatMap((column) => [column.name, column.type]).filter((problem) => problem !== null);
    return { name, columns, count: wrong.length + (name === null ? 0 : 1) };
  });
}

export function issueCount(issues: readonly TableIssues[]): number {
  return issues.reduce((sum, { count }) => sum + count, 0);
}

function columnIssues(
  { columns }: MappedTable,
  mapping: Mapping,
  isOut: (column: number) => boolean,
): readonly ColumnIssues[] {
  const isTaken = doubled(columns.map(({ name }, at) => (isOut(at) ? null : foldName(name, mapping))));
  return columns.map(({ name, type }, at) =>
    isOut(at) ? { name: null, type: null } : { name: nameProblem(name, isTaken(at)), type: typeProblem(type) },
  );
}

/** Which of the names stand there more than once; null counts for nothing. */
function doubled(names: readonly (string | null)[]): (at: number) => boolean {
  return (at) => {
    const name = names[at] ?? null;
    return name !== null && names.indexOf(name) !== names.lastIndexOf(name);
  };
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
