import type { InferenceReport } from '#contract/inference';
import { dialectLines } from './dialect.ts';
import { bytes, count, counted } from './numbers.ts';
import { renderTable } from './text-table.ts';
import { visible } from './visible.ts';

/** Carriage return and "erase to the end of the line". */
const REDRAW = '\r\u001b[K';
/** More of them are in the JSON. */
const MOST_SHOWN = 30;

interface Progress {
  readonly files: { readonly done: number; readonly total: number };
  readonly bytes: { readonly done: number; readonly total: number };
}

/** @returns what redraws the line; null takes it away. */
export function renderInferProgress(progress: Progress | null): string {
  if (progress === null) return REDRAW;
  const { files, bytes: size } = progress;
  return `${REDRAW}looking at ${count(files.done)} of ${counted(files.total, 'file')}, ${bytes(size.done)} of ${bytes(size.total)}`;
}

/** @returns what was found, and what was not certain. */
export function renderInference(report: InferenceReport): string {
  const { files, tables, dialects, references, uncertain } = report;
  const part = files.read < files.found ? ` of ${count(files.found)}` : '';
  return [
    `${counted(files.read, 'file')}${part} looked at, ${bytes(report.bytes)}.\n`,
    `\nTables\n${renderTable(TABLE_COLUMNS, tables.map(tableRow))}`,
    dialects.length === 0 ? '' : `\nCSV files\n${shown(dialects, dialectLines)}`,
    references.length === 0 ? '' : `\nReferences\n${references.map(referenceLine).join('')}`,
    files.failed.length === 0 ? '' : `\nFiles a load would refuse\n${shown(files.failed, failureLine)}`,
    uncertain.length === 0 ? '' : `\nNot certain\n${shown(uncertain, uncertainLine)}`,
  ].join('');
}

const TABLE_COLUMNS = [
  { title: 'table' },
  { title: 'records' },
  { title: 'rows', right: true },
  { title: 'columns', right: true },
  { title: 'key' },
] as const;

function tableRow({ name, path, rows, columns, key }: InferenceReport['tables'][number]): readonly string[] {
  return [name, path, count(rows), count(columns), key.join(', ') || 'none'];
}

function referenceLine({ table, columns, to, on, evidence }: InferenceReport['references'][number]): string {
  return `  ${visible(table)} (${visible(columns.join(', '))}) → ${visible(to)} (${visible(on.join(', '))}): ${visible(evidence)}\n`;
}

function failureLine({ path, message, place }: InferenceReport['files']['failed'][number]): string {
  const line = place?.line === undefined ? '' : `, line ${place.line}`;
  return `  ${visible(path)}${line}: ${visible(message)}\n`;
}

function uncertainLine({ path, column, decided, why }: InferenceReport['uncertain'][number]): string {
  const named = column === undefined ? '' : ` (${column})`;
  return `  ${visible(path + named)}: ${visible(decided)}; ${visible(why)}.\n`;
}

function shown<Item>(items: readonly Item[], line: (item: Item) => string): string {
  const more = items.length - MOST_SHOWN;
  const rest = more > 0 ? `  and ${count(more)} more: see --json.\n` : '';
  return items.slice(0, MOST_SHOWN).map(line).join('') + rest;
}
