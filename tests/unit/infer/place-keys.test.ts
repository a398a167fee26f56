import { expect, test } from 'vitest';
import { infer } from './support.ts';

async function placeDoubts(xml: string) {
  const { uncertain } = await infer(xml);
  return uncertain.filter(({ code }) => code === 'KEY_BY_PLACE');
}

test('each table whose rows are told apart by their place is named, with what comes of it', async () => {
  const found = await placeDoubts('<r><p><n>A</n><k>1</k><k>2</k></p><p><n>B</n><k>3</k></p></r>');
  expect(found.map(({ table }) => table)).toEqual(['p', 'k']);
  for (const { decided } of found) expect(decided).toContain('loaded again');
});

test('values that were different in all records are named, as they could be the key', async () => {
  const [found] = await placeDoubts('<r><p><n>A</n><m>x</m><k>1</k><k>2</k></p><p><n>B</n><m>x</m><k>3</k></p></r>');
  expect(found?.why).toContain('; n could be the key');
});

test('a key that takes in the place of the record around it is by place too', async () => {
  const xml =
    '<r><p><a>x</a><c id="1"/><c id="2"/></p><p><a>x</a><c id="1"/><c id="2"/></p><p><a>x</a><c id="1"/></p></r>';
  const found = await placeDoubts(xml);
  expect(found.map(({ table, why }) => [table, why.split(':')[0]])).toEqual([
    ['p', 'no id is there, and different, in all of them'],
    ['c', 'the record around it is told apart by its place'],
  ]);
});

test('elements that hold themselves and have no id are told apart by file and line, which is said', async () => {
  const found = await placeDoubts('<r>\n<n><t>x</t>\n<n><t>x</t></n>\n</n>\n</r>');
  expect(found.map(({ table }) => table)).toEqual(['n']);
});

test('nothing is said of keys that are values', async () => {
  expect(await placeDoubts('<r><p id="a1"/><p id="a2"/><p id="a3"/></r>')).toEqual([]);
});
