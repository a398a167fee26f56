import type { RowSink } from '#engine/model/row-sink';
import type { OpenRecord } from './open-record.ts';
import type { Objection, Outcome } from './pending-row.ts';

const NO_ANCHORS: readonly number[] = [];
const NO_OBJECTIONS: ReadonlyMap<number, Objection> = new Map();

/** Hands rows and objections to the sink. */
export class RowOutput {
  sink: RowSink = { row() {}, reject() {}, late() {}, warn() {} };

  /** A row without objections, or its objections in the order of the columns. @returns whether it went in. */
  row(
    record: OpenRecord,
    values: readonly (string | null)[],
    anchors: readonly number[] | null,
    objections: ReadonlyMap<number, Objection> | null,
  ): boolean {
    const { sequence, line } = record;
    const table = record.table.index;
    const isAccepted = objections === null || objections.size === 0;
    if (this.sink.whole !== undefined) {
      this.sink.whole({ table, sequence, line, anchors: anchors ?? NO_ANCHORS, values }, objections ?? NO_OBJECTIONS);
      return isAccepted;
    }
    if (objections === null || objections.size === 0) {
      this.sink.row({ table, sequence, line, anchors: anchors ?? NO_ANCHORS, values });
      return true;
    }
    for (const [column, objection] of [...objections].sort(([a], [b]) => a - b)) {
      this.sink.reject({ table, sequence, line, column, ...objection });
    }
    return false;
  }

  /** A record that could not be read. */
  broken(table: number, sequence: number, line: number, raw: string, message: string): void {
    this.sink.reject({ table, sequence, line, column: null, field: null, value: raw, code: 'BROKEN_RECORD', message });
  }

  /** What rows that were handed over are still to get. Nothing found is nothing said. */
  late(table: number, slot: number, anchor: number, column: number, outcome: Outcome): void {
    const { value, objection: reject } = outcome;
    if (value === null && reject === null) return;
    this.sink.late({ table, slot, anchor, column, value, reject });
  }
}
