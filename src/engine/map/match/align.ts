import type { NameTable } from '#engine/model/name-table';
import type { Line, LineStep } from '../compile/compiled.ts';
import { matchesName } from './automaton.ts';
import { FAILED, type GuardRun, UNDECIDED } from './guard-run.ts';
import type { OpenElement } from './open-elements.ts';

/** Whether a line holds: yes, no, or when all guards of one of the alternatives have passed. */
export type Decision = boolean | readonly (readonly GuardRun[])[];

/** @returns the decision by what is known now. */
export function decideNow(decision: Decision): Decision {
  if (typeof decision === 'boolean') return decision;
  const open = decision.filter((runs) => !runs.some(({ verdict }) => verdict === FAILED));
  if (open.length === 0) return false;
  return open.some((runs) => runs.every(({ verdict }) => verdict !== UNDECIDED)) ? true : open;
}

/** Matches a line against the open elements below depth `from`, down to depth `to`, in every way it can be matched. */
export function align(line: Line, stack: readonly OpenElement[], from: number, to: number, names: NameTable): Decision {
  const alternatives: (readonly GuardRun[])[] = [];
  const search = { line, stack, from, names, alternatives };
  if (line.steps.length === 0) return from === to;
  alignStep(search, line.steps.length - 1, to, []);
  return decideNow(alternatives);
}

/**
 * The same for a line of child steps whose end the automaton has reached: only one way is possible, and its names
 * match. @returns null when guards are undecided.
 */
export function alignDirect(line: Line, stack: readonly OpenElement[], from: number): boolean | null {
  let open = false;
  for (let at = 0; at < line.steps.length; at += 1) {
    const guard = line.steps[at]?.guard;
    if (guard === null) continue;
    const runs = stack[from + 1 + at]?.runs;
    const run = runs?.length === 1 ? runs[0] : runs?.find((one) => one.guard === guard);
    if (run === undefined || run.verdict === FAILED) return false;
    if (run.verdict === UNDECIDED) open = true;
  }
  return open ? null : true;
}

interface Search {
  readonly line: Line;
  readonly stack: readonly OpenElement[];
  readonly from: number;
  readonly names: NameTable;
  readonly alternatives: (readonly GuardRun[])[];
}

function alignStep(search: Search, at: number, depth: number, runs: readonly GuardRun[]): void {
  const { line, from } = search;
  const step = line.steps[at] as LineStep;
  const judged = judge(search, step, depth, runs);
  if (judged === null) return;
  const anyGap = step.descendant || (at === 0 && line.anywhere);
  if (at === 0) {
    if (depth - 1 === from || (anyGap && depth - 1 > from)) search.alternatives.push(judged);
    return;
  }
  const lowest = anyGap ? from + at : depth - 1;
  for (let above = depth - 1; above >= lowest; above -= 1) alignStep(search, at - 1, above, judged);
}

function judge(search: Search, step: LineStep, depth: number, runs: readonly GuardRun[]): readonly GuardRun[] | null {
  const element = search.stack[depth];
  if (element === undefined || depth <= search.from) return null;
  if (!matchesName(step.test, element.name, search.names)) return null;
  if (step.guard === null) return runs;
  const run = element.runs?.find(({ guard }) => guard === step.guard);
  if (run === undefined || run.verdict === FAILED) return null;
  return run.verdict === UNDECIDED ? [...runs, run] : runs;
}
