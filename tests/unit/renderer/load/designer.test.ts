import { expect, test } from 'vitest';
import type { ObservedElement } from '#contract/inference';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { compileMapping } from '#engine/map/compile-mapping';
import { NameTable } from '#engine/model/name-table';
import { fitsFiles } from '#renderer/screens/load/infer/fits-files.ts';
import { addColumn, addTable, columnFrom } from '#renderer/screens/load/mapping/design/add-to-mapping.ts';
import {
  addReference,
  removeReference,
  setColumn,
  setReference,
} from '#renderer/screens/load/mapping/design/change-mapping.ts';
import { layOut } from '#renderer/screens/load/mapping/design/diagram-layout.ts';
import { elementTree, lineTo, visibleRows } from '#renderer/screens/load/mapping/tree/element-tree.ts';
import { elementUses } from '#renderer/screens/load/mapping/tree/element-use.ts';
import { pathSteps, plainSteps, stepName } from '#renderer/screens/load/mapping/tree/path-steps.ts';

function seen(path: string, count: number, most = 1, type?: string, distinct = count): ObservedElement {
  const values = {
    count,
    empty: 0,
    distinct,
    atLeast: false,
    shortest: 1,
    longest: 9,
    samples: ['x'],
    type: type ?? '',
  };
  return { path, count, least: 1, most, histogram: [count], ...(type !== undefined && { values }) };
}

const observed = [
  seen('/library', 1),
  seen('/library/@name', 1, 1, 'text'),
  seen('/library/books', 1),
  seen('/library/books/book', 2, 2),
  seen('/library/books/book/@isbn', 2, 1, 'integer'),
  seen('/library/books/book/title', 2, 1, 'text'),
  seen('/library/books/book/pub', 2),
  seen('/library/books/book/pub/city', 2, 1, 'text'),
  seen('/library/books/book/author', 3, 2),
  seen('/library/books/book/author/name', 3, 1, 'text', 2),
  seen('/library/books/book/tag', 4, 3, 'text', 2),
];
const roots = elementTree(observed);
const element = (path: string) => {
  const found = lineTo(roots, pathSteps(path)).at(-1);
  if (found === undefined) throw new Error(path);
  return found;
};
const NONE = new Map<string, readonly string[]>();
const mapping = mappingSchema.parse({
  version: 1,
  name: 'library',
  source: { format: 'xml' },
  tables: [
    {
      name: 'book',
      records: '/library/books/book',
      key: ['isbn'],
      columns: [
        { name: 'isbn', path: '@isbn', type: 'integer', nullable: false },
        { name: 'city', path: 'pub[1]/city', type: 'text' },
      ],
    },
  ],
} satisfies MappingInput);
const direct = { table: 0, isDirect: true };
const compiled = (one: typeof mapping) => compileMapping(mappingSchema.parse(one), new NameTable()).tables.length;

test('a ticked element becomes a table with its values, its parent’s key, a key and a reference', () => {
  const added = addTable(mapping, { element: element('/library/books/book/author'), parent: direct, kinds: NONE });
  expect(added.tables[1]).toMatchObject({
    name: 'author',
    records: '/library/books/book/author',
    columns: [
      { name: 'book_isbn', path: '$parent.isbn', type: 'integer', nullable: false },
      { name: 'place', path: '$index', nullable: false },
      { name: 'name', path: 'name', type: 'text', nullable: true },
    ],
    key: ['book_isbn', 'place'],
    references: [{ columns: ['book_isbn'], table: 'book', on: ['isbn'], onMissing: 'reject' }],
  });
  expect(mapping.tables).toHaveLength(1);
  expect(compiled(added)).toBe(2);
});

test('elements of any name become a table with the name in its key', () => {
  const members = elementTree([
    ...observed,
    seen('/library/books/book/members', 2),
    seen('/library/books/book/members/*', 80, 40),
    seen('/library/books/book/members/*/role', 80, 1, 'text'),
  ]);
  const any = lineTo(members, pathSteps('/library/books/book/members/*')).at(-1);
  const added = addTable(mapping, { element: any ?? element(''), parent: direct, kinds: NONE });
  expect(added.tables[1]).toMatchObject({
    name: 'members',
    records: '/library/books/book/members/*',
    columns: [
      { name: 'book_isbn' },
      { name: 'key', path: '$element', nullable: false },
      { name: 'role', path: 'role' },
    ],
    key: ['book_isbn', 'key'],
  });
  expect(compiled(added)).toBe(2);
});

test('steps with a prefix, or with none behind a colon, stand for their names', () => {
  expect(['a:b', ':b', '@a:b', '@:b', '["a:b"]'].map((path) => plainSteps(path))).toEqual([
    ['b'],
    ['b'],
    ['@b'],
    ['@b'],
    ['["a:b"]'],
  ]);
  expect(['a:b', ':b', '@:b', '["a:b"]', '*'].map(stepName)).toEqual(['b', 'b', 'b', 'a:b', '*']);
});

test('a repeating value becomes a table whose rows are the values', () => {
  const added = addTable(mapping, { element: element('/library/books/book/tag'), parent: direct, kinds: NONE });
  expect(added.tables[1]?.columns.at(-1)).toMatchObject({ name: 'value', path: '.', type: 'text' });
  expect(compiled(added)).toBe(2);
});

test('a table without one above takes all that stands once in its records, and an id that is unique as its key', () => {
  const empty = { ...mapping, tables: [] };
  const idOf = elementTree([
    ...observed.slice(0, 4),
    seen('/library/books/book/bookId', 2, 1, 'text'),
    ...observed.slice(5),
  ]);
  const book = lineTo(idOf, ['library', 'books', 'book']).at(-1);
  if (book === undefined) throw new Error('no book');
  const added = addTable(empty, { element: book, parent: null, kinds: NONE });
  expect(added.tables[0]).toMatchObject({ name: 'book', key: ['bookId'], references: [] });
  expect(added.tables[0]?.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
    ['bookId', false],
    ['title', true],
    ['pub_city', true],
  ]);
  expect(compiled(added)).toBe(1);
});

test('no key is made up where a position would not be unique below the parent’s record', () => {
  const parent = { table: 0, isDirect: false };
  const added = addTable(mapping, { element: element('/library/books/book/author'), parent, kinds: NONE });
  expect(added.tables[1]).toMatchObject({ key: [], references: [{ table: 'book' }] });
  expect(compiled(added)).toBe(2);
});

test('names that are taken get a number, however their letters fold', () => {
  const renamed = { ...mapping, tables: mapping.tables.map((table) => ({ ...table, name: 'AUTHOR' })) };
  const added = addTable(renamed, { element: element('/library/books/book/author'), parent: direct, kinds: NONE });
  expect(added.tables[1]?.name).toBe('author_2');
  expect(addColumn(mapping, 0, { name: 'City', path: 'title', type: 'text' }).tables[0]?.columns.at(-1)?.name).toBe(
    'City_2',
  );
});

test('a value is reached from a record: below it, above it, and repeating ones as JSON', () => {
  const record = element('/library/books/book').steps;
  const from = (path: string) => columnFrom(record, element(path), lineTo(roots, pathSteps(path)).slice(3));
  expect(from('/library/books/book/pub/city')).toEqual({ name: 'pub_city', path: 'pub/city', type: 'text' });
  expect(from('/library/books/book/tag')).toEqual({ name: 'tag', path: 'tag', type: 'jsonb', many: 'json' });
  expect(from('/library/@name')).toEqual({ name: 'name', path: '../../@name', type: 'text' });
  expect(from('/library/books/book/pub')).toBeNull();
  const author = element('/library/books/book/author').steps;
  const title = element('/library/books/book/title');
  expect(columnFrom(author, title, [title])).toMatchObject({ path: '../title' });
  expect(columnFrom(author, element('/library/books/book/pub/city'), [])).toBeNull();
  const tag = from('/library/books/book/tag');
  const name = from('/library/@name');
  if (tag === null || name === null) throw new Error('no column');
  expect(compiled(addColumn(addColumn(mapping, 0, tag), 0, name))).toBe(1);
});

test('what elements are used for is found by absolute and by open patterns, with positions and several paths', () => {
  const uses = elementUses(mapping, NONE);
  expect(uses.tables(element('/library/books/book'))).toEqual([0]);
  expect(uses.tables(element('/library/books'))).toEqual([]);
  expect(uses.columns(element('/library/books/book/pub/city'))).toEqual([{ table: 0, column: 1 }]);
  expect(uses.columns(element('/library/books/book/title'))).toEqual([]);
  const open = { ...mapping, tables: mapping.tables.map((table) => ({ ...table, records: 'book' })) };
  expect(elementUses(open, NONE).tables(element('/library/books/book'))).toEqual([0]);
});

test('records of JSON and CSV stand below a document and its list', () => {
  const json = mappingSchema.parse({
    version: 1,
    name: 'orders',
    source: { format: 'json' },
    tables: [
      { name: 'order', columns: [{ name: 'city', path: 'addr/["the city"]', type: 'text' }] },
      { name: 'lines', records: '/*/*/lines', columns: [{ name: 'no', path: 'no', type: 'integer' }] },
    ],
  } satisfies MappingInput);
  const tree = elementTree([
    seen('/record', 2, 2),
    seen('/record/addr', 2),
    seen('/record/addr/["the city"]', 2, 1, 'text'),
    seen('/record/lines', 3, 2),
    seen('/record/lines/no', 3, 1, 'integer'),
  ]);
  const at = (...steps: string[]) => {
    const found = lineTo(tree, steps).at(-1);
    if (found === undefined) throw new Error(steps.join());
    return found;
  };
  const uses = elementUses(json, NONE);
  expect(uses.tables(at('record'))).toEqual([0]);
  expect(uses.tables(at('record', 'lines'))).toEqual([1]);
  expect(uses.columns(at('record', 'addr', '["the city"]'))).toEqual([{ table: 0, column: 0 }]);
  expect(uses.columns(at('record', 'lines', 'no'))).toEqual([{ table: 1, column: 0 }]);
  const added = addTable({ ...json, tables: [] }, { element: at('record', 'lines'), parent: null, kinds: NONE });
  expect(added.tables[0]?.records).toBe('/*/*/lines');
});

test('a filter shows what it finds and what that stands in, open', () => {
  const rows = visibleRows(roots, () => false, 'CITY');
  expect(rows.map(({ element: { path }, level }) => [path, level])).toEqual([
    ['/library', 1],
    ['/library/books', 2],
    ['/library/books/book', 3],
    ['/library/books/book/pub', 4],
    ['/library/books/book/pub/city', 5],
  ]);
  expect(visibleRows(roots, () => false, '').map(({ element: { path } }) => path)).toEqual(['/library']);
});

test('references are added by the other table’s key, changed and removed; other tables stay as they are', () => {
  const two = addTable(mapping, { element: element('/library/books/book/author'), parent: direct, kinds: NONE });
  const added = addReference(two, 1, 0);
  expect(added.tables[1]?.references[1]).toEqual({
    columns: ['book_isbn'],
    table: 'book',
    on: ['isbn'],
    onMissing: 'reject',
    onDelete: 'no action',
  });
  const changed = setReference(added, 1, 1, (one) => ({ ...one, onMissing: 'null' }));
  expect(changed.tables[1]?.references.map(({ onMissing }) => onMissing)).toEqual(['reject', 'null']);
  expect(removeReference(changed, 1, 0).tables[1]?.references).toHaveLength(1);
  expect(changed.tables[0]).toBe(added.tables[0]);
  expect(compiled(changed)).toBe(2);
});

test('a reference takes a column of the other key’s type when no name tells which', () => {
  const column = (name: string, type: string) => ({ name, path: name, type });
  const csv = mappingSchema.parse({
    version: 1,
    name: 'two',
    source: { format: 'csv' },
    tables: [
      { name: 'people', key: ['id'], columns: [column('id', 'integer')] },
      { name: 'parcels', key: ['nr'], columns: [column('nr', 'text'), column('owner', 'integer')] },
    ],
  } satisfies MappingInput);
  expect(addReference(csv, 1, 0).tables[1]?.references[0]).toMatchObject({ columns: ['owner'], on: ['id'] });
});

test('settings of a column are set and taken away without a trace', () => {
  const at = { table: 0, column: 1 };
  const set = setColumn(mapping, at, { many: 'join', formats: ['dd/MM/yyyy'], default: "'none'" });
  expect(set.tables[0]?.columns[1]).toMatchObject({ many: 'join', formats: ['dd/MM/yyyy'], default: "'none'" });
  expect(setColumn(set, at, { many: undefined, formats: undefined, default: undefined })).toEqual(mapping);
});

test('a known mapping fits when most of what it reads is in the files', () => {
  expect(fitsFiles(mapping, { tree: observed })).toBe(true);
  expect(fitsFiles(mapping, { tree: [seen('/shop', 1), seen('/shop/item', 2, 2)] })).toBe(false);
});

test('the diagram puts a table to the right of all it refers to, also when they refer in a circle', () => {
  const two = addTable(mapping, { element: element('/library/books/book/author'), parent: direct, kinds: NONE });
  const { boxes, links } = layOut(two);
  expect((boxes[1]?.x ?? 0) > (boxes[0]?.x ?? 0)).toBe(true);
  expect(links).toMatchObject([{ from: 1, to: 0 }]);
  expect(layOut(addReference(two, 0, 1)).boxes).toHaveLength(2);
});
