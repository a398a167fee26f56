import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { createDatabase, describeEachServer } from '#tests/helpers/database';
import { countLine, runLoad } from '#tests/helpers/run-load';

const EXAMPLES = join(import.meta.dirname, '../../../examples/parcel-lists');

describeEachServer('the example lists', (server) => {
  const disposals: (() => unknown)[] = [];

  afterEach(async () => {
    for (const dispose of disposals.splice(0).reverse()) await dispose();
  });

  test('bring by their inferred mapping what their README promises', async () => {
    const database = await createDatabase(server);
    disposals.push(database.drop);
    const { mapping } = await inferMapping([EXAMPLES], {}, { signal: AbortSignal.timeout(20_000) });
    const { report } = await runLoad(database, EXAMPLES, mapping);
    const sums = await database.query(
      `select sum(dien_tich)::text as area, min(ngay_do)::text as first, max(ma_xa) as code, count(ghi_chu)::int as notes,
         pg_typeof(min(ma_xa))::text as type
       from thua_dat join xa using (ma_xa) join loai_dat using (ma_loai)`,
    );
    expect({
      tables: Object.fromEntries(Object.entries(report.tables).map(([name, counts]) => [name, countLine(counts)])),
      rejects: report.rejects.sample.map(({ path, line, code }) => `${path}:${line} ${code}`),
      sums,
    }).toEqual({
      tables: {
        loai_dat: '5 read, 5 inserted',
        thua_dat: '60 read, 58 inserted, 2 rejected',
        xa: '4 read, 4 inserted',
      },
      rejects: ['thua-dat.csv:36 BROKEN_RECORD', 'thua-dat.csv:50 BROKEN_RECORD'],
      sums: [{ area: '73825.8', first: '2015-03-18', code: '00994', notes: 2, type: 'text' }],
    });
  });
});
