import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonicalJson } from '#contract/canonical-json';
import { LoadstoneError } from '#contract/errors';
import { mappingJsonSchema } from '#contract/mapping-json-schema';
import { readMapping } from '#contract/read-mapping';

const column = { name: 'a', type: 'text', path: 'a' };
const table = { name: 't', columns: [column] };
const mapping = { version: 1, name: 'm', source: { format: 'xml' }, tables: [table] };

function failure(written: unknown): LoadstoneError {
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  try {
    readMapping(text, 'm.json');
  } catch (error) {
    if (error instanceof LoadstoneError && error.code === 'MAPPING_INVALID') return error;
    throw error;
  }
  throw new Error('The mapping was accepted.');
}

test('applies the defaults', () => {
  expect(readMapping(JSON.stringify(mapping), 'm.json')).toMatchObject({
    defaults: { trim: true, emptyAsNull: true, normalize: 'none', decimal: ['.'], onExtraValues: 'reject' },
    quoteNames: false,
    tables: [{ onConflict: 'skip', keep: true, key: [], columns: [{ nullable: true, round: false }] }],
  });
});

test('accepts comments, trailing commas and a byte order mark, and leaves texts alone', () => {
  const text = `\uFEFF{ // first
    "version": 1, /* "name": "no", */ "name": "a // b, ] /* c */ \\" ,}",
    "source": { "format": "xml", }, "tables": [ { "name": "t", "columns": [ { "name": "a", "type": "text" }, ], }, ] }`;
  expect(readMapping(text, 'm.json').name).toBe('a // b, ] /* c */ " ,}');
});

test('names the place of a syntax error as it is in the file', () => {
  const error = failure('{ /* a\n b */ "version": 1,\n   "name" "x" }');
  expect(error.place).toEqual({ path: 'm.json', line: 3, column: 11 });
  expect(failure('{ "version": 1').place).toEqual({ path: 'm.json', line: 1, column: 15 });
});

test.each([
  [
    { ...mapping, tables: [{ ...table, columns: [{ name: 'a', typ: 'text' }] }] },
    'm.json: tables[0].columns[0].type is missing; tables[0].columns[0].typ is not a key that is known there (did you mean "type"?).',
  ],
  [
    { ...mapping, source: { format: 'xmll' } },
    'm.json: source.format is "xmll", it must be one of "xml", "csv", "json", "api".',
  ],
  [
    { ...mapping, defaults: { Trim: true } },
    'm.json: defaults.Trim is not a key that is known there (did you mean "trim"?).',
  ],
  [
    { ...mapping, tables: [{ ...table, onConflict: 'skp' }] },
    'm.json: tables[0].onConflict is "skp", it must be one of "skip", "overwrite", "merge", "fail" or an object {…}.',
  ],
  [
    { ...mapping, tables: [{ ...table, onConflict: { columns: { a: 'x' } } }] },
    'm.json: tables[0].onConflict.columns.a is "x", it must be one of "skip", "overwrite", "merge", "fail".',
  ],
  [
    { ...mapping, tables: [{ ...table, columns: [{ ...column, values: { 'm²': 1 } }] }] },
    'm.json: tables[0].columns[0].values["m²"] is 1, it must be a text.',
  ],
  [
    { ...mapping, tables: [{ ...table, references: [{ columns: ['a'], table: 'x', on: ['a', 'b'] }] }] },
    'm.json: tables[0].references[0] must list as many "columns" as "on".',
  ],
  [{ ...mapping, version: 2 }, 'm.json: version is 2, it must be 1.'],
  [{ ...mapping, tables: [] }, 'm.json: tables must not be empty.'],
  [[], 'm.json: the mapping is [], it must be an object {…}.'],
])('says what is wrong and where: %#', (written, message) => {
  const error = failure(written);
  expect(error.message).toBe(message);
  expect(error.remedy).not.toBe('');
});

test('lists the keys allowed there', () => {
  expect(failure({ ...mapping, source: { format: 'xml', enc: 'x' } }).remedy).toBe(
    'Rename or remove "enc". Allowed in source: format, include, exclude, caseSensitive, encoding, namespaces, csv.',
  );
});

test('the published JSON Schema is up to date (node scripts/write-schema.mjs)', () => {
  const published = JSON.parse(readFileSync('schemas/mapping-1.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(mappingJsonSchema())));
});

test('equal values have one canonical JSON, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: undefined, a: null }], ê: 'x', a: { '2': 1, '10': 2 } })).toBe(
    canonicalJson({ a: { '10': 2, '2': 1 }, ê: 'x', b: [{ a: null, d: 1 }] }),
  );
  expect(canonicalJson({ b: 1, a: [2, 1] })).toBe('{"a":[2,1],"b":1}');
});
