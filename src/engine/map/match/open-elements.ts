import type { Context } from '../rows/context.ts';
import type { OpenRecord } from '../rows/open-record.ts';
import type { ElementState } from './automaton.ts';
import type { GuardRun, SiblingCount } from './guard-run.ts';

/** One open element. There is one object per depth, used again and again. */
export class OpenElement {
  name = -1;
  state: ElementState;
  /** Its position among all elements of the document, from 1. */
  ordinal = 0;
  ownText = '';
  deepText = '';
  /** The last unresolved entity in its own text, and in any text below. */
  entity: string | null = null;
  deepEntity: string | null = null;
  hasChild = false;
  firstAttribute = 0;
  endAttribute = 0;
  runs: GuardRun[] | null = null;
  /** Its attributes were judged by its guards. */
  judged = false;
  /** Of its children, by guard. */
  siblings: Map<number, SiblingCount> | null = null;
  /** How many children of each name were records with an `$index`. */
  indexes: Map<number, number> | null = null;
  /** Innermost record at or above it that some `$parent` may mean. */
  record: OpenRecord | null = null;
  /** Records that start at it. */
  records: OpenRecord[] | null = null;
  /** By kind of context. */
  readonly contexts: (Context | null)[];

  constructor(state: ElementState, contexts: number) {
    this.state = state;
    this.contexts = Array.from({ length: contexts }, () => null);
  }
}
