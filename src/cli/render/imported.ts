import type { ImportedCorrections, ImportRefusal } from '#contract/api/reject-corrections';
import { count, counted } from './numbers.ts';
import { visible } from './visible.ts';

const SHOWN = 10;

const REASONS: Readonly<Record<ImportRefusal, string>> = {
  not_open: 'no such row is rejected',
  no_such_column: 'the table has no such column in the mapping',
  record_unreadable: 'the record cannot be read: correct the line without a column, which holds all of it',
  record_readable: 'the record can be read: say which column the value is for',
  no_record: 'it does not say which record it is about (file_id and record)',
  broken_line: 'it has more or fewer fields than the first line, or a broken quotation mark',
  no_column: 'the reject is about the whole row: say which column the value is for',
  value_cut: 'only the beginning of the value was written into the file: give all of it, or correct it in the window',
  bad_text: 'it is empty, longer than 100,000 characters, or no text that a database can keep',
};

/** @returns what was taken from a file of corrected rejects, and which of its lines said nothing. */
export function renderImported(imported: ImportedCorrections, file: string): string {
  const { corrected, untouched, loaded, refused, refusals } = imported;
  const parts = [
    `${counted(corrected, 'value')} corrected`,
    `${counted(untouched, 'line')} unchanged`,
    ...(loaded > 0 ? [`${count(loaded)} of rows that are loaded by now`] : []),
    ...(refused > 0 ? [`${count(refused)} not understood`] : []),
  ];
  const shown = refusals.slice(0, SHOWN).map(({ line, reason }) => `  line ${line}: ${REASONS[reason]}\n`);
  const more = refused > shown.length ? `  … and ${count(refused - shown.length)} more\n` : '';
  return `${visible(file)}: ${parts.join(', ')}.\n${shown.join('')}${more}`;
}
