import { HashSet, hashText } from './hash-set.ts';
import { storedForm } from './stored-form.ts';

/** A longer text is no key and refers to none. */
const LONGEST_KEY = 200;
/** Hashes kept for one path: 16 to 32 MB. Beyond, what was seen so far is all that is known. */
const MOST_HASHES = 1_000_000;

/** Hashes that all paths together may still keep. */
export interface HashBudget {
  left: number;
}

/** 8 million hashes are 128 to 256 MB. */
export function hashBudget(most = 8_000_000): HashBudget {
  return { left: most };
}

/**
 * Which values of a path are different: exact by 64-bit hashes up to a limit, then "more than". Values are compared as a
 * uuid or a number is stored; where some were written otherwise, that says less of them as text.
 */
export class DistinctValues {
  /** Some value was seen twice. */
  repeated = false;
  /** Some value was seen twice below one and the same element two levels up (one, for an attribute). */
  repeatedInScope = false;
  /** Not every value was compared: there were too many, or too long ones. */
  incomplete = false;
  /** Some value would be stored in another form than it is written in: as text it may be different from its equals. */
  rewritten = false;
  readonly #budget: HashBudget;
  #values = new HashSet();
  #scoped: HashSet | null;

  constructor(budget: HashBudget, isScoped: boolean) {
    this.#budget = budget;
    this.#scoped = isScoped ? new HashSet() : null;
  }

  /** How many different values are known; with {@link incomplete} there may be more. */
  get count(): number {
    return this.#values.size;
  }

  add(written: string, scope: number): void {
    const value = storedForm(written);
    if (value !== written) this.rewritten = true;
    if (value.length > LONGEST_KEY) {
      this.incomplete = true;
      return;
    }
    const isFull = this.#isFull();
    if (isFull) this.incomplete = true;
    // Nothing more can be learnt.
    if (isFull && this.repeated) return;
    const { high, low } = hashText(value);
    if (isFull) {
      this.repeated = this.#values.has(high, low);
      return;
    }
    if (this.#values.add(high, low)) this.#budget.left -= 1;
    else this.repeated = true;
    if (this.#scoped === null || this.repeatedInScope) return;
    const inScope = hashText(value, scope);
    if (this.#scoped.add(inScope.high, inScope.low)) {
      this.#budget.left -= 1;
      return;
    }
    this.repeatedInScope = true;
    this.#budget.left += this.#scoped.size;
    this.#scoped = new HashSet();
  }

  /** Whether no value came twice below one scope, as far as that was watched. */
  get isUniqueInScope(): boolean {
    return this.#scoped !== null && !this.repeatedInScope && !this.incomplete;
  }

  merge(other: DistinctValues): void {
    const together = this.#values.size + other.#values.size;
    this.#values.addAll(other.#values);
    this.repeated ||= other.repeated || this.#values.size < together;
    this.#budget.left += together - this.#values.size;
    this.repeatedInScope ||= other.repeatedInScope;
    if (this.#scoped !== null && other.#scoped !== null) this.#scoped.addAll(other.#scoped);
    this.incomplete ||= other.incomplete;
    this.rewritten ||= other.rewritten;
  }

  /** How many of these values are among the other ones. */
  countIn(other: DistinctValues): number {
    return this.#values.countIn(other.#values);
  }

  #isFull(): boolean {
    return this.#values.size >= MOST_HASHES || this.#budget.left <= 0;
  }
}
