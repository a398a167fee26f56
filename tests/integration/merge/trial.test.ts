import { expect, onTestFinished, test } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { readLoadModel } from '#engine/load/load-model';
import { trialMerge } from '#engine/merge/trial';
import { stagingNames } from '#engine/model/staging-names';
import { closeClient, openClient } from '#engine/postgres/client';
import { createDatabase, describeEachServer } from '#tests/helpers/database';

const MAPPING = mappingSchema.parse({
  version: 1,
  name: 'm',
  source: { format: 'csv' },
  tables: [{ name: 't', columns: [{ name: 'a', type: 'integer', path: 'a' }] }],
});

describeEachServer('trying a merge before anything is staged', (server) => {
  test('takes no offence at a table that another load created meanwhile', async () => {
    await using database = await createDatabase(server);
    const client = await openClient(database.target, { applicationName: 'trial test' });
    onTestFinished(() => closeClient(client));
    const { tables } = await readLoadModel(client, { mapping: MAPPING, schema: undefined, onConflict: undefined });
    await database.query('create table t (a integer)');
    await trialMerge(client, stagingNames('00000000-0000-4000-8000-000000000000'), tables);
    await database.query('drop table t');
    await database.query('create view t as select 1 as a');
    const trial = trialMerge(client, stagingNames('00000000-0000-4000-8000-000000000000'), tables);
    await expect(trial).rejects.toMatchObject({ code: 'TARGET_MISMATCH' });
  });
});
