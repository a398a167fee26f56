import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { infer, mapped, type NamedRow } from './support.ts';

/** Each element has a number of its own, `n`, so that its row is known. */
interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

const elementOf = (depth: number): fc.Arbitrary<Element> =>
  fc.record({
    name: fc.constantFrom('p', 'q', 'order', 'item', 'place', 'x'),
    text: fc.constantFrom('', '7', 'x'),
    children: depth === 0 ? fc.constant([]) : fc.array(elementOf(depth - 1), { maxLength: 4 }),
  });

/** The document, and of each element by its number the numbers of what it stands in, the nearest first. */
function write(root: Element, between: string) {
  const above = new Map<string, readonly string[]>();
  const print = ({ name, text, children }: Element, ancestors: readonly string[]): string => {
    const n = `${above.size}`;
    above.set(n, ancestors);
    const inner = children.map((child) => print(child, [n, ...ancestors]) + between).join('');
    const value = text === '' ? '' : `<v n="${above.size}">${text}</v>`;
    if (value !== '') above.set(`${above.size}`, [n, ...ancestors]);
    return `<${name} n="${n}">${inner}${value}</${name}>`;
  };
  return { xml: print(root, []), above };
}

const keyOf = (row: NamedRow, columns: readonly string[]) => {
  const values = columns.map((column) => row.values[column]);
  return values.includes(undefined) ? null : JSON.stringify(values);
};

/** What each row refers to is the nearest of its kind around it, and the nearest row around it is among that. */
function assertParents({ tables }: MappingInput, rows: readonly NamedRow[], above: ReturnType<typeof write>['above']) {
  const tableOf = new Map(rows.map(({ table, values }) => [values.n ?? '', table]));
  for (const { name, references = [] } of tables) {
    for (const row of rows.filter(({ table }) => table === name)) {
      const around = (above.get(row.values.n ?? '') ?? []).filter((n) => tableOf.has(n));
      const found = references.map(({ columns, table, on }) => {
        const key = keyOf(row, columns);
        const target = key === null ? null : rows.find((one) => one.table === table && keyOf(one, on) === key);
        const nearest = around.find((n) => tableOf.get(n) === table) ?? null;
        const refers = key === null ? null : (target?.values.n ?? 'nothing');
        expect(refers, `${name} ${row.values.n} → ${table}`).toBe(nearest);
        return refers;
      });
      if (around[0] !== undefined) expect(found, `${name} ${row.values.n} in ${around[0]}`).toContain(around[0]);
    }
  }
}

async function check(xml: string, above: ReturnType<typeof write>['above']) {
  const { mapping } = await infer(xml);
  const { rows, rejects } = await mapped(mapping, xml);
  expect(rejects).toEqual([]);
  assertParents(mapping, rows, above);
}

describe('the rows of any document name the rows around them', () => {
  test('told apart by where they stand, in one line or in many', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(elementOf(4), fc.constantFrom('', '\n'), async (root, between) => {
        const { xml, above } = write(root, between);
        await check(xml, above);
      }),
      { numRuns: Number(process.env.INFER_RUNS ?? 250) },
    );
  });

  test('of several kinds that hold one which holds itself', async () => {
    const leaf = (name: string, children: readonly Element[] = []): Element => ({ name, text: 'x', children });
    const q = leaf('q', [leaf('q')]);
    const p = leaf('p', [q, leaf('order', [leaf('q')]), leaf('order', [leaf('q')])]);
    for (const between of ['', '\n']) {
      const { xml, above } = write(leaf('root', [p, leaf('p', [q])]), between);
      await check(xml, above);
    }
  });
});
