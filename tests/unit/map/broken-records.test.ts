import { expect, test } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { FILE, Gathered, mappingOf } from './support.ts';

const column = (name: string, path: string) => ({ name, type: 'text', path });

/** Three records of which the second is broken, in a document element. */
function gather(tables: readonly object[]): Gathered {
  const names = new NameTable({ prefixes: false });
  const mapper = new Mapper(compileMapping(mappingOf(tables, { source: { format: 'csv' } }), names));
  const gathered = new Gathered();
  const row = names.intern('row');
  mapper.startFile(FILE, gathered);
  mapper.open(names.intern('csv'), 1);
  for (const line of [2, 3, 4]) {
    if (line === 3) mapper.brokenRecord(row, line, 'x,y', 'It is broken');
    else {
      mapper.open(row, line);
      mapper.open(names.intern('a:b'), line);
      if (mapper.wantsText) mapper.text(`v${line}`);
      mapper.close();
      mapper.close();
    }
  }
  mapper.close();
  mapper.endFile();
  return gathered;
}

test('a broken record is a reject of each table it would have been a record of, in its place', () => {
  const tables = [
    { name: 't', columns: [column('v', '["a:b"]'), column('n', '$index')] },
    { name: 'u', records: 'row', columns: [column('v', '["a:b"]')] },
    { name: 'w', records: 'other', columns: [column('v', '["a:b"]')] },
  ];
  const { rejects, rows, warnings } = gather(tables);
  const broken = { line: 3, column: null, field: null, value: 'x,y', code: 'BROKEN_RECORD', message: 'It is broken' };
  expect(rejects).toEqual([
    { ...broken, table: 0, sequence: 3 },
    { ...broken, table: 1, sequence: 4 },
  ]);
  expect(rows.map(({ table, sequence, values }) => [table, sequence, ...values])).toEqual([
    [0, 1, 'v2', '1'],
    [1, 2, 'v2'],
    [0, 5, 'v4', '3'],
    [1, 6, 'v4'],
  ]);
  expect(warnings).toEqual({});
});

test('tables that do not take the file hear nothing of it', () => {
  expect(gather([{ name: 't', include: ['b.csv'], columns: [column('v', 'v')] }]).rejects).toEqual([]);
});

test('names with a colon are whole names where there are no prefixes', () => {
  const values = gather([{ name: 't', columns: [{ ...column('v', 'b'), nullable: true }] }]).values();
  expect(values).toEqual([[null], [null]]);
});
