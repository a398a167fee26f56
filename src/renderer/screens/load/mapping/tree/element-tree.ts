import type { ObservedElement } from '#contract/inference';
import { pathSteps, stepName } from './path-steps.ts';

/** An element or attribute of the files, and what stands below it. */
export interface TreeElement {
  readonly path: string;
  readonly steps: readonly string[];
  readonly name: string;
  readonly facts: ObservedElement;
  readonly children: readonly TreeElement[];
  /** More than one below one parent. */
  readonly repeats: boolean;
}

interface Growing extends TreeElement {
  readonly children: Growing[];
}

/** The tree of what was seen, from the list in which parents stand first. */
export function elementTree(observed: readonly ObservedElement[]): readonly TreeElement[] {
  const roots: Growing[] = [];
  const known = new Map<string, Growing>();
  for (const facts of observed) {
    const steps = pathSteps(facts.path);
    const last = steps.at(-1);
    if (last === undefined || known.has(facts.path)) continue;
    const element = { path: facts.path, steps, name: nameOf(last), facts, children: [], repeats: facts.most > 1 };
    known.set(facts.path, element);
    const parent = known.get(facts.path.slice(0, -(last.length + 1)));
    if (parent === undefined) roots.push(element);
    else parent.children.push(element);
  }
  return roots;
}

function nameOf(step: string): string {
  return step.startsWith('@') ? `@${stepName(step)}` : stepName(step);
}

export interface TreeRow {
  readonly element: TreeElement;
  /** 1 for a root. */
  readonly level: number;
  readonly isOpen: boolean;
  readonly position: number;
  readonly siblings: number;
}

/** What is to be seen: below open elements everything, or with a filter what it finds and what that stands in. */
export function visibleRows(
  roots: readonly TreeElement[],
  isOpen: (element: TreeElement, level: number) => boolean,
  filter: string,
): readonly TreeRow[] {
  const wanted = filter.trim().toLowerCase();
  const found = wanted === '' ? null : foundIn(roots, wanted);
  const rows: TreeRow[] = [];
  const visit = (elements: readonly TreeElement[], level: number) => {
    const shown = found === null ? elements : elements.filter((element) => found.has(element));
    for (const [at, element] of shown.entries()) {
      const open = element.children.length > 0 && (found !== null || isOpen(element, level));
      rows.push({ element, level, isOpen: open, position: at + 1, siblings: shown.length });
      if (open) visit(element.children, level + 1);
    }
  };
  visit(roots, 1);
  return rows;
}

function foundIn(roots: readonly TreeElement[], wanted: string): ReadonlySet<TreeElement> {
  const found = new Set<TreeElement>();
  const visit = (element: TreeElement): boolean => {
    const below = element.children.filter(visit).length > 0;
    const is = element.name.toLowerCase().includes(wanted);
    if (below || is) found.add(element);
    return below || is;
  };
  roots.forEach(visit);
  return found;
}

/** The elements from the root down to this one, itself last. */
export function lineTo(roots: readonly TreeElement[], steps: readonly string[]): readonly TreeElement[] {
  const line: TreeElement[] = [];
  let level = roots;
  for (const step of steps) {
    const next = level.find((one) => one.steps.at(-1) === step);
    if (next === undefined) break;
    line.push(next);
    level = next.children;
  }
  return line;
}

/** Whether records of it are worth a table: it repeats, or holds other elements. */
export function isTableLike({ repeats, children }: TreeElement): boolean {
  return repeats || children.some(({ name }) => !name.startsWith('@'));
}

/** The first element that is so, parents first. */
export function findElement(
  roots: readonly TreeElement[],
  is: (element: TreeElement) => boolean,
): TreeElement | undefined {
  for (const element of roots) {
    const found = is(element) ? element : findElement(element.children, is);
    if (found !== undefined) return found;
  }
  return undefined;
}
