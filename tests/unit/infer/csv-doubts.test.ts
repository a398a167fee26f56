import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CsvKnown } from '#contract/csv-settings';
import type { UncertaintyCode } from '#contract/inference';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** What is inferred from one CSV file, or several. */
async function infer(files: string | Readonly<Record<string, string>>, csv: CsvKnown = {}) {
  writeFiles(folder.path, typeof files === 'string' ? { 'list.csv': files } : files);
  const { mapping, report } = await inferMapping([folder.path], { csv }, { signal: AbortSignal.timeout(20_000) });
  const columns = (mapping.tables[0]?.columns ?? []).map(({ name, type, nullValues }) =>
    nullValues === undefined ? `${name} ${type}` : `${name} ${type} ${JSON.stringify(nullValues)}`,
  );
  const told = (code: UncertaintyCode) =>
    report.uncertain
      .filter((one) => one.code === code)
      .map(({ column, decided, why }) => [...(column === undefined ? [] : [column]), decided, why].join(': '));
  return { mapping, columns, told };
}

describe('words for no value', () => {
  it('are none in a column of texts, and are null in a column of numbers beside it', async () => {
    const { mapping, columns, told } = await infer(
      'id,country,surname,v\n1,NA,Smith,NA\n2,VN,Null,5\n3,NA,Ho,7\n4,VN,NULL,N/A\n',
    );
    expect(mapping.source.csv?.nullValues).toEqual(['']);
    expect(columns).toEqual(['id integer', 'country text', 'surname text', 'v integer ["NA","N/A"]']);
    expect(told('NULL_WORDS')).toEqual([
      'country: kept as text; "nullValues" on the column would make it null: 2 of 4 values are "NA"',
      'surname: kept as text; "nullValues" on the column would make it null: 1 of 4 values is "Null", 1 is "NULL"',
      'v: null: 1 of 4 values is "NA", 1 is "N/A", all others are of type integer',
    ]);
  });

  it('are found behind the first 256 kB too', async () => {
    const rows = Array.from({ length: 40_000 }, (_, at) => `${at},${at % 90}.5\n`).join('');
    const { columns } = await infer(`id,v\n${rows}40000,n/a\n`);
    expect(columns).toEqual(['id integer', 'v numeric(11,1) ["n/a"]']);
  });

  it('are \\N in every column, and text where a column holds nothing else', async () => {
    const { columns, told } = await infer('id,name,note\n1,\\N,-\n2,b,-\n');
    expect(columns).toEqual(['id integer', 'name text ["\\\\N"]', 'note text']);
    expect(told('NULL_WORDS')).toHaveLength(2);
  });

  it('are what somebody says, and no others', async () => {
    const { mapping, columns } = await infer('id,v\n1,NULL\n2,-\n3,5\n', { nullValues: ['', 'NULL'] });
    expect(mapping.source.csv?.nullValues).toEqual(['', 'NULL']);
    expect(columns).toEqual(['id integer', 'v text']);
  });

  it('count as values for the key of a column of texts', async () => {
    const { mapping } = await infer('code,v\nNA,1\nVN,2\nUS,3\nNA,4\n');
    expect(mapping.tables[0]?.key ?? []).toEqual([]);
  });

  it('are judged over all files of a table', async () => {
    const { columns } = await infer({ 'a/x.csv': 'id,v\n1,NA\n2,5\n', 'b/x.csv': 'id,v\n3,NA\n4,north\n' });
    expect(columns).toEqual(['id integer', 'v text']);
  });
});

describe('quotation marks', () => {
  const quoteOf = (mapping: Awaited<ReturnType<typeof infer>>['mapping']) => mapping.source.csv?.quote;

  it.each([
    ['one is never closed', 'id,note\n1,"x"\n2,"abc\n3,"z"\n4,"w"\n'],
    ['text follows one', 'id,note\n1,"x"\n2,"abc"d\n3,"z"\n4,w\n'],
    ['one is open where nothing else is quoted but a field with a delimiter', 'id,note\n1,"x, y"\n2,"abc\n3,"z"\n'],
  ])('still quote where %s', async (_, text) => {
    const { mapping, told } = await infer(text);
    expect(quoteOf(mapping)).toBe('"');
    expect(told('QUOTES_AS_TEXT')).toEqual([]);
    expect(told('BROKEN_RECORDS')).toHaveLength(1);
  });

  it('refuse a file in which the last one is never closed, as a load would', async () => {
    const text = 'id,note\n1,"x"\n2,"y"\n3,"never\n4,z\n';
    await expect(infer(text)).rejects.toMatchObject({ code: 'ALL_FILES_FAILED', place: { line: 4 } });
  });

  it('are text where none encloses a field, and that is told', async () => {
    const { mapping, told } = await infer('1,"a\n2,b\n3,c"d\n');
    expect(quoteOf(mapping)).toBeNull();
    expect(told('QUOTES_AS_TEXT')).toEqual([
      'quotation marks are part of the values: list.csv: no field stands in quotation marks, and taken as quotes they would break 1 record of what was looked at',
    ]);
  });
});

describe('the header', () => {
  it.each([
    ['1,a\n2,b\n', '"1" in it is a value, not a name'],
    ['Name,Place\nName,Place\nName,Town\n', 'it is like the lines below it'],
  ])('that is not found is told with the reason', async (text, why) => {
    const { told } = await infer(text);
    const decided = 'no header was found: the columns are column1, column2 and so on, and the first line is a record';
    expect(told('NO_HEADER')).toEqual([`${decided}: list.csv: ${why}`]);
  });

  it('is not told of where somebody said so, or where it was found', async () => {
    const said = await infer('1,a\n2,b\n', { header: false });
    expect(said.told('NO_HEADER')).toEqual([]);
    const found = await infer('id,name\n1,a,\n2,b,\n3,c,\n');
    expect([found.columns, found.told('NO_HEADER'), found.told('LINES_SKIPPED')]).toEqual([
      ['id integer', 'name text'],
      [],
      [],
    ]);
  });

  it('has lines above it that are told', async () => {
    const { told } = await infer('Sales report\nMade by me\n\nid,name,amount\n1,a,5\n2,b,6\n');
    expect(told('LINES_SKIPPED')).toEqual([
      'the first 3 lines are left out: list.csv: they have another number of fields than the lines below, or hold little but delimiters',
    ]);
  });

  it('is found below a line for Excel, in a file among others', async () => {
    const { columns, mapping } = await infer({ 'a.csv': 'sep=;\nid;name\n1;a\n2;b\n', 'b.csv': 'id;name\n3;c\n' });
    expect(columns).toEqual(['id integer', 'name text']);
    expect(mapping.source.csv).toMatchObject({ delimiter: ';', skipLines: 0, header: true });
  });
});

describe('a line of totals', () => {
  it.each([
    ['Total', 'id,name,amount\n1,a,5\n2,b,6\nTotal,,11\n'],
    ['Tổng cộng:', 'tên;số\na;5\nb;6\n;\nTổng cộng:;11\n'],
  ])('at the end of a file is a record, and told: %s', async (text, content) => {
    const { told } = await infer(content);
    expect(told('TOTALS_LINE')).toEqual([
      `it is a record like the others: list.csv: the last line begins with "${text}", as a line of totals does`,
    ]);
  });

  it.each([
    ['a word that only begins so', 'name,n\na,1\nTotalEnergies,2\n'],
    ['a kind of row that comes again', 'kind,n\nTotal,1\na,3\nTotal,2\n'],
  ])('is not seen in %s', async (_, content) => {
    expect((await infer(content)).told('TOTALS_LINE')).toEqual([]);
  });
});
