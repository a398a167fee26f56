import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseColumnPath, parseRecordsPattern } from '#engine/map/path/parse-path';
import { printColumnPath, printRecordsPattern } from '#engine/map/path/print-path';
import { allPaths, allPatterns } from '../arbitraries.ts';

const PLACE = 'tables[2].columns[4].path';

describe('the path language', () => {
  it('reads what it prints', () => {
    fc.assert(
      fc.property(allPaths, (path) => {
        expect(parseColumnPath(printColumnPath(path), PLACE)).toEqual(path);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(allPatterns, (pattern) => {
        expect(parseRecordsPattern(printRecordsPattern(pattern), PLACE)).toEqual(pattern);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never fails otherwise than with the place, the path and a remedy', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[ab/.@[\]()'"$*=1:]*$/)), (text) => {
        try {
          parseColumnPath(text, PLACE);
        } catch (error) {
          expect(error).toMatchObject({ code: 'MAPPING_INVALID', remedy: expect.stringMatching(/./) });
          expect((error as Error).message).toContain(`${PLACE}: in the path ${JSON.stringify(text.trim())}`);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a/', 'at its end'],
    ['a//', 'at its end'],
    ['', 'at its end'],
    ['/a', 'at character 1 ("/"): a column’s path starts at its record'],
    ['a/../b', 'at character 3 ("."): .. after a name'],
    ['@*', 'at character 2 ("*"): the attribute’s name is missing'],
    ['//@id', 'at character 3 ("@"): an attribute cannot stand after //'],
    ['a[0]', 'at character 3 ("0"): positions count from 1'],
    ['a[b>1]', 'at character 4 (">"): expected ='],
    ["a[@k='v'", 'at its end: expected ]'],
    ['a[@k=v]', 'at character 6 ("v"): expected a text in quotes'],
    ['a b', 'at character 2 (" "): expected / between steps'],
    ['1a', 'at character 1 ("1"): a step is missing or not a name'],
    ['count(a)', 'at character 6 ("("): expected / between steps'],
    ['$line2', 'at character 1 ("$"): this value is unknown'],
    ['$parent.', 'at its end: a column is missing'],
    ['p:', 'at its end: a name is missing after the prefix'],
    ['["a\\x"]', 'at character 1 ("["): the name in brackets'],
  ])('refuses %s and says where', (path, where) => {
    expect(() => parseColumnPath(path, PLACE)).toThrow(where);
  });

  it.each([
    ['a[last()]', 'at character 1 ("a"): last() cannot be judged while the records are read'],
    ['../a', 'at character 1 ("."): records are elements found from above'],
    ['a/@b', 'at character 3 ("@"): records are elements'],
    ['a/text()', 'at character 3 ("t"): records are elements, not texts'],
    ['$file', 'at character 1 ("$"): records are elements'],
  ])('refuses %s as records', (pattern, where) => {
    expect(() => parseRecordsPattern(pattern, 'tables[0].records')).toThrow(where);
  });

  it('accepts spaces inside predicates and both kinds of quotes', () => {
    expect(printColumnPath(parseColumnPath(`a[ @k = "it's" ][ 1 ]/b[["x y"]='v']`, PLACE))).toBe(
      `a[@k="it's"][1]/b[["x y"]='v']`,
    );
  });
});
