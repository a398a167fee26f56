import type { CompiledMapping, Guard } from '../compile/compiled.ts';
import type { AttributeStore } from './attribute-store.ts';
import { GuardRun, SiblingCount, UNDECIDED } from './guard-run.ts';
import type { NamespaceScope } from './namespace-scope.ts';
import type { OpenElement } from './open-elements.ts';

const XML_SPACE = /^[ \t\r\n]+|[ \t\r\n]+$/g;

interface JudgeOptions {
  readonly compiled: CompiledMapping;
  readonly attributes: AttributeStore;
  readonly scope: NamespaceScope;
  /** Siblings were left out by a position. */
  readonly extra: (count: number) => void;
  /** A guard that a `records` pattern waits for was decided. */
  readonly decided: (run: GuardRun) => void;
}

/** Judges elements by the guards of their state: at the first child, at each child's end, at their and their parent's end. */
export class ElementJudge {
  readonly #options: JudgeOptions;

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  begin(element: OpenElement, parent: OpenElement): void {
    parent.siblings ??= new Map();
    const { siblings } = parent;
    element.judged = false;
    element.runs = element.state.guards.map((guard) => new GuardRun(guard, countOf(guard, siblings)));
  }

  /** A sibling without anything in it takes a position, and is nothing that any other test could hold of. */
  pass(parent: OpenElement, guards: readonly Guard[]): void {
    for (const guard of guards) {
      if (guard.tests[0]?.kind !== 'position') continue;
      parent.siblings ??= new Map();
      const { counts } = countOf(guard, parent.siblings);
      counts[0] = (counts[0] ?? 0) + 1;
    }
  }

  /** The element's attributes are all there. */
  judgeOpen(element: OpenElement, depth: number): void {
    if (element.judged) return;
    element.judged = true;
    const { attributes, scope } = this.#options;
    for (const run of element.runs ?? []) {
      for (const [at, test] of run.guard.tests.entries()) {
        if (test.kind === 'namespace' && scope.accepts(run.guard.name, element.name, depth)) run.hold(at);
        if (test.kind !== 'attribute') continue;
        for (let i = attributes.find(element, depth, test.name); i >= 0; ) {
          if (this.#equals(attributes.valueAt(i), test.value)) run.hold(at);
          i = attributes.find(element, depth, test.name, i + 1);
        }
      }
      this.#go(run, run.advance());
    }
  }

  /** A child's text may be what a guard of its parent waits for. */
  probe(element: OpenElement, parent: OpenElement, depth: number): void {
    for (const { guard, test, name } of element.state.probes) {
      const asked = guard.tests[test];
      if (asked?.kind !== 'child' || element.entity !== null) continue;
      if (!this.#options.scope.accepts(name, element.name, depth) || !this.#equals(element.ownText, asked.value))
        continue;
      const run = parent.runs?.find((one) => one.guard === guard);
      if (run === undefined) continue;
      run.hold(test);
      if (run.verdict === UNDECIDED) this.#go(run, run.advance());
    }
  }

  /** The element is over. */
  end(element: OpenElement, depth: number): void {
    this.judgeOpen(element, depth);
    for (const run of element.runs ?? []) if (run.verdict === UNDECIDED) this.#go(run, run.end());
  }

  /** The element is over, so its last children are known. */
  endChildren(element: OpenElement): void {
    if (element.siblings === null) return;
    for (const { lasts } of element.siblings.values()) {
      for (const run of lasts) if (run !== null && run.verdict === UNDECIDED) this.#go(run, run.beLast());
    }
  }

  #go(run: GuardRun, leftOut: number): void {
    if (leftOut > 0) this.#options.extra(leftOut);
    if (run.guard.records && run.verdict !== UNDECIDED) this.#options.decided(run);
  }

  #equals(text: string, value: string): boolean {
    return text === value || (this.#options.compiled.trim && text.replace(XML_SPACE, '') === value);
  }
}

function countOf(guard: Guard, siblings: Map<number, SiblingCount>): SiblingCount {
  const count = siblings.get(guard.id) ?? new SiblingCount(guard);
  siblings.set(guard.id, count);
  return count;
}
