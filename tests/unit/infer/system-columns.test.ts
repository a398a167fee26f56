import { describe, expect, test } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { compileMapping } from '#engine/map/compile-mapping';
import { NameTable } from '#engine/model/name-table';
import { columnLines, infer, mapped } from './support.ts';

describe('columns named as those that PostgreSQL gives every table', () => {
  test('get other names when inferred, and keep their values', async () => {
    const xml = '<r><i><xmin>1</xmin><CTID>2</CTID><tableoid>x</tableoid></i><i><xmin>3</xmin></i></r>';
    const decided = await infer(xml);
    expect(columnLines(decided, 'i')).toEqual([
      'i_xmin integer xmin',
      'i_CTID integer CTID',
      'i_tableoid text tableoid',
    ]);
    expect((await mapped(decided.mapping, xml)).rows.map(({ values }) => values.i_xmin)).toEqual(['1', '3']);
  });

  test('get other names as keys that rows below name, too', async () => {
    const rows = [1, 2, 3].map((id) => `<xmin ctid="k${id}"><b>${id}</b><b>9</b></xmin>`).join('');
    const decided = await infer(`<r>${rows}</r>`);
    const names = decided.mapping.tables.flatMap(({ columns }) => columns.map(({ name }) => name));
    expect(names.filter((name) => ['xmin', 'ctid'].includes(name.toLowerCase()))).toEqual([]);
    compileMapping(mappingSchema.parse(decided.mapping), new NameTable());
  });

  test.each([
    ['ctid', false],
    ['XMIN', false],
    ['tableoid', true],
  ])('are refused in a mapping: %s (quoted: %s)', (name, quoteNames) => {
    const mapping = mappingSchema.parse({
      version: 1,
      name: 'm',
      quoteNames,
      source: { format: 'csv' },
      tables: [{ name: 't', columns: [{ name, type: 'text', path: 'a' }] }],
    });
    expect(() => compileMapping(mapping, new NameTable())).toThrow(/tables\[0\]\.columns\[0\]\.name: .*hidden column/);
  });

  test('are other columns in capitals when names are quoted', () => {
    const mapping = mappingSchema.parse({
      version: 1,
      name: 'm',
      quoteNames: true,
      source: { format: 'csv' },
      tables: [{ name: 't', columns: [{ name: 'XMIN', type: 'text', path: 'a' }] }],
    });
    expect(compileMapping(mapping, new NameTable()).tables).toHaveLength(1);
  });
});
