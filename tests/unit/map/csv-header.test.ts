import { describe, expect, test } from 'vitest';
import { LoadstoneError } from '#contract/errors';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { parseBuffer } from '#engine/parse/parse-file';

type Table = MappingInput['tables'][number];

/** Why a file with this content is refused. */
function refusal(content: string, tables: readonly Table[], csv: MappingInput['source']['csv'] = {}) {
  const mapping = mappingSchema.parse({ version: 1, name: 'test', source: { format: 'csv', csv }, tables });
  const names = new NameTable({ prefixes: false });
  const mapper = new Mapper(compileMapping(mapping, names));
  const nobody = { row() {}, reject() {}, late() {}, warn() {} };
  mapper.startFile({ path: 'in/a.csv', name: 'a.csv', folder: 'in' }, nobody);
  try {
    parseBuffer(Buffer.from(content), { path: 'in/a.csv', source: mapping.source, names, handler: mapper });
  } catch (thrown) {
    if (thrown instanceof LoadstoneError) return thrown;
    throw thrown;
  }
  return undefined;
}

const table = (name: string, paths: Readonly<Record<string, string | string[]>>, rest: Partial<Table> = {}): Table => ({
  name,
  columns: Object.entries(paths).map(([column, path]) => ({ name: column, type: 'text', path })),
  ...rest,
});

describe('a CSV header without a mapped column', () => {
  test('is refused with its line, the columns missing, the header, and what may be meant', () => {
    const found = refusal('preamble\nid;Name\n1;a\n', [table('t', { id: 'id', name: 'name', b: ['x', 'y'] })], {
      skipLines: 1,
      delimiter: ';',
    });
    expect(found?.toFacts()).toMatchObject({
      code: 'CSV_COLUMN_MISSING',
      message:
        'in/a.csv has no column "name", "x" or "y", which t is mapped from. Its columns are "id", "Name". Is "Name" meant?',
      place: { path: 'in/a.csv', line: 2 },
    });
  });

  test('is judged also where the mapping gives the names, where they are numbers, and where there is no record', () => {
    const tables = [table('t', { a: 'a' })];
    expect(refusal('1,2\n', tables, { header: false, columns: ['b', 'c'] })?.message).toContain('"b", "c"');
    expect(refusal('1,2\n', tables, { header: false })?.message).toContain('"column1", "column2"');
    expect(refusal('b\n', tables)?.code).toBe('CSV_COLUMN_MISSING');
    expect(refusal('a\n', tables)).toBeUndefined();
  });

  test.each<[string, Table]>([
    ['a default', { name: 't', columns: [{ name: 'a', type: 'text', path: 'a', default: 'null' }] }],
    ['another path that is there', table('t', { a: ['a', 'b'] })],
    ['a path that needs no column', table('t', { a: ['a', '$file'] })],
    ['files of its own', table('t', { a: 'a' }, { include: ['other.csv'] })],
    ['records that are no rows', table('t', { a: 'a' }, { records: 'b' })],
  ])('does for a column with %s', (_, one) => {
    expect(refusal('b\n1\n', [one])).toBeUndefined();
  });

  test('is refused for names that are no XML names too', () => {
    expect(refusal('Diện tích\n1\n', [table('t', { a: '["Diện tích (m²)"]' })])?.message).toContain('"Diện tích (m²)"');
    expect(refusal('Diện tích (m²)\n1\n', [table('t', { a: '["Diện tích (m²)"]' })])).toBeUndefined();
  });
});

describe('columns of a CSV file that no table takes', () => {
  /** Their names, and how many more there are. */
  function unmapped(content: string, tables: readonly Table[]): readonly (string | number)[] {
    const mapping = mappingSchema.parse({ version: 1, name: 'test', source: { format: 'csv' }, tables });
    const names = new NameTable({ prefixes: false });
    const mapper = new Mapper(compileMapping(mapping, names));
    const told: (string | number)[] = [];
    const warn = (code: string, count: number, name?: string) => {
      if (code === 'UNMAPPED_COLUMNS') told.push(name ?? count);
    };
    mapper.startFile({ path: 'in/a.csv', name: 'a.csv', folder: 'in' }, { row() {}, reject() {}, late() {}, warn });
    parseBuffer(Buffer.from(content), { path: 'in/a.csv', source: mapping.source, names, handler: mapper });
    mapper.endFile();
    return told;
  }

  test.each<[string, Table, readonly string[]]>([
    ['those without a path', table('t', { id: 'id' }), ['name', 'brand new']],
    ['not those of a list of paths', table('t', { id: 'id', n: ['x', 'name'] }), ['brand new']],
    ['those that are only hashed', table('t', { id: 'id', h: '$hash' }), ['name', 'brand new']],
    ['not those a condition asks for', table('t', { id: 'id' }, { records: 'row[name="a"]' }), ['brand new']],
    ['none where the whole record is taken', table('t', { id: 'id', all: 'string()' }), []],
    ['none where the records are no rows', table('t', { id: '.' }, { records: 'id' }), []],
    ['none of a file that no table takes', table('t', { id: 'id' }, { include: ['b.csv'] }), []],
  ])('%s', (_, one, names) => {
    expect(unmapped('id,name,brand new\n1,a,b\n', [one])).toEqual(names);
  });

  test('are told when another table takes only some of them', () => {
    const tables = [table('t', { id: 'id' }), table('u', { n: 'name' })];
    expect(unmapped('id,name,brand new\n1,a,b\n', tables)).toEqual(['brand new']);
  });

  test('are named up to a hundred of one file', () => {
    const more = Array.from({ length: 130 }, (_, at) => `c${at}`);
    const told = unmapped(`id,${more.join(',')}\n`, [table('t', { id: 'id' })]);
    expect(told).toEqual([...more.slice(0, 100), 30]);
  });
});
