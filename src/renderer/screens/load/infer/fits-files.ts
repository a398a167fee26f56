import type { InferenceReport } from '#contract/inference';
import type { MappedColumn, MappedTable, Mapping } from '#contract/mapping';
import { plainSteps } from '../mapping/tree/path-steps.ts';

/** Whether what a mapping reads is in the files: the records and most columns of at least half of its tables. */
export function fitsFiles({ tables }: Mapping, { tree }: Pick<InferenceReport, 'tree'>): boolean {
  const names = new Set(tree.flatMap(({ path }) => plainSteps(path).slice(-1)));
  const found = tables.filter((table) => isThere(table, names));
  return found.length > 0 && found.length * 2 >= tables.length;
}

function isThere({ records, columns }: MappedTable, names: ReadonlySet<string>): boolean {
  const last = records === undefined ? undefined : plainSteps(records).at(-1);
  if (last !== undefined && last !== '*' && !names.has(last)) return false;
  const taken = columns.map(lastSteps).filter((steps) => steps.length > 0);
  const there = taken.filter((steps) => steps.some((step) => names.has(step)));
  return there.length * 2 >= taken.length;
}

/** What the columns of the files themselves are called; none for what the file does not say. */
function lastSteps({ path = [] }: MappedColumn): readonly string[] {
  const steps = [path].flat().map((one) => plainSteps(one).at(-1) ?? '');
  return steps.filter((step) => /^[^.$]/.test(step) && !step.endsWith(')'));
}
