import type { WarningCode } from '#contract/rejects';
import type { LoadTable } from '#engine/model/load-table';
import type { LateValue, MappedReject, MappedRow, RowSink } from '#engine/model/row-sink';
import type { StagingNames } from '#engine/model/staging-names';
import { type CopyMark, CopyText, copyField } from '#engine/postgres/copy-text';
import { stagedColumns } from './staging-schema.ts';

/** One table of the staging, and the rows that wait to be sent to it. */
export interface StageBuffer {
  readonly table: string;
  readonly columns: readonly string[];
  readonly text: CopyText;
}

const REJECT_COLUMNS = ['file', 'seq', 'number', 'line', 'tab', 'col', 'field', 'value', 'code', 'message'];
const LATE_COLUMNS = ['file', 'tab', 'slot', 'anchor', 'col', 'value', 'field', 'raw', 'code', 'message'];

/** Text kept of a raw value that was rejected: enough to recognise it. */
const KEPT_VALUE_LENGTH = 2_000;

export interface FileMark {
  readonly marks: readonly CopyMark[];
}

/**
 * Takes what the mapper makes of the current file and collects it as COPY text, per table. `beginFile` marks where a
 * file starts, so that a damaged file's rows can be taken back.
 */
export class StageBuffers implements RowSink {
  readonly buffers: readonly StageBuffer[];
  readonly #rows: readonly CopyText[];
  readonly #rejects: CopyText;
  readonly #late: CopyText;
  readonly #warnings: CopyText;
  readonly #tableNames: readonly (string | null)[];
  readonly #tableRows: number[];
  readonly #counts = new Map<WarningCode, number>();
  #file = 0;
  #rejectedSequence = 0;
  #rejectNumber = 0;
  /** Rows (without those that serve lookups only) and rejected rows of the current file. */
  rowCount = 0;
  rejectedCount = 0;
  firstReject: MappedReject | null = null;

  constructor(names: StagingNames, tables: readonly LoadTable[]) {
    const rows = tables.map((table) => ({
      table: names.rows(table.index),
      columns: stagedColumns(table),
      text: new CopyText(),
    }));
    const other = (table: string, columns: readonly string[]) => ({ table, columns, text: new CopyText() });
    const rejects = other(names.rejects, REJECT_COLUMNS);
    const late = other(names.late, LATE_COLUMNS);
    const warnings = other(names.warnings, ['file', 'code', 'count', 'name']);
    this.buffers = [...rows, rejects, late, warnings];
    this.#rows = rows.map(({ text }) => text);
    this.#tableNames = tables.map(({ name, keep }) => (keep ? name : null));
    this.#tableRows = tables.map(() => 0);
    this.#rejects = rejects.text;
    this.#late = late.text;
    this.#warnings = warnings.text;
  }

  beginFile(file: number): FileMark {
    this.#file = file;
    this.#rejectedSequence = 0;
    this.rowCount = 0;
    this.rejectedCount = 0;
    this.#tableRows.fill(0);
    this.firstReject = null;
    this.#counts.clear();
    return { marks: this.buffers.map(({ text }) => text.mark()) };
  }

  endFile(): void {
    for (const [code, count] of this.#counts) this.#warnings.append(`${this.#file}\t${code}\t${count}\t\\N\n`);
    this.#counts.clear();
  }

  /** Takes back all rows since the mark. */
  dropFile({ marks }: FileMark): void {
    this.buffers.forEach(({ text }, index) => {
      text.truncate(marks[index] as CopyMark);
    });
    this.#counts.clear();
  }

  /** The mark of a file with which the buffers begin. */
  get firstMark(): FileMark {
    return { marks: this.buffers.map(() => ({ byteLength: 0, rowCount: 0 })) };
  }

  clear(): void {
    for (const { text } of this.buffers) text.clear();
    this.#counts.clear();
  }

  get byteLength(): number {
    return this.buffers.reduce((sum, { text }) => sum + text.byteLength, 0);
  }

  /** Rows of the fullest table. */
  get mostRows(): number {
    return this.#rows.reduce((most, text) => Math.max(most, text.rowCount), 0);
  }

  /** Rows of the current file by table, under the mapping's names; without tables that serve lookups only. */
  get tableCounts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    this.#tableNames.forEach((name, table) => {
      const rows = this.#tableRows[table] ?? 0;
      if (name !== null && rows > 0) counts[name] = rows;
    });
    return counts;
  }

  row({ table, sequence, line, anchors, values }: MappedRow): void {
    let text = `${this.#file}\t${sequence}\t${line}`;
    for (let i = 0; i < anchors.length; i += 1) text += `\t${anchors[i]}`;
    for (let i = 0; i < values.length; i += 1) text += `\t${copyField(values[i] as string | null)}`;
    (this.#rows[table] as CopyText).append(`${text}\n`);
    if (this.#tableNames[table] !== null) this.rowCount += 1;
    this.#tableRows[table] = (this.#tableRows[table] ?? 0) + 1;
  }

  reject(reject: MappedReject): void {
    if (reject.sequence !== this.#rejectedSequence) {
      this.#rejectedSequence = reject.sequence;
      this.#rejectNumber = 0;
      this.rejectedCount += 1;
    }
    this.firstReject ??= reject;
    const { sequence, line, table, column, field, value, code, message } = reject;
    const numbers = [this.#file, sequence, this.#rejectNumber, line, table, column ?? '\\N'];
    this.#rejects.append(`${[...numbers, ...[field, shortened(value), code, message].map(copyField)].join('\t')}\n`);
    this.#rejectNumber += 1;
  }

  late({ table, slot, anchor, column, value, reject }: LateValue): void {
    const objection = [reject?.field, shortened(reject?.value ?? null), reject?.code, reject?.message];
    const fields = [value, ...objection].map((field) => copyField(field ?? null));
    this.#late.append(`${[this.#file, table, slot, anchor, column ?? '\\N', ...fields].join('\t')}\n`);
  }

  warn(code: WarningCode, count: number, name?: string): void {
    if (name !== undefined) this.#warnings.append(`${this.#file}\t${code}\t${count}\t${copyField(shortened(name))}\n`);
    else this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
  }
}

function shortened(value: string | null): string | null {
  if (value === null) return null;
  // PostgreSQL cannot keep NUL in a text, not even to show what was wrong.
  const printable = value.replaceAll('\0', '\u2400');
  return printable.length > KEPT_VALUE_LENGTH ? `${printable.slice(0, KEPT_VALUE_LENGTH)}…` : printable;
}
