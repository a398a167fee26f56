import { describe, expect, it } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { parseBuffer } from '#engine/parse/parse-file';
import { FILE, Gathered, mappingOf, table } from './support.ts';

async function mapJson(tables: readonly object[], text: string): Promise<Gathered> {
  const names = new NameTable({ prefixes: false });
  const mapping = mappingOf(tables, { source: { format: 'json' } });
  const mapper = new Mapper(compileMapping(mapping, names));
  const gathered = new Gathered();
  mapper.startFile(FILE, gathered);
  await parseBuffer(Buffer.from(text), { path: 'a.json', source: mapping.source, names, handler: mapper });
  mapper.endFile();
  return gathered;
}

describe('a null in a JSON array', () => {
  const rows = [table('t', 'v', { value: '.', place: '$index' })];

  it.each([
    ['of values', '{"v":[1,null,3,null,null,6]}'],
    ['in lines', '{"v":[1,null,3,null,null,6]}\n{"w":null}\n'],
    ['beside a key that is null', '{"u":null,"v":[1,null,3,null,null,6],"w":[null,1]}'],
  ])('%s is no row, but takes its place', async (_, text) => {
    expect((await mapJson(rows, text)).values()).toEqual([
      ['1', '1'],
      ['3', '3'],
      ['6', '6'],
    ]);
  });

  it('is counted anew in each array, and among the records', async () => {
    const tables = [{ ...rows[0], records: '//v' }, table('r', '/*/*', { place: '$index' })];
    const { rows: found } = await mapJson(tables, '[null,{"v":[null,2]},null,{"v":[1,null,{}]}]');
    expect(found.map(({ table: t, values }) => [t, ...values])).toEqual([
      [0, '2', '2'],
      [1, '2'],
      [0, '1', '1'],
      [0, null, '3'],
      [1, '4'],
    ]);
  });

  it('takes a position in paths; the last is the last that is there', async () => {
    const columns = { one: 'v[1]', two: 'v[2]', three: 'v[3]', last: 'v[last()]', object: "o[k='x'][1]/n" };
    const text = '{"v":[null,2,3,null],"o":[null,{"k":"x","n":"named"}]}';
    expect((await mapJson([table('t', '/*/*', columns)], text)).values()).toEqual([[null, '2', '3', '3', 'named']]);
  });
});
