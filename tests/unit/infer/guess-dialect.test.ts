import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CsvDialectFacts } from '#contract/inference';
import { guessDialect } from '#engine/door';
import type { GuessDialectOptions } from '#engine/load/guess-dialect';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function guess(content: string | Buffer, options: GuessDialectOptions = {}) {
  writeFiles(folder.path, { 'a.csv': content });
  return guessDialect([folder.path], options, { signal: AbortSignal.timeout(10_000) });
}

const valuesOf = (dialect: CsvDialectFacts) =>
  Object.fromEntries(Object.entries(dialect).map(([name, { value }]) => [name, value]));

describe('how a CSV file is written', () => {
  test('is told with the confidence and the evidence of each part, and the first records as a load reads them', async () => {
    const found = await guess(
      iconv.encode('Xã Đông\nmã;diện tích;loại\n08071;1,5;"a;b"\n08072;NULL;\n08073;2,5\n', 'utf-16le'),
    );
    expect(valuesOf(found.dialect)).toEqual({
      encoding: 'UTF-16LE',
      delimiter: ';',
      quote: '"',
      escape: '"',
      comment: null,
      skipLines: 1,
      header: true,
      decimal: ',',
      nullValues: ['', 'NULL'],
    });
    expect(found.dialect.skipLines.evidence).toEqual({ code: 'PREAMBLE', facts: { lines: 1 } });
    expect(found.dialect.quote.evidence).toEqual({ code: 'FIELDS_QUOTED', facts: { fields: 1 } });
    expect(found.columns).toEqual([
      { name: 'mã', type: 'text', doubt: expect.objectContaining({ code: 'TYPE_LEADING_ZERO' }) },
      { name: 'diện tích', type: 'numeric(11,1)' },
      { name: 'loại', type: 'text' },
    ]);
    expect(found.records).toEqual([
      { line: 3, values: ['08071', '1,5', 'a;b'] },
      { line: 4, values: ['08072', null, null] },
      { line: 5, raw: '08073;2,5', message: 'The record has 2 fields where the header has 3 columns' },
    ]);
  });

  test('follows what somebody says of some part, and guesses the rest so that it fits', async () => {
    const text = 'a,b;c\n1,2;3\n';
    const said = await guess(text, { csv: { delimiter: ',' }, decimal: ',' });
    expect([said.dialect.delimiter, said.dialect.decimal.evidence.code]).toEqual([
      { value: ',', confidence: 1, evidence: { code: 'GIVEN', facts: {} } },
      'GIVEN',
    ]);
    expect(said.records).toEqual([{ line: 2, values: ['1', '2;3'] }]);
    const bare = await guess(text, { csv: { delimiter: ';', header: false, nullValues: ['c'] } });
    expect(bare.records).toEqual([
      { line: 1, values: ['a,b', null] },
      { line: 2, values: ['1,2', '3'] },
    ]);
    const named = await guess(text, { csv: { delimiter: ';', skipLines: 1, header: false, columns: ['x', 'y'] } });
    expect([named.columns.map(({ name }) => name), named.records]).toEqual([
      ['x', 'y'],
      [{ line: 2, values: ['1,2', '3'] }],
    ]);
  });

  test('says why a load would refuse the file, behind the records before', async () => {
    const { records, refused } = await guess('a,b\n1,2\n3,"4\n5,6\n', { csv: { quote: '"' } });
    expect({ records, refused }).toEqual({
      records: [{ line: 2, values: ['1', '2'] }],
      refused: {
        code: 'CSV_UNCLOSED_QUOTE',
        message: expect.stringContaining('never closed'),
        place: { path: 'a.csv', line: 3, column: 3 },
      },
    });
    const unknown = await guess('a,b\n1,2\n', { encoding: 'klingon' });
    expect(unknown.refused?.code).toBe('ENCODING_UNSUPPORTED');
  });

  test('shows no more than fifty records, and of a large file none that its beginning cuts', async () => {
    const lines = Array.from({ length: 90 }, (_, at) => `${at},${'x'.repeat(10_000)}\n`);
    const { records } = await guess(`n,t\n${lines.join('')}`);
    expect(records).toHaveLength(26);
    expect((await guess(`n,t\n${'1,2\n'.repeat(90)}`)).records).toHaveLength(50);
  });

  test('can be asked of any of the files', async () => {
    writeFiles(folder.path, { 'b.csv': 'a|b\n1|2\n', 'c.csv': '' });
    const { path, files, dialect } = await guess('a,b\n1,2\n', { path: 'b.csv' });
    expect([path, files, dialect.delimiter.value]).toEqual(['b.csv', 3, '|']);
    await expect(guess('', { path: 'c.csv' })).rejects.toMatchObject({ code: 'EMPTY_FILE' });
  });

  test('cannot be what contradicts itself', async () => {
    const contradicting = guess('a,b\n', { csv: { delimiter: '"', quote: '"' } });
    await expect(contradicting).rejects.toMatchObject({ code: 'USAGE' });
  });
});
