import { expect, test } from 'vitest';
import { checkInferred } from '#engine/load/infer-check';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

async function inferred(items: readonly object[]) {
  const folder = temporaryFolder();
  try {
    writeFiles(folder.path, { 'a.json': JSON.stringify(items) });
    return await inferMapping([folder.path], {}, { signal: AbortSignal.timeout(20_000) });
  } finally {
    folder.remove();
  }
}

test('an empty key of JSON is a column like others', async () => {
  const { mapping } = await inferred([{ '': 1, a: 2, b: { '': 'x' } }, { '': 3 }]);
  expect(mapping.tables[0]?.columns.map(({ path }) => path)).toEqual(['[""]', 'a', 'b/[""]']);
});

test('a mapping that no load would take is called a defect, with what is wrong with it', () => {
  const table = { name: 't', columns: [{ name: 'a', type: 'text', path: 'a' }] };
  const mapping = (one: object) => ({
    version: 1 as const,
    name: 'm',
    source: { format: 'csv' as const },
    tables: [{ ...table, ...one }],
  });
  expect(() => checkInferred(mapping({}))).not.toThrow();
  expect(() => checkInferred(mapping({ key: ['b'] }))).toThrow(
    expect.objectContaining({ code: 'INTERNAL', message: expect.stringContaining('tables[0].key[0]') }),
  );
  expect(() => checkInferred(mapping({ columns: [] }))).toThrow(
    expect.objectContaining({ code: 'INTERNAL', message: expect.stringContaining('tables.0.columns') }),
  );
});

test('names that PostgreSQL cuts are told apart as it cuts them, also where rows take the key of what holds them', async () => {
  const long = 'x'.repeat(70);
  const nested = [{ part: { 'a b': {}, part: { 'a b': 0 } } }, { [long]: [{ id: { part: '' } }, 0] }, {}];
  expect(await inferred(nested)).toMatchObject({ mapping: { version: 1 } });
});
