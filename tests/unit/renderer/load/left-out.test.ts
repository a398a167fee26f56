import { expect, test } from 'vitest';
import { type Mapping, type MappingInput, mappingSchema } from '#contract/mapping';
import { findPreset } from '#contract/presets';
import { compileMapping } from '#engine/map/compile-mapping';
import { NameTable } from '#engine/model/name-table';
import { followers, selectionOf, withoutLeftOut } from '#renderer/screens/load/mapping/left-out.ts';
import {
  applyEdits,
  editColumn,
  includeToo,
  loadTable,
  type MappingEdits,
  renameTable,
} from '#renderer/screens/load/mapping/mapping-edits.ts';
import { issueCount, mappingIssues } from '#renderer/screens/load/mapping/mapping-issues.ts';

const column = (name: string, path = name) => ({ name, path, type: 'text' });
const library = mappingSchema.parse({
  version: 1,
  name: 'library',
  source: { format: 'xml', include: ['*/xml/*.xml'] },
  tables: [
    {
      name: 'book',
      records: 'library/book',
      key: ['isbn'],
      columns: [
        column('isbn', '@isbn'),
        column('place'),
        { name: 'shelf', type: 'text', lookup: [{ table: 'room', where: { no: 'place' }, take: 'shelf' }] },
        column('title'),
      ],
      onConflict: { default: 'skip', columns: { title: 'overwrite' } },
    },
    {
      name: 'author',
      records: 'book/author',
      columns: [column('isbn', '$parent.isbn'), column('name')],
      references: [{ columns: ['isbn'], table: 'BOOK', on: ['isbn'] }],
    },
    { name: 'room', records: 'room', columns: [column('no'), column('shelf'), column('door')], keep: false },
  ],
} satisfies MappingInput);
const [BOOK, AUTHOR] = [0, 1];

const dropColumn = (table: number, at: number, edits: MappingEdits = {}) =>
  editColumn(edits, library, { table, column: at }, { load: false });
const select = (edits: MappingEdits, mapping = library) => selectionOf(applyEdits(mapping, edits), edits);
const left = (edits: MappingEdits, mapping = library): Mapping =>
  withoutLeftOut(applyEdits(mapping, edits), select(edits, mapping));
const compiles = (mapping: Mapping) => compileMapping(mapping, new NameTable()).tables.length;
const shape = ({ tables }: Mapping) => tables.map((t) => `${t.name}(${t.columns.map(({ name }) => name)})${t.keep}`);

test('a mapping of which nothing is left out stays the very same', () => {
  expect(left({})).toBe(library);
  expect(left(dropColumn(BOOK, 3, {}))).not.toBe(library);
});

test('what is put back is no change any more', () => {
  const there = loadTable(dropColumn(BOOK, 3), AUTHOR, false);
  const back = loadTable(editColumn(there, library, { table: BOOK, column: 3 }, { load: true }), AUTHOR, true);
  expect(back).toEqual({});
});

test('a column that is left out takes its rule for conflicts along', () => {
  const mapping = left(dropColumn(BOOK, 3));
  expect(shape(mapping)[BOOK]).toBe('book(isbn,place,shelf)true');
  expect(mapping.tables[BOOK]?.onConflict).toEqual({ default: 'skip', columns: {} });
  expect(compiles(mapping)).toBe(3);
});

test('a column that keys, references, lookups or nested records need cannot be left out', () => {
  const all = library.tables.reduce<MappingEdits>(
    (edits, table, at) => table.columns.reduce((so, _, number) => dropColumn(at, number, so), edits),
    {},
  );
  expect(shape(left(dropColumn(BOOK, 1)))[BOOK]).toBe('book(isbn,place,shelf,title)true');
  const { use } = select({});
  expect(library.tables.map(({ columns }, at) => columns.map((_, number) => use(at, number)))).toEqual([
    ['key', 'lookup', null, null],
    [null, null],
    ['lookup', 'lookup', null],
  ]);
  expect(compiles(left(all))).toBeGreaterThan(0);
});

test('what was needed only by what is left out can be left out too, and a table for lookups goes with the last that used it', () => {
  const edits = dropColumn(BOOK, 1, dropColumn(BOOK, 2));
  expect(shape(left(edits))).toEqual(['book(isbn,title)true', 'author(isbn,name)true']);
  expect(compiles(left(edits))).toBe(2);
});

test('references to a table that is left out go, and its records stay readable for those nested in them', () => {
  const edits = loadTable({}, BOOK, false);
  const mapping = left(edits);
  expect(shape(mapping)[0]).toMatch(/^book\(.*\)false$/);
  expect(mapping.tables[1]?.references).toEqual([]);
  expect(compiles(mapping)).toBe(3);
  expect(followers(library, select(edits), BOOK)).toEqual({ references: ['author'], lookups: ['author'] });
});

test('a table that nothing needs is not read at all', () => {
  const edits = loadTable({}, AUTHOR, false);
  expect(shape(left(edits)).map((text) => text.split('(')[0])).toEqual(['book', 'room']);
  expect(followers(library, select(edits), AUTHOR)).toEqual({ references: [], lookups: [] });
});

test('the last column of a table stays', () => {
  const edits = dropColumn(AUTHOR, 1, dropColumn(AUTHOR, 0));
  expect(select(edits).use(AUTHOR, 0)).toBe('last');
  expect(shape(left(edits))[AUTHOR]).toBe('author(isbn)true');
});

test('names of what is left out are not judged', () => {
  const named = renameTable(loadTable({}, AUTHOR, false), library, AUTHOR, 'book');
  const edits = editColumn(dropColumn(BOOK, 3, named), library, { table: BOOK, column: 3 }, { name: '' });
  const whole = applyEdits(library, edits);
  expect(issueCount(mappingIssues(whole))).toBe(3);
  expect(issueCount(mappingIssues(whole, new Set(), select(edits)))).toBe(0);
});

test('every table and every column of the land-records preset can be left out or says why not, and the rest compiles', () => {
  const preset = findPreset('vn-land-records') ?? library;
  preset.tables.forEach((table, at) => {
    expect(compiles(left(loadTable({}, at, false), preset)), table.name).toBeGreaterThan(0);
    table.columns.forEach(({ name }, number) => {
      const edits = editColumn({}, preset, { table: at, column: number }, { load: false });
      const mapping = left(edits, preset);
      expect(compiles(mapping), name).toBe(preset.tables.length);
      const kept = mapping.tables[at]?.columns.some((one) => one.name === name);
      expect(kept, name).toBe(select(edits, preset).use(at, number) !== null);
    });
  });
});

test('files that the mapping would not take are taken beside its own, and no longer when that is taken back', () => {
  const edits = includeToo({}, ['**/*.xml']);
  expect(applyEdits(library, edits).source.include).toEqual(['*/xml/*.xml', '**/*.xml']);
  expect(includeToo(edits, [])).toEqual({});
});

test('whether a value is required can be changed', () => {
  const edits = editColumn({}, library, { table: BOOK, column: 3 }, { nullable: false });
  expect(applyEdits(library, edits).tables[BOOK]?.columns[3]?.nullable).toBe(false);
  expect(editColumn(edits, library, { table: BOOK, column: 3 }, { nullable: true })).toEqual({});
});
