import { cellWidth, clip, visible } from './visible.ts';

export interface TextColumn {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly right?: boolean;
}

/** Wide enough for an id of 32 digits and a date beside it. */
const WIDEST_CELL = 48;

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - cellWidth(text)));
  return right ? space + text : text + space;
}

/** @returns aligned lines, each ended by a newline, indented by two: titles first, then rows. */
export function renderTable(columns: readonly TextColumn[], rows: readonly (readonly (string | null)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => clip(visible(cell ?? ''), WIDEST_CELL)));
  const titles = columns.map((column) => visible(column.title));
  const widths = titles.map((title, index) =>
    cells.reduce((widest, row) => Math.max(widest, cellWidth(row[index] ?? '')), cellWidth(title)),
  );
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.right ?? false)).join('  ')}`.trimEnd();
  return [titles, ...cells].map((row) => `${line(row)}\n`).join('');
}
