import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { type InferOptions, inferMapping } from '#engine/door';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { runLoad, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** Each run has a schema of its own. */
const RUNS = 25;

let database: TestDatabase;
let folder: ReturnType<typeof temporaryFolder>;
let run = 0;

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  folder = temporaryFolder();
  run = 0;
});
afterEach(async () => {
  folder.remove();
  await database.drop();
});

/** Writes the files, infers their mapping and loads them with it: no reject, and each table has the rows that were seen. */
async function inferAndLoad(files: Readonly<Record<string, string>>, options: InferOptions) {
  const schema = `run_${++run}`;
  await database.query(`create schema ${schema}`);
  folder.remove();
  writeFiles(folder.path, files);
  const signal = AbortSignal.timeout(60_000);
  const { mapping, report } = await inferMapping([folder.path], options, { signal });
  const { report: loaded } = await runLoad(database, folder.path, mapping, { schema });
  expect([loaded.files.failed, loaded.rejects.total]).toEqual([0, 0]);
  for (const { name, rows } of report.tables) expect([name, await count(schema, name)]).toEqual([name, rows]);
  return { mapping, schema, report };
}

async function count(schema: string, table: string, what = 'count(*)'): Promise<number> {
  const [found] = await database.query(`select ${what}::int as n from ${schema}."${table.toLowerCase()}"`);
  return Number(found?.n ?? 0);
}

async function total(schema: string, tables: readonly MappingInput['tables'][number][], what?: string) {
  let sum = 0;
  for (const { name } of tables) sum += await count(schema, name, what);
  return sum;
}

const valuesOfColumn = fc.constantFrom<readonly string[]>(
  ['1', '-20', '2147483647', ''],
  ['08071', '1', '00'],
  ['1,5', '1.234,25', '-3'],
  ['1.5', '20', 'N/A', 'N/A'],
  ['2020-02-29', '1999-12-31', ''],
  ['31/12/2020', '01/02/2021'],
  ['true', 'false', 'NULL'],
  ['Nguyễn, A', 'a "quoted" word', 'two\nlines', ' blank ', ''],
  ['9223372036854775808', '1'],
  ['12E4', '1.5e-7', '99999999999999999999.5'],
);

/** Columns by name with what they may hold; rows are numbered. */
const anyCsv = fc.record({
  columns: fc.array(valuesOfColumn, { minLength: 1, maxLength: 4 }),
  files: fc.array(
    fc.record({
      rows: fc.array(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
      /** Leaves out the last column. */
      isNarrow: fc.boolean(),
      isReversed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
});

function quoted(text: string): string {
  return /[",;|\t\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Few rows can be read in several ways; somebody then says which one is meant. */
async function isSniffed(files: Readonly<Record<string, string>>, delimiter: string): Promise<boolean> {
  folder.remove();
  writeFiles(folder.path, files);
  const { report } = await inferMapping([folder.path], {}, { signal: AbortSignal.timeout(60_000) });
  return report.dialects.every(
    ({ dialect }) =>
      dialect.delimiter.value === delimiter &&
      dialect.quote.value === '"' &&
      dialect.escape.value === '"' &&
      dialect.skipLines.value === 0 &&
      dialect.header.value,
  );
}

test('any tables written as CSV load whole with the mapping inferred from them', { timeout: 240_000 }, async () => {
  let sniffed = 0;
  await fc.assert(
    fc.asyncProperty(anyCsv, async ({ columns, files, delimiter, lineEnd }) => {
      let number = 0;
      const written = files.map(({ rows, isNarrow, isReversed }) => {
        const shown = isNarrow ? columns.slice(0, -1) : columns;
        const names = ['n', ...shown.map((_, at) => `column ${'abcd'[at]}`)];
        const lines = rows.map((picks) => [
          String(++number),
          ...shown.map((values, at) => values[(picks[at] ?? 0) % values.length] ?? ''),
        ]);
        const all = [names, ...lines].map((cells) => (isReversed ? cells.toReversed() : cells));
        return all.map((cells) => cells.map(quoted).join(delimiter) + lineEnd).join('');
      });
      const said = { csv: { delimiter, quote: '"', escape: '"', header: true, skipLines: 0 } };
      const texts = Object.fromEntries(written.map((text, at) => [`t-${at}.csv`, text]));
      const options = (await isSniffed(texts, delimiter)) ? {} : said;
      if (options !== said) sniffed += 1;
      const { mapping, schema } = await inferAndLoad(texts, options);
      expect(await total(schema, mapping.tables)).toBe(number);
      expect(await total(schema, mapping.tables, 'sum(n)')).toBe((number * (number + 1)) / 2);
    }),
    { numRuns: RUNS },
  );
  expect(sniffed).toBeGreaterThan(RUNS / 2);
});

const leaf = fc.oneof(
  fc.constantFrom(null, '', '7', '08071', '1,5', true, false, 1e300, 0.1, '2020-02-29', 'Nguyễn "A"\n'),
  fc.integer(),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0')),
);
const key = fc.constantFrom('a', 'b', 'items', 'ref', 'Diện tích (m²)', 'a:b', 'value');
const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 3 }),
  ),
}));

test('any JSON objects load whole with the mapping inferred from them', { timeout: 240_000 }, async () => {
  const file = fc.record({
    objects: fc.array(fc.dictionary(key, node, { maxKeys: 4 }), { minLength: 1, maxLength: 6 }),
    asLines: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
      let number = 0;
      const written = files.map(({ objects, asLines }) => {
        const all = objects.map((object) => JSON.stringify({ n: ++number, ...object }));
        return asLines ? `${all.join('\n')}\n` : `[${all.join(',\n')}]`;
      });
      const texts = Object.fromEntries(written.map((text, at) => [`t-${at}.json`, text]));
      const { mapping, schema } = await inferAndLoad(texts, {});
      const records = mapping.tables.filter((table) => table.records === undefined);
      expect(await total(schema, records)).toBe(number);
      expect(await total(schema, records, 'sum(n)')).toBe((number * (number + 1)) / 2);
    }),
    { numRuns: RUNS },
  );
});
