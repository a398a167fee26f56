import type { RecordColumn, RecordView, SourceExcerpt, SourceFileState } from '#contract/api/reject-corrections';
import { placeText } from './error-text.ts';
import { rejectText } from './load-summary.ts';
import { renderTable } from './text-table.ts';
import { visible } from './visible.ts';

const STATES: Readonly<Record<SourceFileState, string>> = {
  same: '',
  changed: 'The file has changed since it was loaded: its record is not shown.\n',
  gone: 'The file is no longer there.\n',
  elsewhere: 'The file does not lie below the paths of the load: it is not read.\n',
};

/** @returns one rejected row: what stands against it, its values, and the lines of its file around it. */
export function renderRecord(view: RecordView): string {
  const { path, line, table, rejects, columns, source, excerpt, unreadable } = view;
  return [
    `${placeText({ path, line })}  ${visible(table)}, record ${view.sequence} of file ${view.file}\n`,
    ...rejects.map((reject) => `  ${rejectText(reject)}${reject.state === 'fixed' ? '  (loaded since)' : ''}\n`),
    STATES[source],
    columns.length === 0 || (unreadable !== undefined && unreadable.correction === undefined)
      ? ''
      : `\n${renderTable(TITLES, columns.map(cellsOf))}`,
    unreadable?.correction === undefined ? '' : `\nCorrected: ${visible(unreadable.correction.value ?? '')}\n`,
    excerpt === null ? '' : `\n${renderExcerpt(excerpt)}`,
  ].join('');
}

const TITLES = ['column', 'in the file', 'corrected', 'becomes', 'objection'].map((title) => ({ title }));

function cellsOf(column: RecordColumn): (string | null)[] {
  const { name, raw, correction, value, objection } = column;
  const corrected = correction === undefined ? null : (correction.value ?? '(nothing)');
  return [name, raw, corrected, value, objection === undefined ? null : `${objection.code} ${objection.message}`];
}

/** The record's lines are marked; where text is left out stand three dots. */
function renderExcerpt({ lines, begins, ends }: SourceExcerpt): string {
  const width = Math.max(...lines.map(({ number }) => String(number).length));
  const last = ends ?? begins;
  return lines
    .map(({ number, column, text, more }) => {
      const mark = number >= begins.line && number <= last.line ? '>' : ' ';
      const shown = `${column > 1 ? '… ' : ''}${visible(text)}${more ? ' …' : ''}`;
      return `${mark} ${String(number).padStart(width)} | ${shown}\n`;
    })
    .join('');
}
