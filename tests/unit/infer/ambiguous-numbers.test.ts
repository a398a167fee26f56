import { afterEach, beforeEach, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function inferred(path: string, text: string) {
  writeFiles(folder.path, { [path]: text });
  const { mapping, report } = await inferMapping([folder.path], {}, { signal: AbortSignal.timeout(20_000) });
  const columns = Object.fromEntries(
    (mapping.tables[0]?.columns ?? []).map(({ name, type, decimal }) => [name, [type, decimal]]),
  );
  const doubts = report.uncertain.filter(({ code }) => code === 'TYPE_AMBIGUOUS_NUMBER');
  const tree = Object.fromEntries(report.tree.map(({ path: at, values }) => [at, values?.type]));
  return { columns, tree, doubts: doubts.map(({ column, decided, why }) => [column, decided, why]) };
}

test('points are taken for thousands where a column beside them has decimal commas, and that is said', async () => {
  const { columns, doubts } = await inferred('a.csv', 'id;price;qty\n1;1.234,50;1.000\n2;99,00;2.500\n3;-5,5;12.000\n');
  expect(columns).toMatchObject({ price: ['numeric(12,2)', [',']], qty: ['numeric(10,0)', [',']] });
  expect(doubts).toEqual([
    [
      'qty',
      'numeric(10,0)',
      'all 3 values can be read with a decimal point, or with points between thousands; other values here have decimal commas',
    ],
  ]);
});

test('commas are taken for thousands where a column beside them has decimal points', async () => {
  const { columns, doubts } = await inferred('a.csv', 'id;price;qty\n1;1234.50;1,000\n2;99.00;2,500\n');
  expect(columns).toMatchObject({ qty: ['numeric(10,0)', undefined] });
  expect(doubts.map(([column]) => column)).toEqual(['qty']);
});

test('where nothing around tells, points in groups of three stay text as commas do', async () => {
  const { columns, doubts } = await inferred('a.csv', 'id;a;b\n1;1.000;1,000\n2;2.500;7\n3;12;2,500\n');
  expect(columns).toMatchObject({ a: ['text', undefined], b: ['text', undefined] });
  expect(doubts.map(([column, decided]) => [column, decided])).toEqual([
    ['a', 'text'],
    ['b', 'text'],
  ]);
});

test('where both signs part decimals around it, nothing is told by them', async () => {
  const { columns } = await inferred('a.csv', 'a;b;c\n1.000;0,5;0.5\n2.500;1,5;1.5\n');
  expect(columns).toMatchObject({ a: ['text', undefined] });
});

test('a point in JSON parts decimals', async () => {
  const { columns, doubts, tree } = await inferred(
    'a.json',
    '[{"id":1,"v":1.125,"w":"1,125"},{"id":2,"v":2.375,"w":"2,375"}]',
  );
  expect(columns).toMatchObject({ v: ['numeric(13,3)', undefined], w: ['text', undefined] });
  expect(tree['/a/v']).toBe('numeric(13,3)');
  expect(doubts.map(([column]) => column)).toEqual(['w']);
});
