import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { CONFIDENT } from '#engine/parse/csv/sniff/guess';
import { type CsvGuess, sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import { hear, rowsOf } from '../records.ts';

const sniff = (text: string | Buffer) => sniffCsv(Buffer.from(text as string));

/** What was guessed, without how sure it is: only what differs from the usual. */
function told({ delimiter, quote, escape: sign, comment, skipLines, header, decimal, nullValues }: CsvGuess) {
  const all = {
    delimiter: delimiter.value,
    quote: quote.value,
    escape: sign.value,
    comment: comment.value,
    skipLines: skipLines.value,
    header: header.value,
    decimal: decimal.value,
    nullValues: nullValues.value.slice(1),
  };
  const usual = { delimiter: ',', quote: '"', escape: '"', comment: null, skipLines: 0, header: true, decimal: '.' };
  return Object.fromEntries(
    Object.entries({ ...all, nullValues: all.nullValues.length > 0 ? all.nullValues : undefined }).filter(
      ([key, value]) => value !== undefined && value !== usual[key as keyof typeof usual],
    ),
  );
}

const types = ({ columns }: CsvGuess) =>
  Object.fromEntries(columns.map(({ name, type, formats }) => [name, formats ? `${type} ${formats}` : type]));

describe('the dialect', () => {
  it.each<[string, string, object]>([
    ['commas', 'id,name\n1,a\n2,b\n', {}],
    ['semicolons and decimal commas', 'id;price\n1;1,5\n2;2,25\n', { delimiter: ';', decimal: ',' }],
    ['tabs', 'id\tname\n1\ta, b\n2\tc\n', { delimiter: '\t' }],
    ['bars', 'id|name\n1|a;b\n2|c\n', { delimiter: '|' }],
    ['a rarer delimiter', 'id^name\n1^a\n2^b\n', { delimiter: '^' }],
    ['delimiters inside quotes', 'id,"a;b"\n1,"x;y;z"\n2,"x;y"\n3,";"\n', {}],
    ['line ends inside quotes', 'id,note\n1,"a\nb,c\nd"\n2,"x"\n', {}],
    ['doubled quotes', 'id,note\n1,"say ""hi"", he"\n2,""""\n', {}],
    ['backslashes before quotes', 'id,note\n1,"say \\"hi\\", he"\n2,"\\""\n', { escape: '\\' }],
    ['single quotes', "id,note\n1,'a,b'\n2,'c,''d'\n", { quote: "'", escape: "'" }],
    [
      'quotation marks as text',
      'size|part\n5"|pipe\n"6|pipe\n7|"x" y\n',
      { delimiter: '|', quote: null, escape: null },
    ],
    ['CRLF', 'id;name\r\n1;a\r\n2;b\r\n', { delimiter: ';' }],
    ['CR', 'id;name\r1;a\r2;b\r', { delimiter: ';' }],
    ['no header', '1,a\n2,b\n', { header: false }],
    ['comments', '# made today, by hand\nid,name\n1,a\n# pause\n2,b\n', { comment: '#' }],
    [
      'a preamble',
      'Land register\nCommune: 08071\n\nid;name;area\n1;a;2\n2;b;3\n3;c;4\n',
      { delimiter: ';', skipLines: 3 },
    ],
    [
      'a preamble filled up to the fields of the table',
      'Land register;;\n;;\nCommune 08071;;2024\nid;name;area\n1;a;2\n2;b;3\n',
      { delimiter: ';', skipLines: 3 },
    ],
    ['years as names', 'region;2019;2020;2021\nNorth;1,5;2;3\nSouth;4;5;6\n', { delimiter: ';', decimal: ',' }],
    ['years alone as names', '2019;2020;2021\n5;6;7\n8;9;9\n', { delimiter: ';' }],
    ['years below a name', 'id;2019\n1;7\n2;8\n', { delimiter: ';' }],
    ['years with gaps as names', 'name,1990,2000,2005\nA,5,6,7\nB,8,9,9\n', {}],
    ['a delimiter at the end of all lines but the header', 'id,name\n1,a,\n2,b,\n3,c,\n', {}],
    ['the same below a preamble', 'Report\nof 2024\nid;name\n1;a;\n2;b;\n3;c;\n', { delimiter: ';', skipLines: 2 }],
    [
      'a title above a header that ends with a delimiter too',
      'Report;a\nid;name;\n1;a;\n2;b;\n',
      { delimiter: ';', skipLines: 1 },
    ],
    ['a line for Excel', 'sep=;\nid;name\n1;a,b\n2;c,d\n', { delimiter: ';' }],
    [
      'a line for Excel and a preamble',
      '"sep=|"\r\nReport\r\nid|name\r\n1|a\r\n2|b\r\n',
      { delimiter: '|', skipLines: 2 },
    ],
    ['years as values', '2019;2020\n2020;2021\n', { delimiter: ';', header: false }],
    ['tokens for nothing in the first line', 'N/A,1\n5,2\n', { header: false, nullValues: ['N/A'] }],
    ['null tokens', 'id,n\n1,NULL\n2,5\n3,N/A\n4,N/A\n', { nullValues: ['NULL', 'N/A'] }],
    ['times and addresses', 'at,url\n10:30:00,http://a.b/c\n11:30:00,http://a.b/d\n', {}],
    ['one column', 'name\na b\nc\n', {}],
    ['one column with delimiters in it', 'name\nalpha\nbeta, gamma\ndelta;x\n', { delimiter: '\t' }],
    ['one column, longer than what is looked at', `name\n${'a b c d\n'.repeat(40_000)}e, f\n`, { delimiter: '\u0001' }],
    ['a single line', 'a;b;c', { delimiter: ';' }],
  ])('%s', (_, text, expected) => {
    expect(told(sniff(text))).toEqual(expected);
  });

  it('is stated with how sure it is and why', () => {
    const { delimiter } = sniff('id;name\n1;a\n2;b\n');
    expect(delimiter).toEqual({
      value: ';',
      confidence: 0.95,
      evidence: { code: 'EVEN_RECORDS', facts: { even: 3, records: 3, fields: 2 } },
    });
  });

  it.each([
    ['numbers that count', '1;2;3\n4;5;6\n', false],
    ['years that could be values', '2019;2020;2021\n5;6;7\n', true],
    ['names like the texts below', 'a;b\nc;d\n', true],
    ['a number beside names', 'id;2019\n1;7\n', true],
  ])('is not called sure of its header with %s', (_, text, value) => {
    const { header } = sniff(text);
    expect(header.value).toBe(value);
    expect(header.confidence).toBeLessThan(CONFIDENT);
  });

  it('is not called sure of its first line where one below may be the header', () => {
    const { skipLines, header } = sniff('Xã;năm;loại\nid;tên;diện tích\n1;a;2\n2;b;3\n');
    expect([skipLines.value, header.value]).toEqual([0, true]);
    expect(Math.max(skipLines.confidence, header.confidence)).toBeLessThan(CONFIDENT);
  });

  it.each([
    ['two delimiters that would both do', 'a,b;c\nd,e;f\n'],
    ['one line', 'a,b,c\n'],
    ['one column', 'a\nb\n'],
    ['ragged records', 'a,b,c\n1,2\n1,2,3,4\n1,2,3\n'],
    ['quotes of which one is open', 'a,b\n"1,2\n3,4\n'],
  ])('is not called sure with %s', (_, text) => {
    expect(sniff(text).delimiter.confidence).toBeLessThan(CONFIDENT);
  });

  it('is the same however the file arrives, and found in its first 256 kB alone', async () => {
    const lines = Array.from({ length: 30_000 }, (_, at) => `${at};"x, ${at}";1,5\n`);
    const text = `id;name;n\n${lines.join('')}1,2,3,4\n`;
    const whole = await hear(text, {});
    expect(rowsOf(whole, ['id', 'name', 'n'])[29_999]).toEqual(['29999', 'x, 29999', '1,5']);
    expect(await hear(text, {}, 1000)).toEqual(whole);
    expect(whole.broken).toHaveLength(1);
  });

  it.each([
    ['guessed', {}],
    ['said', { delimiter: ';' }],
    ['skipped by hand', { skipLines: 1 }],
  ])('leaves out the line for Excel, the delimiter %s', async (_, csv) => {
    for (const encoding of ['utf8', 'utf-16le'] as const) {
      const file = iconv.encode('sep=;\r\nid;name\r\n1;a,b\r\n', encoding, { addBOM: true });
      expect(rowsOf(await hear(file, { csv }, 7), ['id', 'name'])).toEqual([['1', 'a,b']]);
    }
  });

  it('passes over what is never there behind the last delimiter of a line, and rejects what it cannot place', async () => {
    const text = 'id,name,note\n1,a,x,\n2,b,,\n3,c, d,y,\n4,e,z\n';
    const heard = await hear(`${text}6,g,x,\n7,h,x,\n`, {});
    expect(rowsOf(heard, ['id', 'name', 'note'])).toEqual([
      ['1', 'a', 'x'],
      ['2', 'b', null],
      ['6', 'g', 'x'],
      ['7', 'h', 'x'],
    ]);
    expect(heard.broken).toHaveLength(2);
    // Something stands there once: then nobody knows what belongs where.
    const doubtful = await hear(`${text}5,f,x,q\n`, {});
    expect(rowsOf(doubtful, ['id', 'name', 'note'])).toEqual([['4', 'e', 'z']]);
  });

  it('leaves the values of a single column whole, whatever stands in them', async () => {
    const heard = await hear('name\nalpha\nbeta, gamma\ndelta;x\n', {});
    expect(heard.broken).toEqual([]);
    expect(rowsOf(heard, ['name'])).toEqual([['alpha'], ['beta, gamma'], ['delta;x']]);
  });

  it('is guessed only as far as the mapping leaves it open', async () => {
    const heard = await hear("a,b\n'1,2',3\n", { csv: { quote: "'", escape: "'" } });
    expect(rowsOf(heard, ['a', 'b'])).toEqual([['1,2', '3']]);
  });
});

describe('types are the narrowest that all values fit', () => {
  const column = (...values: string[]) => {
    const [guess] = sniff(`n;x\n${values.map((value) => `${value};y`).join('\n')}\n`).columns;
    return guess?.formats ? `${guess.type} ${guess.formats.join()}` : guess?.type;
  };

  it.each<[string, string[]]>([
    ['integer', ['1', '-2', '0', '2147483647']],
    ['bigint', ['1', '2147483648', '9223372036854775807']],
    ['text', ['1', '9223372036854775808']],
    ['text', ['08071', '8072']],
    ['text', ['8072', '08071']],
    ['text', ['00', '1']],
    ['text', ['+84901', '1']],
    ['text', ['1', 'x']],
    ['text', ['1', '2024-01-01']],
    ['numeric(12,2)', ['1', '2.50', '1,234.5']],
    ['numeric(12,2)', ['0.5', '-12.25']],
    ['double precision', ['1.0e5', '2.5e-7', '3.5']],
    ['boolean', ['true', 'FALSE']],
    ['date', ['2024-01-31', '2024-02-29']],
    ['text', ['2024-01-31', '2023-02-29']],
    ['date dd/MM/yyyy', ['31/12/2024', '1/2/2024']],
    ['date MM/dd/yyyy', ['12/31/2024', '01/02/2024']],
    ['text', ['31/12/2024', '12/31/2024']],
    ['date dd.MM.yyyy', ['31.12.2024']],
    ['timestamp', ['2024-01-31 10:00', '2024-01-31T10:00:00.5']],
    ['timestamptz', ['2024-01-31T10:00:00Z', '2024-01-31 10:00:00+07:00']],
    ['time', ['08:30', '23:59:59']],
    ['uuid', ['3f2504e0-4f89-41d3-9a0c-0305e82c3301']],
    ['integer', ['1', '', 'NULL', '3']],
    ['text', ['', '']],
  ])('%s: %j', (type, values) => {
    expect(column(...values)).toBe(type);
  });

  it('a date that can be read in two ways is not called sure, and kept as text', () => {
    const [guess] = sniff('d,x\n01/02/2024,y\n03/04/2024,y\n').columns;
    expect(guess).toMatchObject({ type: 'text', doubt: { code: 'TYPE_AMBIGUOUS_DATE' } });
  });

  it('names, types and values are those of the columns as they are read', () => {
    const text = 'Mã;Diện tích (m²);;Mã\n08071;1.234,5;a;1\n08072;2,25;b;2\n';
    expect(types(sniff(text))).toEqual({
      Mã: 'text',
      'Diện tích (m²)': 'numeric(12,2)',
      column3: 'text',
      Mã_2: 'integer',
    });
  });
});

describe('the encoding', () => {
  const encodingOf = (bytes: Buffer) => sniffCsv(bytes).encoding.value;

  it.each([
    ['UTF-8', Buffer.from('tên,số\nÁnh,1\n')],
    ['UTF-8', Buffer.from('a,b\n1,2\n')],
    ['UTF-16LE', Buffer.from('\ufeffa,b\n', 'utf16le')],
    ['UTF-16LE', Buffer.from('tên;số\nÁnh;1\n', 'utf16le')],
    ['UTF-16BE', Buffer.from('a;b\nÁnh;1\n', 'utf16le').swap16()],
    ['windows-1252', iconv.encode('nom;prix\nCafé crème, où, così è;3\n', 'windows-1252')],
    ['windows-1258', iconv.encode('tên;xã\nPha\u0323m Văn Đư\u0301c;Vi\u0303nh Tha\u0300nh\n', 'windows-1258')],
  ])('%s', (encoding, bytes) => {
    expect(encodingOf(bytes)).toBe(encoding);
  });

  it('of damaged UTF-8 stays UTF-8, so that the damage is told', async () => {
    const bytes = Buffer.concat([Buffer.from('tên,số\nĐặng Văn Ánh,1\n'), Buffer.of(0xe1), Buffer.from('x,2\n')]);
    expect(encodingOf(bytes)).toBe('UTF-8');
    expect((await hear(bytes, {})).error?.code).toBe('ENCODING_INVALID_BYTES');
  });

  it('does not hang on where the sample ends', () => {
    const text = Buffer.from(`a,b\n${'Đặng,村\n'.repeat(40_000)}`);
    for (let cut = 0; cut < 4; cut++) expect(encodingOf(text.subarray(cut, 300_000))).toBe('UTF-8');
  });
});
