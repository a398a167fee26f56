import type { Guard } from '../compile/compiled.ts';

export const UNDECIDED = 0;
const PASSED = 1;
export const FAILED = 2;
export type Verdict = typeof UNDECIDED | typeof PASSED | typeof FAILED;

/** What the siblings before an element used up of a guard's positions. Belongs to their parent. */
export class SiblingCount {
  readonly counts: number[];
  /** Per `last()` the latest sibling that came so far; the parent's end decides. */
  readonly lasts: (GuardRun | null)[];

  constructor(guard: Guard) {
    this.counts = guard.tests.map(() => 0);
    this.lasts = guard.tests.map(() => null);
  }
}

/**
 * One element judged by one guard: its tests are passed in order, each as soon as it can be. Positions count at the
 * element's end at the latest, `[b='v']` waits for a child, `last()` for the parent's end. Once decided, it stays.
 */
export class GuardRun {
  readonly guard: Guard;
  readonly siblings: SiblingCount;
  verdict: Verdict = UNDECIDED;
  /** The element is over: what no child has said by now is false. */
  #ended = false;
  #at = 0;
  /** Bit per test: attribute, namespace and child tests that hold. */
  #holds = 0;

  constructor(guard: Guard, siblings: SiblingCount) {
    this.guard = guard;
    this.siblings = siblings;
  }

  /** An attribute, namespace or child test was seen to hold. */
  hold(test: number): void {
    this.#holds |= 1 << test;
  }

  /** The element is over. @returns how many siblings are left out by it. */
  end(): number {
    this.#ended = true;
    return this.advance();
  }

  /** The parent is over: the element that waits at `last()` is the last. */
  beLast(): number {
    this.#at += 1;
    return this.advance();
  }

  /** Goes on as far as possible. @returns how many siblings a position left out. */
  advance(): number {
    const { tests } = this.guard;
    let leftOut = 0;
    while (this.verdict === UNDECIDED) {
      const test = tests[this.#at];
      if (test === undefined) {
        this.verdict = PASSED;
      } else if (test.kind === 'last') {
        return leftOut + this.#awaitLast();
      } else if (test.kind === 'position') {
        const position = (this.siblings.counts[this.#at] ?? 0) + 1;
        this.siblings.counts[this.#at] = position;
        if (position === test.position) this.#at += 1;
        else {
          this.verdict = FAILED;
          leftOut += 1;
        }
      } else if ((this.#holds >> this.#at) & 1) {
        this.#at += 1;
      } else if (test.kind === 'child' && !this.#ended) {
        return leftOut;
      } else {
        this.verdict = FAILED;
      }
    }
    return leftOut;
  }

  #awaitLast(): number {
    const before = this.siblings.lasts[this.#at] ?? null;
    if (before === this) return 0;
    this.siblings.lasts[this.#at] = this;
    if (before === null) return 0;
    before.verdict = FAILED;
    return 1;
  }
}
