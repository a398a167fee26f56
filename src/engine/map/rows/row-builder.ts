import { LoadstoneError } from '#contract/errors';
import type { RecordCorrection } from '#engine/model/corrections';
import type { CompiledMapping, CompiledTable } from '../compile/compiled.ts';
import { type Decision, decideNow } from '../match/align.ts';
import type { GuardRun } from '../match/guard-run.ts';
import type { Context } from './context.ts';
import { missingValue } from './convert-selected.ts';
import { correctRow } from './correct-row.ts';
import type { Dependants } from './dependants.ts';
import { fillColumn, localOutcome, type Surroundings } from './local-values.ts';
import type { OpenRecord } from './open-record.ts';
import { NOTHING, type Objection, PendingRow } from './pending-row.ts';
import type { RowOutput } from './row-output.ts';
import { type Given, givenByContext, givenByRecord, lateOutcome, settle, slotColumns } from './upward.ts';

/** How much is held back for what is above it before it is handed over without. */
export interface HoldLimits {
  readonly rows: number;
  readonly bytes: number;
}
/** Rows whose records cannot be judged yet have nowhere to go; beyond this many the mapping does not fit the file. */
const UNDECIDED_ROWS = 100_000;

/** What the builder asks of the open elements. */
export interface Document extends Surroundings {
  /** Whether a record's pattern holds, by what is known now. */
  decide(record: OpenRecord): Decision;
  correctionOf(record: OpenRecord): RecordCorrection | null;
  /** The context of a kind some levels above a record; null above the root. */
  contextAbove(record: OpenRecord, kind: number, levels: number): Context | null;
}

/**
 * Makes rows of records that are over. A row goes out at once unless something above it must be over first: then it is
 * held back, and when too much is held, handed over with nulls; what it lacks follows as late values.
 */
export class RowBuilder {
  readonly #compiled: CompiledMapping;
  readonly #document: Document;
  readonly #output: RowOutput;
  readonly #limits: HoldLimits;
  readonly #scratch: readonly (string | null)[][];
  #held = new Set<PendingRow>();
  #heldBytes = 0;
  #undecided = new Set<PendingRow>();
  /** The guards that undecided rows wait for. */
  #awaited = new Set<GuardRun>();

  constructor(compiled: CompiledMapping, document: Document, output: RowOutput, limits: HoldLimits) {
    this.#compiled = compiled;
    this.#document = document;
    this.#output = output;
    this.#limits = limits;
    this.#scratch = compiled.tables.map(({ columns }) => columns.map(() => null));
  }

  /** How many rows are held back. */
  get held(): number {
    return this.#held.size;
  }

  reset(): void {
    this.#held.clear();
    this.#undecided.clear();
    this.#awaited.clear();
    this.#heldBytes = 0;
  }

  /** A record of a table whose rows depend on nothing but the record. */
  finishPlain(record: OpenRecord): void {
    const values = this.#scratch[record.table.index] as (string | null)[];
    let objections: Map<number, Objection> | null = null;
    for (const column of record.table.columns) {
      const objection =
        fillColumn(column, record, this.#document, values) ??
        (values[column.index] === null && column.missing !== null ? missingValue(column) : null);
      if (objection === null) continue;
      objections ??= new Map();
      objections.set(column.index, objection);
    }
    const correction = this.#document.correctionOf(record);
    if (correction !== null) objections = correctRow(record.table.columns, correction, values, objections);
    this.#output.row(record, values, null, objections);
  }

  /** A record of any table. */
  finish(record: OpenRecord): void {
    const decision = this.#document.decide(record);
    record.decision = decision;
    if (decision === false) {
      record.end = 'none';
      return;
    }
    const row = new PendingRow(record);
    record.row = row;
    this.#fillLocal(row);
    if (decision !== true) this.#suspend(row, decision);
    for (const slot of record.table.slots.keys()) if (!row.unused.has(slot)) this.#attach(row, slot);
    if (row.waits === 0) this.#deliver(row);
    else this.#hold(row);
  }

  /** An ancestor is over: its rows get what it has. */
  finishContext(context: Context): void {
    context.finish();
    const table = this.#compiled.tables[context.kind.table] as CompiledTable;
    const given = new Map<number, Given>();
    const give = (slot: number) => {
      const known = given.get(slot) ?? givenByContext(table, slot, context, this.#document.extra);
      given.set(slot, known);
      return known;
    };
    this.#release(context.dependants, (_, slot) => give(slot));
    for (const { slot } of context.dependants.late.values()) this.#tell(table, slot, context.ordinal, give(slot));
  }

  /** A guard of a `records` pattern was decided. */
  reconsider(run: GuardRun): void {
    if (!this.#awaited.delete(run)) return;
    for (const row of [...this.#undecided]) this.#reconsiderRow(row);
  }

  #fillLocal(row: PendingRow): void {
    const { record, values } = row;
    for (const column of row.table.columns) {
      const { value, objection, settled } = localOutcome(column, record, this.#document);
      values[column.index] = value;
      if (objection !== null) row.object(column.index, objection);
      if (column.slot !== null && settled) row.unused.add(column.slot);
      if (!settled || value !== null || objection !== null) continue;
      const missing = missingValue(column);
      if (missing !== null) row.object(column.index, missing);
    }
    const correction = this.#document.correctionOf(record);
    if (correction === null) return;
    row.corrected = correction.columns;
    row.objections = correctRow(row.table.columns, correction, values, row.objections);
  }

  #attach(row: PendingRow, slot: number): void {
    const compiled = row.table.slots[slot];
    if (compiled === undefined) return;
    if (compiled.slot.kind === 'parent') {
      this.#attachParent(row, slot, compiled.slot.tables);
      return;
    }
    const context = this.#document.contextAbove(row.record, compiled.context, compiled.slot.levels);
    if (context === null) {
      settle(row, givenByContext(row.table, slot, null, this.#document.extra));
      return;
    }
    row.anchors[slot] = context.ordinal;
    if (!context.dependants.isLate(row.table.index, slot)) context.dependants.wait(row, slot);
  }

  /** @returns false while it is undecided which record the parent is. */
  #attachParent(row: PendingRow, slot: number, tables: readonly number[]): boolean {
    let parent = row.record.outer;
    for (; parent !== null; parent = parent.next) {
      if (!tables.includes(parent.table.index)) continue;
      parent.decision = this.#document.decide(parent);
      if (parent.decision === true) break;
      if (parent.decision === false) continue;
      if (row.openSlots.has(slot)) row.waits -= 1;
      this.#suspend(row, parent.decision);
      row.openSlots.add(slot);
      return false;
    }
    if (parent === null) {
      settle(row, new Map(slotColumns(row.table, slot).map(({ index }) => [index, NOTHING])));
      return true;
    }
    row.anchors[slot] = parent.sequence;
    if (parent.end !== 'open') settle(row, givenByRecord(this.#compiled.tables, row.table, slot, parent));
    else if (!parent.dependants.isLate(row.table.index, slot)) parent.dependants.wait(row, slot);
    return true;
  }

  #suspend(row: PendingRow, decision: Exclude<Decision, boolean>): void {
    row.waits += 1;
    this.#undecided.add(row);
    for (const run of decision.flat()) this.#awaited.add(run);
    if (this.#undecided.size <= UNDECIDED_ROWS) return;
    throw new LoadstoneError({
      code: 'XML_LIMIT_EXCEEDED',
      message: `More than ${UNDECIDED_ROWS} records of one element wait for a predicate of a "records" pattern to be decided.`,
      remedy: "Put the predicate's child before the records in the file, or choose the records by an attribute.",
      place: { path: this.#document.file.path, line: row.record.line },
    });
  }

  #reconsiderRow(row: PendingRow): void {
    const { record } = row;
    const before = record.decision;
    if (before !== true && before !== null) {
      record.decision = decideNow(before);
      if (record.decision === false) {
        this.#drop(row);
        return;
      }
      if (record.decision === true) row.waits -= 1;
    }
    for (const slot of [...row.openSlots]) {
      const compiled = row.table.slots[slot]?.slot;
      if (compiled?.kind !== 'parent' || !this.#attachParent(row, slot, compiled.tables)) continue;
      row.openSlots.delete(slot);
      row.waits -= 1;
    }
    if (record.decision === true && row.openSlots.size === 0) this.#undecided.delete(row);
    if (row.waits === 0) this.#deliver(row);
  }

  #hold(row: PendingRow): void {
    this.#held.add(row);
    row.size = sizeOf(row);
    this.#heldBytes += row.size;
    if (this.#held.size - this.#undecided.size > this.#limits.rows || this.#heldBytes > this.#limits.bytes)
      this.#handOver();
  }

  /** Parents stand behind their children in the order of being held, and go first. */
  #handOver(): void {
    const touched = new Set<Dependants>();
    for (const row of [...this.#held].reverse()) {
      if (row.done || this.#undecided.has(row)) continue;
      for (const [slot, target] of row.targets) {
        target.beLate(row.table.index, slot);
        touched.add(target);
      }
      this.#deliver(row);
    }
    for (const target of touched) target.waiting = target.waiting.filter(({ row }) => !row.done);
  }

  #deliver(row: PendingRow): void {
    this.#drop(row);
    const { record } = row;
    const accepted = this.#output.row(record, row.values, row.anchors, row.objections);
    record.end = accepted ? 'row' : 'rejected';
    if (!row.table.isParent) return;
    this.#release(record.dependants, (child, slot) => givenByRecord(this.#compiled.tables, child.table, slot, record));
    for (const { table, slot } of record.dependants.late.values()) {
      const child = this.#compiled.tables[table] as CompiledTable;
      this.#tell(child, slot, record.sequence, givenByRecord(this.#compiled.tables, child, slot, record));
    }
  }

  #drop(row: PendingRow): void {
    row.done = true;
    this.#undecided.delete(row);
    if (this.#held.delete(row)) this.#heldBytes -= row.size;
  }

  #release(dependants: Dependants, give: (row: PendingRow, slot: number) => Given): void {
    for (const { row, slot } of dependants.release()) {
      if (row.done) continue;
      settle(row, give(row, slot));
      row.targets.delete(slot);
      row.waits -= 1;
      if (row.waits === 0) this.#deliver(row);
    }
  }

  #tell(table: CompiledTable, slot: number, anchor: number, given: Given): void {
    for (const column of slotColumns(table, slot)) {
      const outcome = given.get(column.index);
      if (outcome !== undefined)
        this.#output.late(table.index, slot, anchor, column.index, lateOutcome(column, outcome));
    }
  }
}

function sizeOf(row: PendingRow): number {
  return row.values.reduce((size, value) => size + 16 + 2 * (value?.length ?? 0), 200);
}
