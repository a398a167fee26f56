import type { SourceExcerpt } from '#contract/api/reject-corrections';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import type { FoundRecord } from './find-record.ts';
import { type ReadFile, readUntilEnough } from './read-until-enough.ts';
import { type TextMark, TextWindows } from './text-windows.ts';

/** What is shown at most: lines and bytes around the record, and bytes of its beginning and its end. */
const LINES_AROUND = 5;
const BYTES_AROUND = 2_000;
const BYTES_OF_START = 16_000;
const BYTES_OF_END = 2_000;
/** Of a record that cannot be read all of the text is wanted. */
const BYTES_OF_UNREADABLE = 64_000;

export interface ShownRecord {
  readonly excerpt: SourceExcerpt;
  /** The record's own text, as far as it is kept. */
  readonly text: string;
  readonly isCut: boolean;
}

/** The lines around a record, decoded as a load decodes them. */
export async function readExcerpt(file: ReadFile, record: FoundRecord): Promise<ShownRecord | null> {
  const start = record.start ?? (await startOfLine(file, record.line));
  if (start === null) return null;
  const kept = record.unreadable ? BYTES_OF_UNREADABLE : BYTES_OF_START;
  const headEnd = Math.min(record.stop ?? Number.POSITIVE_INFINITY, start + kept);
  const tail = record.stop === null ? headEnd : Math.max(headEnd, record.stop - BYTES_OF_END);
  const end = (record.stop ?? headEnd) + BYTES_AROUND;
  const windows = new TextWindows(
    [
      { from: Math.max(0, start - BYTES_AROUND), to: tail === headEnd ? end : headEnd },
      ...(tail === headEnd ? [] : [{ from: tail, to: end }]),
    ],
    [start, ...(record.stop === null ? [] : [record.stop])],
  );
  await readText(file, windows);
  const begins = windows.positionAt(start);
  if (begins === null) return null;
  const ends = record.stop === null ? null : windows.positionAt(record.stop);
  return {
    excerpt: { lines: around(windows.lines(), begins, ends ?? begins), begins, ends },
    text: windows.textBetween(start, headEnd),
    isCut: record.stop === null || headEnd < record.stop,
  };
}

/** Of the lines before and behind the record only some, and none that is cut where the record does not stand on it. */
function around(lines: SourceExcerpt['lines'], begins: TextMark, ends: TextMark): SourceExcerpt['lines'] {
  const [first, last] = [begins.line - LINES_AROUND, ends.line + LINES_AROUND];
  return lines.filter(({ number, column, more }) => {
    if (number < first || number > last) return false;
    return (number >= begins.line || column === 1) && (number <= ends.line || !more);
  });
}

/** Where a line begins, for documents whose parser tells lines only. */
async function startOfLine(file: ReadFile, line: number): Promise<number | null> {
  const windows = new TextWindows([], [], line);
  await readText(file, windows);
  return windows.startOfLine;
}

/** Listens to nothing: only the text counts. */
const NOBODY: TreeHandler = {
  wantsText: false,
  wantsAttributes: false,
  open() {},
  attribute() {},
  text() {},
  unresolvedEntity() {},
  unresolvedAttributeEntity() {},
  close() {},
};

async function readText(file: ReadFile, windows: TextWindows): Promise<void> {
  const names = new NameTable({ prefixes: file.source.format === 'xml' });
  const onText = (text: Buffer) => windows.add(text);
  await readUntilEnough(file, { names, handler: NOBODY, onText, isEnough: () => windows.isComplete });
  windows.end();
}
