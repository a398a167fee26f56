import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LoadstoneError } from '#contract/errors';
import { readResolutions } from '#contract/read-resolutions';
import { resolutionsJsonSchema } from '#contract/resolutions-json-schema';

function failure(text: string): LoadstoneError {
  try {
    readResolutions(text, 'r.json');
  } catch (error) {
    if (error instanceof LoadstoneError && error.code === 'RESOLUTIONS_INVALID') return error;
    throw error;
  }
  throw new Error('The resolutions were accepted.');
}

test('accepts comments and trailing commas, and names the place of a syntax error', () => {
  expect(readResolutions('{ "version": 1, // all\n "use": { "newer": "at" }, }', 'r.json')).toEqual({
    version: 1,
    use: { newer: 'at' },
  });
  expect(failure('{ "version": 1,\n  "use" "skip" }').place).toEqual({ path: 'r.json', line: 2, column: 9 });
});

test.each([
  ['{ "use": "skip" }', 'r.json: version is missing.', 'Add version: 1.'],
  [
    '{ "version": 1, "use": "skp" }',
    'r.json: use is "skp", it must be one of "skip", "overwrite", "merge", "fail" or an object {…}.',
    'Write one of "skip", "overwrite", "merge", "fail" or an object {…} at use.',
  ],
  [
    '{ "version": 1, "tables": { "t": { "usee": "skip" } } }',
    'r.json: tables.t.usee is not a key that is known there (did you mean "use"?).',
    'Rename or remove "usee". Allowed in tables.t: use, columns.',
  ],
  [
    '{ "version": 1, "choices": [{ "table": "t", "which": { "where": [] }, "use": "skip" }] }',
    'r.json: choices[0].which.where must not be empty.',
    'Fill in choices[0].which.where.',
  ],
  ['[]', 'r.json: the document is [], it must be an object {…}.', 'Write an object {…} at the document.'],
])('says what is wrong and where: %s', (text, message, remedy) => {
  const error = failure(text);
  expect({ message: error.message, remedy: error.remedy }).toEqual({ message, remedy });
});

test('reads what docs/resolutions.md shows', () => {
  const [, shown = ''] = /```jsonc\n(.*?)```/s.exec(readFileSync('docs/resolutions.md', 'utf8')) ?? [];
  expect(readResolutions(shown, 'r.json')).toMatchObject({ use: { newer: 'ngayCap' }, choices: [{}, {}, {}] });
});

test('the published JSON Schema is up to date (node scripts/write-schema.mjs)', () => {
  const published = JSON.parse(readFileSync('schemas/resolutions-1.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(resolutionsJsonSchema())));
});
