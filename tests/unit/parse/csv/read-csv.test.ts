import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { failure, type HeardFile, hear, rowsOf, type SourceInput } from '../records.ts';

type Csv = NonNullable<SourceInput['csv']>;

const read = (text: string | Buffer, csv: Csv = {}, source: SourceInput = {}) =>
  hear(text, { ...source, csv: { delimiter: ',', ...csv } });

/** The rows of a file whose header is `a,b` (or as many letters), nulls as null. */
async function rows(text: string | Buffer, csv: Csv = {}, columns = ['a', 'b']): Promise<unknown> {
  const heard = await read(text, csv);
  return heard.error ?? (heard.broken.length > 0 ? heard.broken : rowsOf(heard, columns));
}

const told = ({ broken }: HeardFile) => broken.map(({ line, raw, message }) => [line, raw, message]);

describe('fields', () => {
  it.each<[string, string, unknown, Csv?]>([
    [
      'plain ones',
      'a,b\n1,2\n3,4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['without a line end at the end', 'a,b\n1,2', [['1', '2']]],
    ['quoted ones with delimiters', 'a,b\n"1,5","2"\n', [['1,5', '2']]],
    ['quoted line ends, kept as they are', 'a,b\n"x\r\ny\rz","2\n"\n', [['x\r\ny\rz', '2\n']]],
    ['doubled quotes', 'a,b\n"say ""hi""",""""\n', [['say "hi"', '"']]],
    ['empty ones are absent, empty quoted ones are not', 'a,b\n,""\n', [[null, '']]],
    ['blanks belong to unquoted fields', 'a,b\n 1 ,2\n', [[' 1 ', '2']]],
    ['blanks around quotes do not', 'a,b\n "1" ,\t"2"\n', [['1', '2']]],
    [
      'CR, LF and CRLF mixed',
      'a,b\r1,2\n3,4\r\n5,6\r',
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'empty lines between records',
      'a,b\n\n1,2\r\n\r\n\n3,4\n\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['letters beyond ASCII', 'a,b\n"Đặng, Ánh",村😀\n', [['Đặng, Ánh', '村😀']]],
    ['semicolons', 'a;b\n1,5;"x;y"\n', [['1,5', 'x;y']], { delimiter: ';' }],
    ['tabs', 'a\tb\n1\t 2\n', [['1', ' 2']], { delimiter: '\t' }],
    ['bars', 'a|b\n1|\n', [['1', null]], { delimiter: '|' }],
    ['single quotes', "a,b\n'1,''5',\"2\"\n", [["1,'5", '"2"']], { quote: "'", escape: "'" }],
    ['backslashes before quotes', 'a,b\n"say \\"hi\\"","C:\\new\\\\"\n', [['say "hi"', 'C:\\new\\']], { escape: '\\' }],
    ['no escape: a quote closes', 'a,b\n"1","2"\n', [['1', '2']], { escape: null }],
    ['no quotes: they are text', 'a,b\n"1,2"\n', [['"1', '2"']], { quote: null, escape: null }],
    ['no quotes, backslashes', 'a,b\n1\\,5,x\\\ny\\\\\n', [['1,5', 'x\ny\\']], { quote: null, escape: '\\' }],
    ['comments', '#x\na,b\n# "\n1,2\n#', [['1', '2']], { comment: '#' }],
    ['longer comment signs', '-- x\na,b\n-1,2\n', [['-1', '2']], { comment: '--' }],
    ['a preamble', 'Report "2024\n\na,b\n1,2\n', [['1', '2']], { skipLines: 2 }],
    [
      'null tokens without quotes',
      'a,b\nNULL,\\N\n"NULL",\n',
      [
        [null, null],
        ['NULL', ''],
      ],
      { nullValues: ['NULL', '\\N'] },
    ],
    ['a null token with quotes', 'a,b\n"",\n', [[null, '']], { nullValues: ['""'] }],
  ])('reads %s', async (_, text, expected, csv = {}) => {
    expect(await rows(text, csv)).toEqual(expected);
  });

  it('takes a delimiter of several bytes for one only where all of them stand', async () => {
    const heard = await hear('a§b\n1§©2\n', { csv: { delimiter: '§' } });
    expect(rowsOf(heard, ['a', 'b'])).toEqual([['1', '©2']]);
  });

  it('names lines as an editor counts them', async () => {
    const { lines } = await read('a,b\r\n1,"\n\n"\r\n\r\n2,3\r4,5');
    expect(lines).toEqual([2, 6, 7]);
  });

  it.each([1, 2, 3, 7])('reads the same in chunks of %i bytes', async (size) => {
    const text = '\ufeff#c\r\na,"b"\r\n"x\r\ny""z" ,2\r\n\r\n3,"Đ"\r4,5,6\n"7" x,8\n9,\r\n';
    const options = { csv: { delimiter: ',', comment: '#' } };
    const whole = await hear(text, options);
    expect(await hear(text, options, size)).toEqual(whole);
    expect(rowsOf(whole, ['a', 'b'])).toEqual([
      ['x\r\ny"z', '2'],
      ['3', 'Đ'],
      ['9', null],
    ]);
    expect(whole.broken.map(({ line }) => line)).toEqual([7, 8]);
  });

  it('reads a field that is longer than many chunks', async () => {
    const long = 'x""\n'.repeat(100_000);
    const heard = await hear(`a\n"${long}"\n`, { csv: { delimiter: ',' } }, 4096);
    expect(heard.records[0]?.[1]).toEqual([['a', long.replaceAll('""', '"')]]);
  });
});

describe('columns', () => {
  const names = async (text: string, csv: Csv = {}) => (await read(text, csv)).records[0]?.[1];

  it('are named by the header, blanks around names left out', async () => {
    expect(await names(' id ,"Diện tích (m²)",a:b\n1,2,3')).toEqual([
      ['id', '1'],
      ['Diện tích (m²)', '2'],
      ['a:b', '3'],
    ]);
  });

  it('without a name, or with one that came before, get a number', async () => {
    const heard = await names('a,,a,a_2,\n1,2,3,4,5');
    expect(heard).toEqual([
      ['a', '1'],
      ['column2', '2'],
      ['a_3', '3'],
      ['a_2', '4'],
      ['column5', '5'],
    ]);
  });

  it('without a header are numbered, or named by the mapping', async () => {
    expect(await names('1,2', { header: false })).toEqual([
      ['column1', '1'],
      ['column2', '2'],
    ]);
    expect(await names('1,2', { header: false, columns: ['x', 'y'] })).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
    expect(await names('a,b\n1,2', { columns: ['x', 'y'] })).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
  });
});

describe('a broken record is told with its line and text, and the next ones are read', () => {
  it.each<[string, string, unknown, Csv?]>([
    ['too many fields', '1,2,3', 'The record has 3 fields where the header has 2 columns'],
    ['too few fields', '1', 'The record has 1 field where the header has 2 columns'],
    ['a quote inside a field', '1,5" pipe', 'A quotation mark stands inside a field without quotes'],
    ['text behind a closing quote', '"1"x,2', 'Text follows the closing quotation mark of a field'],
    ['a quoted line end, and then too much', '"1\n",2,3', expect.stringContaining('(the record takes lines 3 to 4)')],
    ['a quote that the next record closes', '"1,2\n"3",4', expect.stringContaining('(the record takes lines 3 to 4)')],
  ])('%s', async (_, broken, message) => {
    const heard = await read(`a,b\n1,2\n${broken}\n5,6\n`);
    expect(told(heard)).toEqual([[3, broken, message]]);
    expect(rowsOf(heard, ['a', 'b'])).toEqual([
      ['1', '2'],
      ['5', '6'],
    ]);
  });

  it('keeps at most 1,000 characters of its text', async () => {
    const { broken } = await read(`a,b\n${'Đ'.repeat(3_000)}\n`);
    expect(broken[0]?.raw).toBe(`${'Đ'.repeat(999)}…`);
  });

  it('counts the fields by the first record where there is no header', async () => {
    expect(told(await read('1,2\n3\n', { header: false }))).toEqual([
      [2, '3', expect.stringContaining('the file has 2 columns')],
    ]);
  });
});

describe('a file is refused whole', () => {
  it('when a quote is never closed, with the place where it opens', async () => {
    const heard = await read('a,b\n1,2\n3,"x\n5,6\n7,8\n');
    expect(failure(heard)).toBe('CSV_UNCLOSED_QUOTE 3:3');
    expect(heard.error?.message).toContain('to line 6');
    expect(failure(await hear('a,b\n1,2\n3,"x\n5,6\n7,8\n', { csv: { delimiter: ',' } }, 3))).toBe(
      'CSV_UNCLOSED_QUOTE 3:3',
    );
  });

  it.each([
    ['it is empty', '', 'EMPTY_FILE 1:1'],
    ['it has no header line', '\n\n', 'CSV_HEADER_BROKEN 3:1'],
    ['its header line is broken', '\n"a"b,c\n1,2', 'CSV_HEADER_BROKEN 2:1'],
    ['it is shorter than what is to be skipped', 'a,b\n', 'CSV_HEADER_BROKEN 2:1', { skipLines: 3 }],
  ])('when %s', async (_, text, expected, csv: Csv = {}) => {
    expect(failure(await read(text, csv))).toBe(expected);
  });

  it('when a byte means nothing in its encoding, with the byte’s offset', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeffa,b\n1,"Đ'), Buffer.of(0xff), Buffer.from('"\n')]);
    for (const size of [undefined, 1, 5]) {
      const heard = await hear(bytes, { csv: { delimiter: ',' } }, size);
      expect(failure(heard)).toBe('ENCODING_INVALID_BYTES 2:5');
      expect(heard.error?.message).toBe('The byte at offset 12 cannot be decoded as UTF-8.');
    }
  });
});

describe('encodings', () => {
  const text = 'tên;số\nĐặng Văn Ánh;1\n"Cờ ; đỏ";2\n';
  const columns = ['tên', 'số'];
  const expected = [
    ['Đặng Văn Ánh', '1'],
    ['Cờ ; đỏ', '2'],
  ];

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with one', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with one', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16LE without one', Buffer.from(text, 'utf16le')],
  ])('are found by themselves: %s', async (_, bytes) => {
    for (const size of [undefined, 1, 1000]) {
      expect(rowsOf(await hear(bytes, { csv: { delimiter: 'auto' } }, size), columns)).toEqual(expected);
    }
  });

  it('of one byte per character are decoded as named, and guessed', async () => {
    const vietnamese = 'tên;số\nĐặng Văn Ánh;1\n';
    const decomposed = vietnamese.normalize('NFC').replaceAll(/[ặÁếốờỏ]/g, (letter) => DECOMPOSED[letter] ?? letter);
    const bytes = iconv.encode(decomposed, 'windows-1258');
    const normal = (heard: HeardFile) => heard.records.map(([, content]) => JSON.stringify(content).normalize('NFC'));
    const named = await hear(bytes, { encoding: 'windows-1258', csv: { delimiter: ';' } });
    expect(normal(named)).toEqual(['[["tên","Đặng Văn Ánh"],["số","1"]]']);
    expect(normal(await hear(bytes, {}))).toEqual(normal(named));
    const french = iconv.encode('nom;prix\nCafé crème à l’été;3\n', 'windows-1252');
    expect(rowsOf(await hear(french, {}), ['nom', 'prix'])).toEqual([['Café crème à l’été', '3']]);
  });
});

/** As windows-1258 writes them: a letter it has, and an accent. */
const DECOMPOSED: Readonly<Record<string, string>> = {
  ặ: 'ă\u0323',
  Á: 'A\u0301',
  ế: 'ê\u0301',
  ố: 'ô\u0301',
  ờ: 'ơ\u0300',
  ỏ: 'o\u0309',
};
