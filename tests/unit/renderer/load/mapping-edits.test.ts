import { expect, test } from 'vitest';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { findPreset } from '#contract/presets';
import { compileMapping } from '#engine/map/compile-mapping';
import { NameTable } from '#engine/model/name-table';
import {
  applyEdits,
  editColumn,
  type MappingEdits,
  renameTable,
  unclearRenames,
} from '#renderer/screens/load/mapping/mapping-edits.ts';

const column = (name: string, path = name) => ({ name, path, type: 'text' });
const library = mappingSchema.parse({
  version: 1,
  name: 'library',
  source: { format: 'xml' },
  tables: [
    {
      name: 'book',
      records: 'library/book',
      key: ['isbn'],
      columns: [
        column('isbn', '@isbn'),
        { name: 'shelf', type: 'text', lookup: [{ table: 'place', where: { book: 'isbn' }, take: 'shelf' }] },
      ],
      onConflict: { default: 'skip', columns: { shelf: 'overwrite' } },
    },
    {
      name: 'author',
      records: 'book/author',
      key: ['isbn', 'nr'],
      columns: [column('isbn', '$parent.isbn'), column('nr', '$index'), column('name')],
      references: [{ columns: ['isbn'], table: 'book', on: ['isbn'] }],
    },
    { name: 'place', records: 'place', columns: [column('book'), column('shelf')], keep: false },
  ],
} satisfies MappingInput);

const compiles = (mapping: typeof library) => compileMapping(mapping, new NameTable()).tables.length;
const rename = (table: number, at: number, name: string, edits: MappingEdits = {}, mapping = library) =>
  editColumn(edits, mapping, { table, column: at }, { name });

test('a renamed table is renamed where it is referred to and looked up', () => {
  const edits = renameTable(renameTable({}, library, 0, 'public.sach'), library, 2, 'cho');
  const { tables } = applyEdits(library, edits);
  expect({
    names: tables.map(({ name }) => name),
    reference: tables[1]?.references[0]?.table,
    lookup: tables[0]?.columns[1]?.lookup?.[0]?.table,
  }).toEqual({ names: ['public.sach', 'author', 'cho'], reference: 'public.sach', lookup: 'cho' });
  expect(compiles(applyEdits(library, edits))).toBe(3);
});

test('a renamed column is renamed in keys, references, lookups, policies and paths to parents', () => {
  const edits = rename(2, 0, 'cuon', rename(0, 1, 'ke', rename(0, 0, 'ma')));
  const mapping = applyEdits(library, edits);
  const [book, author] = mapping.tables;
  expect({
    key: book?.key,
    policy: book?.onConflict,
    lookup: book?.columns[1]?.lookup?.[0],
    reference: author?.references[0],
    parent: author?.columns[0]?.path,
  }).toEqual({
    key: ['ma'],
    policy: { default: 'skip', columns: { ke: 'overwrite' } },
    lookup: { table: 'place', where: { cuon: 'ma' }, take: 'shelf', scope: 'file' },
    reference: { columns: ['isbn'], table: 'book', on: ['ma'], onMissing: 'reject', onDelete: 'no action' },
    parent: '$parent.ma',
  });
  expect(compiles(mapping)).toBe(3);
});

test('names may be exchanged, or be the same for a while, without losing what they stand for', () => {
  const doubled = rename(1, 1, 'name');
  const exchanged = rename(1, 2, 'nr', doubled);
  const mapping = applyEdits(library, exchanged);
  expect(mapping.tables[1]).toMatchObject({ key: ['isbn', 'name'], columns: [{}, { name: 'name' }, { name: 'nr' }] });
  expect(compiles(mapping)).toBe(3);
});

test('what is set back to what it was is no change', () => {
  const there = renameTable(
    editColumn({}, library, { table: 1, column: 2 }, { type: 'varchar(9)', key: true }),
    library,
    1,
    'x',
  );
  const back = renameTable(
    editColumn(there, library, { table: 1, column: 2 }, { type: 'text', key: false }),
    library,
    1,
    'author',
  );
  expect({ changed: Object.keys(there).length, back, same: applyEdits(library, back) === library }).toEqual({
    changed: 1,
    back: {},
    same: true,
  });
});

test('a key keeps its order, and what is added stands behind it', () => {
  const swapped = { ...library, tables: library.tables.map((t, at) => (at === 1 ? { ...t, key: ['nr', 'isbn'] } : t)) };
  const added = editColumn({}, swapped, { table: 1, column: 2 }, { key: true });
  const taken = editColumn(added, swapped, { table: 1, column: 1 }, { key: false });
  expect([applyEdits(swapped, added).tables[1]?.key, applyEdits(swapped, taken).tables[1]?.key]).toEqual([
    ['nr', 'isbn', 'name'],
    ['isbn', 'name'],
  ]);
});

test('blanks around a name are not part of it', () => {
  expect(applyEdits(library, rename(1, 2, ' ten ')).tables[1]?.columns[2]?.name).toBe('ten');
});

test('every name of the land-records preset can be changed and the mapping still compiles', () => {
  const preset = findPreset('vn-land-records') ?? library;
  const edits = preset.tables.reduce<MappingEdits>((all, table, at) => {
    const named = renameTable(all, preset, at, `t_${table.name}`);
    return table.columns.reduce((so, { name }, c) => rename(at, c, `c_${name}`, so, preset), named);
  }, {});
  expect(compiles(applyEdits(preset, edits))).toBe(preset.tables.length);
});

const family = (childRecords: string) =>
  mappingSchema.parse({
    version: 1,
    name: 'family',
    source: { format: 'xml' },
    tables: [
      { name: 'house', records: 'house', columns: [column('id')] },
      { name: 'flat', records: 'flat', columns: [column('id')] },
      { name: 'child', records: childRecords, columns: [column('home', '$parent.id'), column('name')] },
    ],
  } satisfies MappingInput);

test.each([
  ['house/flat/child', 0, '$parent.id', []],
  ['house/flat/child', 1, '$parent.new', []],
  ["house/flat[@k='a/b']/child", 1, '$parent.new', []],
  ['child', 1, '$parent.id', ['1.0']],
] as const)('a path to parents of %s follows table %i only when it means that one', (records, table, path, unclear) => {
  const mapping = family(records);
  const edits = rename(table, 0, 'new', {}, mapping);
  const edited = applyEdits(mapping, edits);
  expect([edited.tables[2]?.columns[0]?.path, [...unclearRenames(mapping, edits)]]).toEqual([path, unclear]);
  expect(compiles(edited)).toBe(3);
});
