import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import { hear, rowsOf } from '../records.ts';

/**
 * Tables as programs export them, in every dialect there is. Unlike in "any table" nothing is left out because the
 * sniffer is unsure: it must find every part. What it cannot find is not generated, for these reasons: fields in
 * quotes that are text (an inch sign), and a delimiter beyond the usual four, have tests of their own; a file in
 * windows-1252 or windows-1258 without a letter beyond ASCII is the same file in UTF-8.
 */
interface Written {
  readonly encoding: string;
  readonly mark: boolean;
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly quoteAll: boolean;
  readonly lineEnd: string;
  readonly decimal: '.' | ',';
  readonly token: string;
  readonly preamble: number;
  readonly comments: boolean;
}

const anyWritten: fc.Arbitrary<Written> = fc
  .record({
    encoding: fc.constantFrom<readonly [string, boolean]>(
      ['UTF-8', false],
      ['UTF-8', true],
      ['UTF-16LE', true],
      ['UTF-16LE', false],
      ['UTF-16BE', true],
      ['UTF-16BE', false],
      ['windows-1252', false],
      ['windows-1258', false],
    ),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    quoting: fc.constantFrom<readonly [string, string]>(['"', '"'], ["'", "'"], ['"', '\\'], ["'", '\\']),
    quoteAll: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    decimal: fc.constantFrom<'.' | ','>('.', ','),
    token: fc.constantFrom('', 'NULL', 'N/A', '\\N', '-'),
    preamble: fc.nat(3),
    comments: fc.boolean(),
  })
  .map(({ encoding: [encoding, mark], quoting: [quote, sign], ...rest }) => ({
    ...rest,
    encoding,
    mark,
    quote,
    escape: sign,
  }));

/** What windows-1258 writes as two bytes is two characters once it is decoded. */
const VIETNAMESE = [
  'Pha\u0323m Văn Đư\u0301c',
  'Ha\u0300 Nô\u0323i',
  'Tha\u0300nh phô\u0301',
  'a; b, c | d\te',
  'plain',
];
const FRENCH = ['Café crème', 'où, là', 'Ünal Größe', 'a; b, c | d\te', 'plain'];

const anyRows = fc.array(
  fc.record({ word: fc.nat(), amount: fc.integer({ min: 1, max: 99_999 }), empty: fc.boolean() }),
  {
    minLength: 4,
    maxLength: 30,
  },
);

function tableOf(rows: readonly { word: number; amount: number; empty: boolean }[], written: Written) {
  const words = written.encoding === 'windows-1252' ? FRENCH : VIETNAMESE;
  const quoted = [`${written.quote}so${written.quote} it says`, `two${written.lineEnd}lines`];
  return rows.map(({ word, amount, empty }, at): (string | null)[] => {
    // The first rows hold what the dialect is found by.
    const text = [words[0], ...quoted][at] ?? words[word % words.length] ?? '';
    const number = `${Math.floor(amount / 100)}${written.decimal}${String(amount % 100).padStart(2, '0')}`;
    return [String(at + 1), text, at === 3 || (empty && at > 3) ? null : number];
  });
}

function write(table: readonly (readonly (string | null)[])[], written: Written): Buffer {
  const { delimiter, quote, escape: sign, quoteAll, lineEnd, token } = written;
  const field = (text: string | null): string => {
    if (text === null) return token;
    const isPlain = !quoteAll && ![delimiter, quote, '\\', '\n', '\r'].some((special) => text.includes(special));
    if (isPlain) return text;
    const escaped = sign === quote ? text : text.replaceAll(sign, sign + sign);
    return quote + escaped.replaceAll(quote, sign + quote) + quote;
  };
  const [header = [], ...rows] = table.map(
    (cells) => cells.map(field).join(delimiter) + lineEnd,
  ) as unknown as string[];
  const preamble = Array.from({ length: written.preamble }, (_, at) => `Export of ${at + 1} May${lineEnd}`);
  const comments = written.comments ? [`# by hand${lineEnd}`] : [];
  const text = [...preamble, header, ...rows.slice(0, 2), ...comments, ...rows.slice(2)].join('');
  return iconv.encode(text, written.encoding, { addBOM: written.mark });
}

it('any ordinary table in any dialect is read back equal with nothing given: every part of the dialect is sniffed', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyWritten, async (rows, written) => {
      const table = tableOf(rows, written);
      const bytes = write([['id', 'name', 'amount'], ...table], written);
      const found = sniffCsv(bytes);
      const { encoding, delimiter, quote, escape: sign, comment, skipLines, header, decimal, nullValues } = found;
      expect({
        encoding: encoding.value,
        delimiter: delimiter.value,
        quote: quote.value,
        skipLines: skipLines.value,
        comment: comment.value,
        header: header.value,
        decimal: decimal.value,
        nullValues: nullValues.value,
        types: found.columns.map(({ type }) => type.replace(/\(.*/, '')),
      }).toEqual({
        encoding: written.encoding,
        delimiter: written.delimiter,
        quote: written.quote,
        skipLines: written.preamble,
        comment: written.comments ? '#' : null,
        header: true,
        decimal: written.decimal,
        nullValues: [...new Set(['', written.token])],
        types: ['integer', 'text', 'numeric'],
      });
      const csv = {
        delimiter: delimiter.value,
        quote: quote.value,
        escape: sign.value,
        comment: comment.value,
        skipLines: skipLines.value,
        header: header.value,
        nullValues: [...nullValues.value],
      };
      // The reader finds the encoding out by itself.
      const heard = await hear(bytes, { csv });
      expect([heard.error, heard.broken, rowsOf(heard, ['id', 'name', 'amount'])]).toEqual([undefined, [], table]);
    }),
    { numRuns: 1_000 },
  );
});
