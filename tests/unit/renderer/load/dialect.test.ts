import { expect, test } from 'vitest';
import type { CsvDialectFacts, DialectProperty } from '#contract/inference';
import { type Mapping, type MappingInput, mappingSchema } from '#contract/mapping';
import { confidenceWord } from '#renderer/screens/load/dialect/confidence.ts';
import { type Said, saidOf, saidOfFile, saidValue, say, withSaid } from '#renderer/screens/load/dialect/said.ts';
import { filesOf, splitByFile } from '#renderer/screens/load/infer/split-by-file.ts';

function guessed<Value>(value: Value): DialectProperty<Value> {
  return { value, confidence: 0.95, evidence: { code: 'EVEN_RECORDS', facts: {} } };
}

const GUESS: CsvDialectFacts = {
  encoding: guessed('UTF-8'),
  delimiter: guessed(';'),
  quote: guessed('"'),
  escape: guessed('"'),
  comment: guessed(null),
  skipLines: guessed(2),
  header: guessed(true),
  decimal: guessed(','),
  nullValues: guessed(['', 'N/A']),
};

type Table = MappingInput['tables'][number];

function csvMapping(tables: readonly Table[], source: Partial<MappingInput['source']> = {}): Mapping {
  return mappingSchema.parse({ version: 1, name: 'm', source: { format: 'csv', ...source }, tables: [...tables] });
}

const PRICE = { name: 'price', path: 'price', type: 'numeric(10,2)', decimal: [','] as [','] };
const ID = { name: 'id', path: 'id', type: 'integer' };

test('what is said of a property can be taken back, and nothing is a thing that can be said', () => {
  const said = say(say(say({}, 'quote', null), 'header', false), 'encoding', 'windows-1258');
  expect(said).toEqual({ encoding: 'windows-1258', csv: { quote: null, header: false } });
  expect([saidValue(said, 'quote'), saidValue(said, 'delimiter'), saidValue(said, 'header')]).toEqual([
    null,
    undefined,
    false,
  ]);
  expect(say(say(said, 'quote', undefined), 'encoding', undefined)).toEqual({ csv: { header: false } });
});

test('a mapping takes in what is said, and the guess for what was taken back', () => {
  const mapping = csvMapping([{ name: 't', columns: [ID, PRICE] }], { csv: { delimiter: ',', skipLines: 7 } });
  const said: Said = { csv: { delimiter: '|', comment: null }, decimal: '.', encoding: 'UTF-16LE' };
  const { source, tables } = withSaid(mapping, said, GUESS);
  expect([source.encoding, source.csv.delimiter, source.csv.skipLines, source.csv.comment]).toEqual([
    'UTF-16LE',
    '|',
    2,
    null,
  ]);
  expect(tables[0]?.columns.map(({ decimal }) => decimal)).toEqual([undefined, ['.']]);
});

test('what is said anew is said of all files; what a mapping says of single files stays', () => {
  const files = [{ include: ['./b.csv'], delimiter: '|', skipLines: 2, comment: '#' }];
  const mapping = csvMapping([{ name: 't', columns: [ID] }], { csv: { files } });
  const said = say(saidOf(mapping), 'comment', '%');
  expect(withSaid(mapping, said, GUESS).source.csv).toMatchObject({
    delimiter: 'auto',
    comment: '%',
    skipLines: 0,
    files: [{ include: ['./b.csv'], delimiter: '|', skipLines: 2 }],
  });
  expect(withSaid(mapping, said, GUESS).source.csv.files[0]).not.toHaveProperty('comment');
  expect(saidOfFile(mapping, 'b.csv')).toEqual({ csv: { delimiter: '|', skipLines: 2, comment: '#' } });
  expect(saidOfFile(mapping, 'a.csv')).toEqual({});
});

test('a mapping that took in what was said says the same', () => {
  const said: Said = { csv: { delimiter: '\t', quote: null, header: false }, decimal: '.', encoding: 'windows-1252' };
  expect(saidOf(withSaid(csvMapping([{ name: 't', columns: [PRICE] }]), said, undefined))).toMatchObject(said);
});

test('a mapping that leaves the delimiter and the encoding open says nothing of them', () => {
  const said = saidOf(csvMapping([{ name: 't', columns: [ID] }]));
  expect([said.encoding, said.csv?.delimiter, said.decimal]).toEqual([undefined, undefined, undefined]);
});

test('nothing of CSV is put into a mapping of another format', () => {
  const xml = mappingSchema.parse({
    ...csvMapping([{ name: 't', records: 'r', columns: [ID] }]),
    source: { format: 'xml' },
  });
  expect(withSaid(xml, { encoding: 'VISCII' }, GUESS)).toEqual({
    ...xml,
    source: { ...xml.source, encoding: 'VISCII' },
  });
});

test.each([
  [1, 'sure'],
  [0.9, 'sure'],
  [0.85, 'likely'],
  [0.7, 'unsure'],
])('a confidence of %d reads %s', (confidence, word) => {
  expect(confidenceWord(confidence)).toBe(word);
});

const FILES = ['a/customers.csv', 'a/orders [1].csv', 'a/orders-2.csv'];
const GROUPED = csvMapping([
  { name: 'customers', include: ['a/customers.csv'], columns: [ID], key: ['id'] },
  {
    name: 'orders',
    include: ['a/orders \\[1\\].csv', 'a/orders-2.csv'],
    columns: [ID, { name: 'customer', path: 'customer', type: 'integer' }],
    references: [{ columns: ['customer'], table: 'customers', on: ['id'] }],
  },
  {
    name: 'notes',
    include: ['a/notes.csv'],
    columns: [ID],
    references: [{ columns: ['id'], table: 'orders', on: ['id'] }],
  },
]);

test('files with the same columns become a table each, called as the file is', () => {
  const { tables } = splitByFile(GROUPED, FILES);
  expect(tables.map(({ name, include }) => [name, include])).toEqual([
    ['customers', ['a/customers.csv']],
    ['orders_1_', ['a/orders \\[1\\].csv']],
    ['orders_2', ['a/orders-2.csv']],
    ['notes', ['a/notes.csv']],
  ]);
  expect(tables.map(({ references }) => references.map(({ table }) => table))).toEqual([
    [],
    ['customers'],
    ['customers'],
    [],
  ]);
});

test('one kind of files, which takes every file, is split by the files there are', () => {
  const mapping = csvMapping([{ name: 'all', columns: [ID] }]);
  expect(filesOf({ include: ['*'] }, FILES)).toEqual(FILES);
  expect(splitByFile(mapping, FILES).tables.map(({ name }) => name)).toEqual(['customers', 'orders_1_', 'orders_2']);
});
