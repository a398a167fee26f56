/** What a CSV reader must get right, in the least of text; a header line stands before each. */
export interface CsvProbe {
  readonly name: string;
  /** Behind the header `a,b`. */
  readonly text: string;
  /** Whether a byte order mark stands before the header, which must not become part of the first column's name. */
  readonly mark?: boolean;
  /** Behind the header; \n unless it says otherwise. */
  readonly lineEnd?: string;
  /** null: there is something wrong with the file, which the reader must say. */
  readonly rows: readonly (readonly string[])[] | null;
}

const LONG = 'Đất ở, đất vườn\n'.repeat(40);

export const CSV_PROBES: readonly CsvProbe[] = [
  { name: 'plain', text: '1,x\n2,y\n', rows: rows('1,x', '2,y') },
  { name: 'no line end at the end', text: '1,x\n2,y', rows: rows('1,x', '2,y') },
  { name: 'CRLF', text: '1,x\r\n2,y\r\n', rows: rows('1,x', '2,y'), lineEnd: '\r\n' },
  { name: 'LF and CRLF mixed', text: '1,x\r\n2,y\n3,z\r\n', rows: rows('1,x', '2,y', '3,z') },
  {
    name: 'empty fields',
    text: '1,\n,y\n',
    rows: [
      ['1', ''],
      ['', 'y'],
    ],
  },
  { name: 'delimiter in quotes', text: '1,"x,y"\n', rows: [['1', 'x,y']] },
  {
    name: 'doubled quotes',
    text: '1,"nói ""được"""\n"""",y\n',
    rows: [
      ['1', 'nói "được"'],
      ['"', 'y'],
    ],
  },
  {
    name: 'line break in quotes',
    text: '1,"x\ny"\n2,"\r\n"\n',
    rows: [
      ['1', 'x\ny'],
      ['2', '\r\n'],
    ],
  },
  {
    name: 'long text with line breaks',
    text: `1,"${LONG}"\n2,y\n`,
    rows: [
      ['1', LONG],
      ['2', 'y'],
    ],
  },
  { name: 'spaces kept', text: '1, x \n', rows: [['1', ' x ']] },
  { name: 'letters of several bytes', text: '1,Nguyễn Thị Thủy 𠮷\n', rows: [['1', 'Nguyễn Thị Thủy 𠮷']] },
  { name: 'byte order mark', text: '1,x\n', rows: rows('1,x'), mark: true },
  { name: 'open quote reported', text: '1,"x\n2,y\n3,z\n', rows: null },
  { name: 'missing field reported', text: '1,x\n2\n3,z\n', rows: null },
  { name: 'extra field reported', text: '1,x\n2,y,z\n', rows: null },
];

/** The file: header and text. */
export function probeFile({ text, mark = false, lineEnd = '\n' }: CsvProbe): Buffer {
  return Buffer.from(`${mark ? '\uFEFF' : ''}a,b${lineEnd}${text}`);
}

function rows(...lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.split(','));
}
