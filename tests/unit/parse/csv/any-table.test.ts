import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIDENT } from '#engine/parse/csv/sniff/guess';
import { sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import { type HeardFile, hear, rowsOf } from '../records.ts';
import { anyDialect, anyTable, type Table, type WrittenDialect, writeTable } from './write-csv.ts';

const columnsOf = (count: number) => Array.from({ length: count }, (_, column) => `column${column + 1}`);

/** Every field, absent ones as empty texts. */
const textsOf = (heard: HeardFile, table: Table) =>
  rowsOf(heard, columnsOf(table[0]?.length ?? 0)).map((row) => row.map((field) => field ?? ''));

type Dialect = Pick<WrittenDialect, 'delimiter' | 'quote' | 'escape'>;

function readAs(text: string, dialect: Dialect, chunkSize?: number): Promise<HeardFile> {
  const { delimiter, quote } = dialect;
  const csv = { delimiter, quote, escape: dialect.escape, header: false, nullValues: [] };
  return hear(text, { encoding: 'utf-8', csv }, chunkSize);
}

describe('any table written as CSV in any dialect', () => {
  it('is read back equal with the dialect given, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, anyDialect, fc.integer({ min: 1, max: 9 }), async (table, dialect, chunkSize) => {
        const text = writeTable(table, dialect);
        fc.pre(text !== null);
        for (const size of [undefined, chunkSize]) {
          const heard = await readAs(text, dialect, size);
          expect([heard.error, heard.broken, textsOf(heard, table)]).toEqual([undefined, [], table]);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('is read back equal with the dialect sniffed, where the sniffer is confident', async () => {
    let confident = 0;
    await fc.assert(
      fc.asyncProperty(anyTable, anyDialect, async (table, dialect) => {
        const text = writeTable(table, dialect);
        fc.pre(text !== null);
        // Where quotation marks do not quote, a text that begins with one makes the same file as a quoted text.
        const others = ['"', "'"].filter((quote) => quote !== dialect.quote);
        fc.pre(!table.flat().some((field) => others.some((quote) => field.trim().startsWith(quote))));
        const { delimiter, quote, escape: sign, comment, skipLines } = sniffCsv(Buffer.from(text));
        if (delimiter.confidence < CONFIDENT) return;
        confident++;
        // A first record without any text may as well be a line above the table: that is said, but never for certain.
        expect([comment, skipLines].filter(({ value, confidence }) => value && confidence >= CONFIDENT)).toEqual([]);
        const heard = await readAs(text, { delimiter: delimiter.value, quote: quote.value, escape: sign.value });
        expect([heard.error, heard.broken, textsOf(heard, table)]).toEqual([undefined, [], table]);
      }),
      { numRuns: Number(process.env.CSV_RUNS ?? 1_500) },
    );
    expect(confident).toBeGreaterThan(100);
  });
});

describe('any text', () => {
  const anyText = fc.array(fc.constantFrom(...'ab,"\n\r'), { maxLength: 25 }).map((letters) => letters.join(''));

  it('that csv-parse reads is read the same', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const expected = csvParse(text);
        fc.pre(expected !== undefined && expected.length > 0);
        read++;
        const heard = await readAs(text, { delimiter: ',', quote: '"', escape: '"' });
        expect([heard.error, heard.broken, textsOf(heard, expected)]).toEqual([undefined, [], expected]);
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('is rows, broken records or an error: every line of it is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 5 }), async (text, chunkSize) => {
        fc.pre(text !== '');
        const heard = await readAs(text, { delimiter: ',', quote: '"', escape: '"' });
        expect(await readAs(text, { delimiter: ',', quote: '"', escape: '"' }, chunkSize)).toEqual(heard);
        if (heard.error) {
          expect(heard.error.code).toBe('CSV_UNCLOSED_QUOTE');
          return;
        }
        const begun = [...heard.lines, ...heard.broken.map(({ line }) => line)];
        const lines = text.split(/\r\n|\r|\n/);
        const open = lines.findIndex((line, index) => line !== '' && !begun.some((first) => first <= index + 1));
        expect(open).toBe(-1);
      }),
      { numRuns: 1_500 },
    );
  });
});

/** @returns undefined where csv-parse refuses. */
function csvParse(text: string): Table | undefined {
  try {
    const lineEnds = { record_delimiter: ['\r\n', '\n', '\r'] };
    return parse(text, { ...lineEnds, skip_empty_lines: true }) as unknown as Table;
  } catch {
    return undefined;
  }
}
