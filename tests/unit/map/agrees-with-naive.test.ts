import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import type { ColumnPath, RecordsPattern } from '#engine/map/path/ast';
import { printColumnPath, printRecordsPattern } from '#engine/map/path/print-path';
import { NameTable } from '#engine/model/name-table';
import { fewPatterns, fewSelections, tree } from './arbitraries.ts';
import * as naive from './naive.ts';
import { FILE, feedTree, Gathered, mappingOf, type Tree, table } from './support.ts';

type Selection = Extract<ColumnPath, { kind: 'select' }>;

describe('values taken from the stream', () => {
  const cases = [fewPatterns, fc.array(fewSelections, { minLength: 1, maxLength: 3 }), tree] as const;

  it('are those a plain evaluation over the whole tree finds', () => {
    fc.assert(
      fc.property(...cases, (pattern, paths, document) => {
        expect(mapped(pattern, paths, document, 1_000)).toEqual(expected(pattern, paths, document));
      }),
      { numRuns: 3_000 },
    );
  });

  it('are the same when rows are handed over before their ancestors are over', () => {
    fc.assert(
      fc.property(...cases, (pattern, paths, document) => {
        const upward = paths.map((path) => ({ ...path, up: path.up + 1 }));
        expect(mapped(pattern, upward, document, 0)).toEqual(expected(pattern, upward, document));
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Per record: all values joined, the first, the last. */
function expected(pattern: RecordsPattern, paths: readonly Selection[], document: Tree) {
  return naive.recordsOf(naive.toNode(document), pattern).map((record) =>
    paths.flatMap((path) => {
      const all = naive.select(record, path);
      return [all.length === 0 ? null : all.join('; '), all[0] ?? null, all.at(-1) ?? null];
    }),
  );
}

function mapped(pattern: RecordsPattern, paths: readonly Selection[], document: Tree, rows: number) {
  const columns: Record<string, object> = {};
  for (const [at, path] of paths.entries()) {
    const column = { path: printColumnPath(path), emptyAsNull: false, trim: false };
    for (const many of ['join', 'first', 'last']) columns[`${many}${at}`] = { ...column, many };
  }
  const mapping = mappingOf([table('t', printRecordsPattern(pattern), columns)]);
  const names = new NameTable();
  const mapper = new Mapper(compileMapping(mapping, names), { rows, bytes: 1e6 });
  const gathered = new Gathered();
  mapper.startFile(FILE, gathered);
  feedTree(document, mapper, names);
  mapper.endFile();
  expect(mapper.held).toBe(0);
  return withLates(gathered);
}

/** Does what SQL does with late values. */
function withLates({ rows, lates }: Gathered): (string | null)[][] {
  const sorted = [...rows].sort((a, b) => a.sequence - b.sequence);
  return sorted.map(({ table: number, values, anchors }) =>
    values.map((value, column) => {
      const late = lates.find(
        (one) => one.table === number && one.column === column && one.anchor === anchors[one.slot],
      );
      return late === undefined ? value : late.value;
    }),
  );
}
