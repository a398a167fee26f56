import type { LookupStep, MappedTable, Mapping } from '#contract/mapping';
import { exactColumn, unknownColumn } from './check-names.ts';
import type { Problems } from './problems.ts';

type Edges = ReadonlyMap<string, readonly string[]>;

/** Lookups name tables and columns of the mapping and never need themselves. */
export function checkLookups(mapping: Mapping, problems: Problems): void {
  const edges = new Map<string, string[]>();
  for (const [t, table] of mapping.tables.entries()) {
    for (const [c, column] of table.columns.entries()) {
      const needs: string[] = [];
      column.lookup?.forEach((step, s) => {
        const place = `tables[${t}].columns[${c}].lookup[${s}]`;
        needs.push(...checkStep({ mapping, problems, table, number: t, step, place, first: s === 0 }));
      });
      if (needs.length > 0) edges.set(`${t}.${c}`, needs);
    }
  }
  checkCycles(mapping, edges, problems);
}

interface StepCheck {
  readonly mapping: Mapping;
  readonly problems: Problems;
  readonly table: MappedTable;
  readonly number: number;
  readonly step: LookupStep;
  readonly place: string;
  readonly first: boolean;
}

/** @returns the columns the step needs, as `table.column` numbers. */
function checkStep(check: StepCheck): readonly string[] {
  const { mapping, problems, table, number, step, place } = check;
  const target = mapping.tables.findIndex(({ name }) => name === step.table);
  const searched = mapping.tables[target];
  if (searched === undefined) {
    const why = `"${step.table}" is not a table of this mapping`;
    problems.add(`${place}.table`, why, 'Add the table (with "keep": false when it is for lookups only).');
    return [];
  }
  const needs: string[] = [];
  const need = (owner: MappedTable, ownerNumber: number, column: string, at: string) => {
    const found = exactColumn(owner, column);
    if (found === null) unknownColumn(owner, column, `${place}.${at}`, problems);
    else needs.push(`${ownerNumber}.${found}`);
  };
  for (const [theirs, ours] of Object.entries(step.where)) {
    need(searched, target, theirs, 'where');
    if (ours !== '$value') need(table, number, ours, 'where');
    else if (check.first) {
      const remedy = 'Compare with a column of this row; $value is what a step before took.';
      problems.add(`${place}.where`, 'the first step has no $value', remedy);
    }
  }
  need(searched, target, step.take, 'take');
  return needs;
}

function checkCycles(mapping: Mapping, edges: Edges, problems: Problems): void {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const cycle = findCycle(start, edges, done, []);
    if (cycle === null) continue;
    const names = cycle.map((key) => nameOf(mapping, key)).join(' → ');
    const [t, c] = start.split('.');
    const remedy = 'Let one of these columns take its value from a path.';
    problems.add(`tables[${t}].columns[${c}].lookup`, `the lookups need one another: ${names}`, remedy);
    return;
  }
}

function findCycle(at: string, edges: Edges, done: Set<string>, trail: readonly string[]): readonly string[] | null {
  if (trail.includes(at)) return [...trail.slice(trail.indexOf(at)), at];
  if (done.has(at)) return null;
  for (const next of edges.get(at) ?? []) {
    const cycle = findCycle(next, edges, done, [...trail, at]);
    if (cycle !== null) return cycle;
  }
  done.add(at);
  return null;
}

function nameOf(mapping: Mapping, key: string): string {
  const [t, c] = key.split('.').map(Number);
  const table = mapping.tables[t ?? -1];
  return `${table?.name}.${table?.columns[c ?? -1]?.name}`;
}
