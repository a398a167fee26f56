import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByReferences } from '#engine/model/foreign-key-order';

describe('the order of tables', () => {
  it('puts parents first and tables of a cycle together', () => {
    // 0 → 1 → 2 ⇄ 3, and 4 alone with itself
    expect(groupByReferences([[1], [2], [3], [2], [4]])).toEqual([[2, 3], [1], [0], [4]]);
  });

  it('holds for any graph: every table once, every parent before or in the same group, and groups only for cycles', () => {
    const graphs = fc
      .integer({ min: 1, max: 8 })
      .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1)), { minLength: size, maxLength: size }));
    fc.assert(
      fc.property(graphs, (parentsOf) => {
        const groups = groupByReferences(parentsOf);
        expect(groups.flat().toSorted((a, b) => a - b)).toEqual(parentsOf.map((_, table) => table));
        const placeOf = (table: number) => groups.findIndex((group) => group.includes(table));
        parentsOf.forEach((parents, table) => {
          for (const parent of parents) expect(placeOf(parent)).toBeLessThanOrEqual(placeOf(table));
        });
        for (const group of groups) {
          for (const a of group) for (const b of group) if (a !== b) expect(reaches(parentsOf, a, b)).toBe(true);
        }
      }),
    );
  });
});

function reaches(parentsOf: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const table of seen) for (const parent of parentsOf[table] ?? []) seen.add(parent);
  return seen.has(to);
}
