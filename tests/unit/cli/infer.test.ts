import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '#cli/run-cli';
import { readMapping } from '#contract/read-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { recordingContext } from './recording-context.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  writeFiles(folder.path, {
    'a.xml': '<books><book id="B001"><title>Số đỏ</title></book><book id="B002"><title>Lão Hạc</title></book></books>',
  });
});
afterEach(() => folder.remove());

async function run(...words: readonly string[]) {
  const { context, out, err } = recordingContext();
  const code = await runCli(words, context);
  return { code, out: out(), err: err() };
}

describe('loadstone infer', () => {
  test('prints the mapping alone, and says beside it what it found and what is not certain', async () => {
    const { code, out, err } = await run('infer', folder.path);
    expect({ code, tables: readMapping(out, 'out').tables.map(({ name, key }) => [name, key]) }).toEqual({
      code: 0,
      tables: [['book', ['id']]],
    });
    expect(err).toContain('1 file looked at, 111 B.\n');
    expect(err).toContain('  book   /books/book     2        2  id\n');
    expect(err).toContain('/books/book (id): id is the key; only 2 records were seen.\n');
  });

  test('writes it to a file, and never over one that exists', async () => {
    const file = join(folder.path, 'books.json');
    const first = await run('infer', folder.path, '--out', file);
    expect({
      code: first.code,
      out: first.out,
      name: readMapping(readFileSync(file, 'utf8'), file).tables[0]?.name,
    }).toEqual({
      code: 0,
      out: '',
      name: 'book',
    });
    const again = await run('infer', folder.path, '--format', 'xml', '--out', file);
    expect(again.code).toBe(2);
    expect(again.err).toContain(
      `USAGE: "${file}" exists already.\n  Name another file with --out, or remove that one.\n`,
    );
  });

  test('with --json prints one document with mapping and report', async () => {
    const { code, out } = await run('infer', folder.path, '--json');
    const { mapping, report } = JSON.parse(out);
    expect({ code, table: mapping.tables[0].name, files: report.files, rows: report.tables[0].rows }).toEqual({
      code: 0,
      table: 'book',
      files: { found: 1, read: 1, cut: 0, failed: [] },
      rows: 2,
    });
  });

  test('names a file that a load would refuse, and takes nothing from it', async () => {
    writeFiles(folder.path, { 'b.xml': '<books><book id="broken" extra="1"/>' });
    const { code, out, err } = await run('infer', folder.path);
    expect({ code, columns: readMapping(out, 'out').tables[0]?.columns.map(({ name }) => name) }).toEqual({
      code: 3,
      columns: ['id', 'title'],
    });
    expect(err).toMatch(/Files a load would refuse\n {2}b\.xml, line 1: /);
  });

  test('reads CSV files as they are said to be, and tells how they are written where that is guessed', async () => {
    writeFiles(folder.path, { 'c/a.csv': 'x;1,234;-\ny;2,345;7\n', 'c/b.csv': 'x;1,234;-\n' });
    const csv = join(folder.path, 'c');
    const guessed = await run('infer', csv);
    expect(guessed.err).toContain('\nCSV files\n  a.csv and 1 more file: encoding UTF-8, delimiter ";"');
    expect(guessed.err).toContain('    quote """ with ');
    const said = ['--delimiter', ';', '--no-header', '--quote', 'none', '--decimal', ',', '--null', '-'];
    const { code, out, err } = await run('infer', csv, ...said);
    const { source, tables } = readMapping(out, 'out');
    expect({ code, csv: source.csv, types: tables[0]?.columns.map(({ type, decimal }) => [type, decimal]) }).toEqual({
      code: 0,
      csv: expect.objectContaining({ delimiter: ';', header: false, quote: null, nullValues: ['', '-'] }),
      types: expect.arrayContaining([
        ['numeric(13,3)', [',']],
        ['integer', undefined],
      ]),
    });
    expect(err).toContain('a.csv and 1 more file: encoding UTF-8, delimiter ";", quote none, header no\n');
    expect(await run('infer', csv, '--delimiter', 'ab')).toMatchObject({ code: 2 });
    expect(await run('infer', csv, '--delimiter', '|', '--quote', '|')).toMatchObject({ code: 2 });
  });

  test('a folder without files of any format is wrong input', async () => {
    expect(await run('infer', folder.path, '--format', 'csv')).toMatchObject({ code: 2, out: '' });
  });
});

describe('loadstone load without a mapping', () => {
  test('shows the one it would use, and loads nothing without --yes', async () => {
    const { code, out, err } = await run('load', folder.path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('  book   /books/book     2        2  id\n');
    expect(err).toContain('USAGE: No mapping is named. The one that would be used was inferred and is shown above;');
  });
});
