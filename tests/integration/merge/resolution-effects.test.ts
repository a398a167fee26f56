import { expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import type { Resolutions } from '#contract/resolutions';
import { createDiffering } from '#engine/check/differing-rows';
import { findRepeatedKeys } from '#engine/check/repeated-keys';
import { countEffects, readEffects } from '#engine/check/resolution-effects';
import type { LoadTable } from '#engine/model/load-table';
import { createDatabase, embeddedServer } from '#tests/helpers/database';
import { withStagedRows } from './staged-rows.ts';

const MAPPING: MappingInput = {
  version: 1,
  name: 'm',
  source: { format: 'csv' },
  tables: [
    {
      name: 't',
      key: ['id'],
      columns: [
        { name: 'name', path: 'name', type: 'text' },
        { name: 'id', path: 'id', type: 'integer' },
        { name: 'at', path: 'at', type: 'date' },
        { name: 'state', path: 'state', type: 'text', default: "'open'" },
      ],
    },
  ],
};

const RESOLUTIONS: Resolutions = {
  version: 1,
  tables: { t: { use: { newer: 'at' }, columns: { name: 'merge' } } },
  choices: [
    { table: 't', which: { where: [{ column: 'name', is: 'contains', side: 'new', text: 'YẾN' }] }, use: 'overwrite' },
    { table: 't', which: { key: { id: '4' } }, use: 'fail' },
    { table: 't', which: { key: { id: '5' } }, use: 'skip' },
    { table: 't', which: { key: { id: '99' } }, use: 'skip' },
    { table: 't', which: { where: [{ column: 'at', is: 'empties' }] }, use: 'merge' },
  ],
};

test('what resolutions do to conflicts is counted, and shown row by row with the values that would stand', async () => {
  await using database = await createDatabase(embeddedServer());
  await database.query(`create table t (id int primary key, name text, at date, state text);
    insert into t select n, 'old', '2020-01-02', 'old' from generate_series(1, 7) n; update t set name = null where id in (1, 2)`);
  const csv = `id,name,at,state
1,new,2020-01-03,
2,new,2020-01-01,x
3,yến,2020-01-01,x
4,yến,2020-01-01,x
5,yến,2021-01-01,x
6,new,,x
7,first,2020-01-01,x
7,new,2022-01-01,x
`;
  const effects = await withStagedRows(
    database,
    { 'a.csv': csv },
    MAPPING,
    async ({ client, live, tables }) => {
      const [table] = tables as [LoadTable];
      const relation = 'pg_temp.differing';
      await createDiffering(client, live, table, { relation, repeated: await findRepeatedKeys(client, live, table) });
      const shown = (value: string) => `left((${value})::text, 4)`;
      return {
        counts: await countEffects(client, table, relation),
        rows: Object.fromEntries(await readEffects(client, table, relation, [1, 2, 3, 4, 5, 6, 7, 8])),
        cut: (await readEffects(client, table, relation, [3], shown)).get(3)?.result,
      };
    },
    { resolutions: RESOLUTIONS },
  );
  expect(effects).toEqual({
    counts: { updated: 4, skipped: 2, fails: 1 },
    rows: {
      // The newer row by its date; a name only where there was none; what is not said leaves what is there.
      1: { outcome: 'updated', choice: null, result: ['new', '1', '2020-01-03', 'old'] },
      2: { outcome: 'updated', choice: null, result: ['new', '2', '2020-01-02', 'old'] },
      3: { outcome: 'updated', choice: 0, result: ['yến', '3', '2020-01-01', 'x'] },
      4: { outcome: 'fails', choice: 1, result: ['old', '4', '2020-01-02', 'old'] },
      5: { outcome: 'skipped', choice: 2, result: ['old', '5', '2020-01-02', 'old'] },
      6: { outcome: 'skipped', choice: 4, result: ['old', '6', '2020-01-02', 'old'] },
      7: { outcome: 'updated', choice: null, result: null },
    },
    cut: ['yến', '3', '2020', 'x'],
  });
});
