import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { inferMapping } from '#engine/load/infer-mapping';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { parseBuffer } from '#engine/parse/parse-file';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Infers from files and maps them again: how many values went into columns, and what was rejected. */
async function around(files: Readonly<Record<string, string>>) {
  folder.remove();
  writeFiles(folder.path, files);
  const { mapping } = await inferMapping([folder.path], {}, { signal: AbortSignal.timeout(20_000) });
  return { mapping, ...(await mappedAgain(mapping, Object.keys(files))) };
}

async function mappedAgain(input: MappingInput, paths: readonly string[]) {
  const names = new NameTable({ prefixes: false });
  const mapping = mappingSchema.parse(input);
  const handler = new Mapper(compileMapping(mapping, names));
  const rejects: string[] = [];
  let values = 0;
  const sink = {
    row: (row: { readonly table: number; readonly values: readonly (string | null)[] }) => {
      const columns = mapping.tables[row.table]?.columns ?? [];
      values += row.values.filter((value, at) => value !== null && !String(columns[at]?.path).startsWith('$')).length;
    },
    reject: ({
      code,
      message,
      value,
    }: {
      readonly code: string;
      readonly message: string;
      readonly value: string | null;
    }) => rejects.push(`${code} ${value} ${message}`),
    late: () => undefined,
    warn: () => undefined,
  };
  for (const path of paths) {
    handler.startFile({ path, name: path, folder: '' }, sink);
    await parseBuffer(readFileSync(join(folder.path, path)), { path, source: mapping.source, names, handler });
    handler.endFile();
  }
  return { values, rejects };
}

const text = fc.oneof(
  fc.constantFrom('', '007', '1,5', '2020-02-29', '2021-02-29', 'true', 'Nguyễn Văn A', 'a;b', '"q"', 'x\ny', '12E4'),
  fc.integer().map(String),
  fc.string({ maxLength: 8 }).filter((one) => one.isWellFormed() && !one.includes('\0')),
);
const key = fc.constantFrom(
  'id',
  'a',
  'b',
  'ns:a',
  'Diện tích (m²)',
  'a/b',
  '$file',
  'text()',
  '..',
  '1',
  '',
  '"',
  '\\',
  'a\nb',
  '[""]',
  '\u0001',
  '@id',
  '*',
  'CTID',
  '\ud83d\ude00',
  'x'.repeat(70),
  'item',
  'file',
  'place',
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const objectOf = (depth: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(key, anyValue(depth - 1), { maxKeys: 4 });
function anyValue(depth: number): fc.Arbitrary<unknown> {
  if (depth <= 0) return scalar;
  return fc.oneof(scalar, objectOf(depth), fc.array(fc.oneof(scalar, objectOf(depth)), { maxLength: 3 }));
}

/** Values that are neither null nor empty. */
function countValues(value: unknown): number {
  if (value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + countValues(one), 0);
  if (typeof value === 'object') return Object.values(value).reduce((sum: number, one) => sum + countValues(one), 0);
  return String(value).trim() === '' ? 0 : 1;
}

test('keys of parents keep their names apart where PostgreSQL cuts them', async () => {
  const long = 'x'.repeat(70);
  const items = [
    { '"': [{ '"': { id: false } }, { id: 0 }] },
    { [long]: { id: [{ '"': '0' }, 0] } },
    { [long]: [{ a: [false, { a: '!' }] }, {}] },
    {},
  ];
  const { rejects, values } = await around({ 'a.json': JSON.stringify(items) });
  expect({ rejects, values }).toEqual({ rejects: [], values: countValues(items) });
});

test('any JSON objects are mapped whole, none rejected, by the mapping inferred from them', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(objectOf(3), { minLength: 1, maxLength: 6 }), fc.boolean(), async (items, inLines) => {
      const written = inLines ? items.map((item) => JSON.stringify(item)).join('\n') : JSON.stringify(items);
      const { rejects, values } = await around({ 'a.json': written });
      expect({ rejects, values }).toEqual({ rejects: [], values: countValues(items) });
    }),
    { numRuns: Number(process.env.INFER_RUNS ?? 300) },
  );
});

test('any CSV table is mapped whole, none rejected, by the mapping inferred from it', { timeout: 60_000 }, async () => {
  const header = fc.uniqueArray(key, { minLength: 2, maxLength: 5 });
  const table = header.chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(text, { minLength: columns.length, maxLength: columns.length }), {
        minLength: 1,
        maxLength: 8,
      }),
    }),
  );
  const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(table, async ({ columns, rows }) => {
      const lines = [columns, ...rows].map((fields) => fields.map(quoted).join(','));
      const { rejects, mapping, values } = await around({ 'a.csv': `${lines.join('\r\n')}\r\n` });
      expect(rejects).toEqual([]);
      // With few short rows the header or the dialect may be taken for something else: then less can be said.
      const csv = mapping.source.csv;
      if (csv?.header !== true || csv.delimiter !== ',' || csv.comment !== null || csv.skipLines !== 0) return;
      if (mapping.tables.some(({ columns }) => columns.some(({ nullValues }) => nullValues !== undefined))) return;
      expect(values).toBe(countValues(rows));
    }),
    { numRuns: Number(process.env.INFER_RUNS ?? 300) },
  );
});
