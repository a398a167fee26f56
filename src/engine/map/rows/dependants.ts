import type { PendingRow } from './pending-row.ts';

/** The rows that need a value of something above them which is not over yet. */
export class Dependants {
  waiting: { readonly row: PendingRow; readonly slot: number }[] = [];
  /** Slots of tables whose rows were handed over without waiting longer: their values go to SQL. */
  readonly late = new Map<string, { readonly table: number; readonly slot: number }>();

  wait(row: PendingRow, slot: number): void {
    row.waits += 1;
    row.targets.set(slot, this);
    this.waiting.push({ row, slot });
  }

  isLate(table: number, slot: number): boolean {
    return this.late.size > 0 && this.late.has(`${table}.${slot}`);
  }

  beLate(table: number, slot: number): void {
    this.late.set(`${table}.${slot}`, { table, slot });
  }

  /** Takes the waiting rows out. */
  release(): readonly { readonly row: PendingRow; readonly slot: number }[] {
    const { waiting } = this;
    if (waiting.length > 0) this.waiting = [];
    return waiting;
  }
}
