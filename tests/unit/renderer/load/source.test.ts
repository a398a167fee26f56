import { expect, test } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { compileFileFilter } from '#engine/scan/select-files';
import { sampleValues } from '#renderer/screens/load/mapping/sample-values.ts';
import { includeAnyway } from '#renderer/screens/load/source/include-anyway.ts';
import { explainSkip } from '#renderer/screens/load/source/skip-reason.ts';

test('the reasons that a scan gives are known', () => {
  const mapping = mappingSchema.parse({
    version: 1,
    name: 'm',
    source: { format: 'xml', include: ['*/xml/**'], exclude: ['**/old/**'] },
    tables: [{ name: 't', include: ['*.xml'], records: 'r', columns: [{ name: 'c', type: 'text' }] }],
  });
  const filter = compileFileFilter(mapping);
  expect(['a.xml', 'a/xml/old/b.xml', 'a/xml/b.txt'].map((path) => explainSkip(filter(path) ?? ''))).toEqual([
    { kind: 'include', detail: '*/xml/**' },
    { kind: 'exclude', detail: '**/old/**' },
    { kind: 'no_table', detail: ': see include of the tables' },
  ]);
});

test('a reason that is not known is told as it is', () => {
  expect(explainSkip('EACCES: permission denied')).toEqual({ kind: 'other', detail: 'EACCES: permission denied' });
});

test('samples are the first three different values that are there', () => {
  const rows = [
    ['a', null],
    [null, null],
    ['a', null],
    ['', null],
    ['b', null],
    ['c', null],
  ];
  expect(sampleValues(rows, 3)).toEqual([['a', '', 'b'], [], []]);
});

test('files of the format that only the place keeps out can be taken anyway, and nothing else', () => {
  const mapping = mappingSchema.parse({
    version: 1,
    name: 'm',
    source: { format: 'xml', include: ['*/xml/**/*.xml'], exclude: ['**/old/**'] },
    tables: [{ name: 't', records: 'r', columns: [{ name: 'c', type: 'text' }] }],
  });
  const filter = compileFileFilter(mapping);
  const skipped = (...paths: readonly string[]) => ({
    files: 0,
    bytes: 0,
    sample: [],
    skipped: { count: 0, reasons: [], sample: paths.map((path) => ({ path, reason: filter(path) ?? '' })) },
  });
  expect(includeAnyway(skipped('xml/1.XML', 'scan/1.pdf'), mapping)).toEqual(['**/*.xml']);
  expect(includeAnyway(skipped('a/xml/old/1.xml', 'scan/1.pdf'), mapping)).toEqual([]);
});
