import { expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { createDiffering, differingFrom } from '#engine/check/differing-rows';
import { findRepeatedKeys } from '#engine/check/repeated-keys';
import type { LoadTable } from '#engine/model/load-table';
import { createDatabase, describeEachServer } from '#tests/helpers/database';
import { type StagedRows, withStagedRows } from './staged-rows.ts';

const MAPPING: MappingInput = {
  version: 1,
  name: 'm',
  source: { format: 'xml' },
  tables: [
    {
      name: 't',
      records: 't',
      key: ['k1', 'k2'],
      columns: [
        { name: 'a', path: '@a', type: 'text' },
        { name: 'k1', path: '@k1', type: 'varchar(9)' },
        { name: 'b', path: '@b', type: 'integer', default: '7' },
        { name: 'k2', path: '@k2', type: 'integer' },
        { name: 'mood', path: '@mood', type: 'text' },
      ],
    },
  ],
};

async function differing({ client, live, tables }: StagedRows, relation: string) {
  const [table] = tables as [LoadTable];
  const repeated = await findRepeatedKeys(client, live, table);
  const count = await createDiffering(client, live, table, { relation, repeated });
  const { rows } = await client.query(`select d.* from ${differingFrom(table, relation)} d order by number`);
  return { count, rows: rows.map((row) => Object.values(row)) };
}

describeEachServer('the conflicts of a table', (server) => {
  test('are one row per key that the target has with other values, with both versions and the last row that differs', async () => {
    await using database = await createDatabase(server);
    await database.query(`create type mood as enum ('good', 'bad');
      create table t (a text, k1 varchar(9), b integer, k2 integer, mood mood, primary key (k1, k2));
      insert into t values ('x', 'same', 1, 1, 'good'), ('x', 'other', 1, 1, 'good'), ('x', 'other', 1, 2, null),
        ('x', 'often', 1, 1, null), ('x', 'back', 1, 1, null), (null, 'default', 5, 1, null)`);
    const files = {
      'b.xml': '<d>\n<t k1="other" k2="2" a="x" b="1" mood="bad"/>\n<t k1="often" k2="1" a="x" b="1"/>\n</d>',
      'a.xml': `<d>\n<t k1="same" k2="1" a="x" b="1" mood="good"/>\n<t k1="often" k2="1" a="y" b="1"/>
        <t k1="often" k2="1" a="z" b="2"/>\n<t k1="new" k2="1" a="x"/><t k1="new" k2="1" a="y"/>\n<t k1="back" k2="1" a="y" b="1"/>
        <t k1="back" k2="1" a="x" b="1"/>\n<t k1="default" k2="1"/>\n<t k1="other" k2="1" b="1" mood="good"/>\n</d>`,
    };
    const found = await withStagedRows(database, files, MAPPING, (staged) => differing(staged, 'pg_temp.differing_0'));
    // number, file, seq, line, repeats, changed, fills, n of a k1 b k2 mood, o of a b mood
    expect(found).toEqual({
      count: 4,
      rows: [
        ['1', 1, 3, 4, 2, [0, 2], [], 'z', 'often', 2, 1, null, 'x', 1, null],
        ['2', 1, 6, 6, 1, [0], [], 'y', 'back', 1, 1, null, 'x', 1, null],
        ['3', 1, 9, 9, 0, [0], [], null, 'other', 1, 1, 'good', 'x', 1, 'good'],
        ['4', 2, 1, 2, 0, [4], [4], 'x', 'other', 1, 2, 'bad', 'x', 1, null],
      ],
    });
  });

  test('of a table too wide for both versions beside each other are two relations that are read as one', async () => {
    await using database = await createDatabase(server);
    const wide = Array.from({ length: 1_500 }, (_, i) => `c${i}`);
    await database.query(`create table t (id int primary key, ${wide.map((name) => `${name} smallint`).join(', ')});
      insert into t (id, c0, c1499) values (1, 1, 2), (2, 3, 4)`);
    const mapping: MappingInput = {
      version: 1,
      name: 'm',
      source: { format: 'csv' },
      tables: [
        {
          name: 't',
          key: ['id'],
          columns: ['id', ...wide].map((name) => ({ name, path: name, type: name === 'id' ? 'integer' : 'smallint' })),
        },
      ],
    };
    const blank = ','.repeat(1_499);
    const csv = `id,${wide.join(',')}\n1,1${blank}2\n2,3${blank}6\n2,3${blank}5\n`;
    const found = await withStagedRows(database, { 'a.csv': csv }, mapping, async ({ client, live, tables }) => {
      const [table] = tables as [LoadTable];
      const relation = live.names.own('differing_0');
      const repeated = await findRepeatedKeys(client, live, table);
      const count = await createDiffering(client, live, table, { relation, repeated });
      const { rows } = await client.query(
        `select d.repeats, d.changed, d.n0, d.n1500, d.o1500, d.o2 from ${differingFrom(table, relation)} d`,
      );
      return { count, rows };
    });
    expect(found).toEqual({ count: 1, rows: [{ repeats: 1, changed: [1500], n0: 2, n1500: 5, o1500: 4, o2: null }] });
  });
});
