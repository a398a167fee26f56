import type { RejectCode } from '#contract/rejects';
import type { CompiledTable } from '../compile/compiled.ts';
import type { Dependants } from './dependants.ts';
import type { OpenRecord } from './open-record.ts';

export interface Objection {
  readonly field: string | null;
  readonly value: string | null;
  readonly code: RejectCode;
  readonly message: string;
}

/** A value, or what is wrong with it. `value` null without an objection: nothing was found. */
export interface Outcome {
  readonly value: string | null;
  readonly objection: Objection | null;
}

export const NOTHING: Outcome = { value: null, objection: null };

/** A row that may have to wait for what encloses its record. */
export class PendingRow {
  readonly record: OpenRecord;
  readonly table: CompiledTable;
  readonly values: (string | null)[];
  readonly anchors: number[];
  /** Columns that somebody corrected: what is above has nothing to say to them. */
  corrected: ReadonlyMap<number, string | null> | null = null;
  /** By column. */
  objections: Map<number, Objection> | null = null;
  /** Per slot: the row found its value without it. */
  readonly unused = new Set<number>();
  /** By slot: what it waits for. */
  readonly targets = new Map<number, Dependants>();
  /** `$parent` slots for which it is undecided which record is meant. */
  readonly openSlots = new Set<number>();
  waits = 0;
  /** An estimate of the memory it holds, taken when it is held back. */
  size = 0;
  done = false;

  constructor(record: OpenRecord) {
    this.record = record;
    this.table = record.table;
    this.values = this.table.columns.map(() => null);
    this.anchors = this.table.slots.map(() => 0);
  }

  object(column: number, objection: Objection): void {
    this.objections ??= new Map();
    if (!this.objections.has(column)) this.objections.set(column, objection);
  }
}
