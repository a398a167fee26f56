import type { Automaton, ElementState } from './automaton.ts';

/** More names of one file do not help, and every file of a load may bring as many. */
const MOST_NAMES = 100;

export interface UnmappedColumns {
  readonly names: readonly number[];
  /** Beyond those that are named. */
  readonly more: number;
}

/**
 * The columns of a CSV file from which no table takes anything, where its lines are records at all.
 * @param row the name of its records.
 */
export function unmappedColumns(
  automaton: Automaton,
  file: ElementState,
  row: number,
  header: readonly number[],
): UnmappedColumns {
  const record = automaton.follow(file, row);
  if (record.records.length === 0 || record.deepText) return { names: [], more: 0 };
  const names = header.filter((column) => !isTaken(automaton.follow(record, column)));
  return { names: names.slice(0, MOST_NAMES), more: Math.max(0, names.length - MOST_NAMES) };
}

function isTaken({ ownText, deepText, probes, records }: ElementState): boolean {
  return ownText || deepText || probes.length > 0 || records.length > 0;
}
