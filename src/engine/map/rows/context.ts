import type { ContextKind } from '../compile/compiled.ts';
import { type Decision, decideNow } from '../match/align.ts';
import { Dependants } from './dependants.ts';

/** What a path selected below one element. */
export interface Selected {
  readonly count: number;
  /** The one that is kept (first or last in document order). */
  readonly value: string;
  /** All of them in document order, where all are kept. */
  readonly all: readonly string[];
  /** An unresolved entity in what is kept. */
  readonly entity: string | null;
}

interface Found {
  readonly source: number;
  readonly ordinal: number;
  readonly value: string;
  readonly entity: string | null;
}
interface Undecided extends Found {
  decision: Decision;
}

/** Undecided values are looked through when so many have gathered. */
const FIRST_SWEEP = 256;

/**
 * Gathers the values of one kind below one element (a record, or an ancestor of records) while it is open. It keeps no
 * more of them than its columns can use, however large the element is.
 */
export class Context {
  readonly kind: ContextKind;
  readonly dependants = new Dependants();
  ordinal = 0;
  readonly #counts: number[];
  readonly #values: string[];
  readonly #ordinals: number[];
  #entities: Map<number, string | null> | null = null;
  #all: Found[] | null = null;
  #undecided: Undecided[] | null = null;
  #sweepAt = FIRST_SWEEP;

  constructor(kind: ContextKind) {
    this.kind = kind;
    this.#counts = kind.keeps.map(() => 0);
    this.#values = kind.keeps.map(() => '');
    this.#ordinals = kind.keeps.map(() => 0);
  }

  /** Makes it ready for another element. */
  reset(ordinal: number): void {
    this.ordinal = ordinal;
    this.#counts.fill(0);
    this.#entities = null;
    this.#all = null;
    this.#undecided = null;
    this.#sweepAt = FIRST_SWEEP;
  }

  /** Takes a value of the element with the given ordinal: elements end in another order than they start. */
  add(source: number, ordinal: number, value: string, entity: string | null): void {
    const count = this.#counts[source] as number;
    this.#counts[source] = count + 1;
    const keep = this.kind.keeps[source];
    if (keep === 'all') {
      this.#all ??= [];
      this.#all.push({ source, ordinal, value, entity });
      return;
    }
    if (count > 0) {
      const kept = this.#ordinals[source] as number;
      if (keep === 'first' ? ordinal >= kept : ordinal < kept) return;
    }
    this.#values[source] = value;
    this.#ordinals[source] = ordinal;
    if (entity !== null || this.#entities !== null) {
      this.#entities ??= new Map();
      this.#entities.set(source, entity);
    }
  }

  /** Takes a value that counts only if the decision turns out well. */
  addUndecided(source: number, ordinal: number, value: string, entity: string | null, decision: Decision): void {
    this.#undecided ??= [];
    this.#undecided.push({ source, ordinal, value, entity, decision });
    if (this.#undecided.length < this.#sweepAt) return;
    this.#sweep();
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#undecided.length);
  }

  /** The element is over: every decision is made. */
  finish(): void {
    if (this.#undecided !== null) this.#sweep();
  }

  count(source: number): number {
    return this.#counts[source] as number;
  }

  /** The value of a source that selected exactly one thing without an entity, else null: ask `selected`. */
  only(source: number): string | null {
    if (this.#counts[source] !== 1 || this.#entities !== null || this.#all !== null) return null;
    return this.#values[source] as string;
  }

  selected(source: number): Selected | null {
    const count = this.count(source);
    if (count === 0) return null;
    if (this.kind.keeps[source] !== 'all') {
      return { count, value: this.#values[source] as string, all: [], entity: this.#entities?.get(source) ?? null };
    }
    const found = (this.#all ?? []).filter((one) => one.source === source).sort((a, b) => a.ordinal - b.ordinal);
    const all = found.map(({ value }) => value);
    return { count, value: all[0] ?? '', all, entity: found.find(({ entity }) => entity !== null)?.entity ?? null };
  }

  #sweep(): void {
    const open: Undecided[] = [];
    for (const found of this.#undecided ?? []) {
      found.decision = decideNow(found.decision);
      if (found.decision === true) this.add(found.source, found.ordinal, found.value, found.entity);
      else if (found.decision !== false) open.push(found);
    }
    this.#undecided = open;
  }
}
