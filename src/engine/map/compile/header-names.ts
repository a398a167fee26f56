import type { Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import type { ColumnPath, RecordsPattern, Step } from '../path/ast.ts';
import type { ParsedColumn } from './compile-column.ts';

/** A column that a CSV file can only fill when its header has one of these names. */
export interface HeaderNames {
  /** As the mapping writes it. */
  readonly column: string;
  readonly names: readonly number[];
}

/**
 * What a table asks of the headers of CSV files. A column with a default, or with a path that needs no column of the
 * file, does without.
 */
export function headerNames(
  { source }: Mapping,
  pattern: RecordsPattern | null,
  columns: readonly ParsedColumn[],
  names: NameTable,
): readonly HeaderNames[] {
  if (source.format !== 'csv' || (pattern !== null && !isRow(pattern.steps.at(-1)))) return [];
  return columns.flatMap(({ mapped, paths }) => {
    const asked = paths.map(fieldOf);
    if (mapped.default !== undefined || asked.length === 0 || asked.includes(null)) return [];
    return [{ column: mapped.name, names: asked.flatMap((name) => (name === null ? [] : [names.intern(name)])) }];
  });
}

function isRow(step: Step | undefined): boolean {
  if (step === undefined) return false;
  return step.test.kind === 'any' || (step.test.kind === 'name' && step.test.local === 'row');
}

/** The name of the one field that the path takes; null when there is more to it. */
function fieldOf(path: ColumnPath): string | null {
  if (path.kind !== 'select' || path.up > 0 || path.steps.length !== 1 || path.terminal.kind === 'attribute')
    return null;
  const test = path.steps[0]?.test;
  if (test === undefined || test.kind === 'any') return null;
  return test.kind === 'exact' ? test.name : test.local;
}
