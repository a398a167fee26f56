import { describe, expect, it } from 'vitest';
import { LoadstoneError } from '#contract/errors';
import { readMapping } from '#contract/read-mapping';

/** What is said about a mapping's `source.csv`, or null when it is taken. */
function objection(csv: object): string | null {
  const tables = [{ name: 't', columns: [{ name: 'a', type: 'text', path: 'a' }] }];
  try {
    readMapping(JSON.stringify({ version: 1, name: 'test', source: { format: 'csv', csv }, tables }), 'test');
    return null;
  } catch (error) {
    if (!(error instanceof LoadstoneError)) throw error;
    return error.message;
  }
}

describe('the csv keys of a mapping', () => {
  it.each([
    {},
    { delimiter: 'auto' },
    { delimiter: '\t' },
    { delimiter: '😀' },
    { quote: null, escape: null },
    { quote: '', escape: '' },
    { quote: "'", escape: '\\' },
    { header: false, columns: ['a', 'b'] },
    { files: [{ include: ['old/*.csv', '*.tsv'], delimiter: '\t', encoding: 'windows-1258', skipLines: 2 }] },
  ])('may be %j', (csv) => {
    expect(objection(csv)).toBeNull();
  });

  it.each([
    [{ delimiter: ';;' }, 'source.csv.delimiter must be one character, or "auto"'],
    [{ delimiter: '\n' }, 'source.csv.delimiter must be one character, or "auto"'],
    [{ quote: '«' }, 'source.csv.quote must be one ASCII character, or null'],
    [{ escape: '\r' }, 'source.csv.escape must be one ASCII character, or null'],
    [{ delimiter: "'", quote: "'" }, 'source.csv must have a "delimiter" other than its "quote"'],
    [{ delimiter: '\\', escape: '\\' }, 'source.csv must have a "delimiter" other than its "escape"'],
    [{ columns: ['a', 'b', 'a'] }, 'source.csv must name each of its "columns" once'],
    [{ separator: ';' }, 'separator'],
    [{ files: [{ delimiter: ';' }] }, 'source.csv.files[0].include'],
    [{ files: [{ include: ['*'], separator: ';' }] }, 'separator'],
    [
      { quote: "'", files: [{ include: ['a'] }, { include: ['b'], delimiter: "'" }] },
      'source.csv.files[1] must have a "delimiter" other than its "quote"',
    ],
  ])('may not be %j', (csv, expected) => {
    expect(objection(csv)).toContain(expected);
  });
});
