import type { CsvDialect } from '../dialect.ts';
import { holdsDelimiter } from './delimiters.ts';

const NUMBER = /^[-+]?(?:\d+|\d{1,3}(?:[ .,]\d{3})+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?$/;
const DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[ T]\d{1,2}:\d{2}.*)?$/;
const TIME = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/;

/** Whether an unquoted cell looks like one value: parted wrongly, cells hold other delimiters or loose quotation marks. */
export function isClean(text: string, { quote }: CsvDialect): boolean {
  const cell = text.trim();
  if (cell === '' || NUMBER.test(cell) || DATE.test(cell) || TIME.test(cell)) return true;
  if (quote === null && /^["']|["']$/.test(cell)) return false;
  return !holdsDelimiter(cell);
}
