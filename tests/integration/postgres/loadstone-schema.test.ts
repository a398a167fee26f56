import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeClient, openClient } from '#engine/postgres/client';
import { installLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { sql as FIRST_VERSION } from '#engine/postgres/target-schema/0001-loads';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { document, element, mappingOf, table } from '#tests/helpers/load-bench';
import { failureOf, runLoad, undoRun, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const mapping = mappingOf(table('note', { id: 'integer', text: 'text' }, { key: ['id'] }));

describe('the schema that an earlier Loadstone left in a target', () => {
  let database: TestDatabase;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    database = await createDatabase(embeddedServer());
    folder = temporaryFolder();
    writeFiles(folder.path, { 'a.xml': document(element('note', { id: 1, text: 'a' })) });
    await database.query(`create schema loadstone; ${FIRST_VERSION}`);
  });

  afterEach(async () => {
    await database.drop();
    folder.remove();
  });

  test('is brought up to date by its owner, and those who shared it go on sharing it', async () => {
    const clerk = `clerk_${database.target.database}`;
    await database.query(`
      create role "${clerk}" login password 'p'; create table note (id int primary key, text text);
      grant create on database "${database.target.database}" to "${clerk}"; alter table note owner to "${clerk}";
      grant usage, create on schema loadstone to "${clerk}";
      grant select, insert, update, delete on all tables in schema loadstone to "${clerk}"`);
    try {
      const shared = { target: { ...database.target, user: clerk, password: 'p' } };
      const failure = await failureOf(runLoad(shared, folder.path, mapping));
      expect(failure.code).toBe('PERMISSION_DENIED');
      expect(failure.message).toContain('must be owner of table loads');
      await withClient(installLoadstoneSchema);
      const run = await runLoad(shared, folder.path, mapping);
      expect(run.report.tables.note).toMatchObject({ inserted: 1 });
      expect(await undoRun(shared, run)).toMatchObject({ note: { removed: 1 } });
      expect(await database.query('select action, session_user_name as who from loadstone.audit order by id')).toEqual([
        { action: 'merged', who: clerk },
        { action: 'undone', who: clerk },
      ]);
    } finally {
      await database.query(`drop owned by "${clerk}" cascade; drop role "${clerk}"`);
    }
  });

  test('is left alone while somebody reads it for long: nobody has to queue behind a change that waits', async () => {
    const reader = await openClient(database.target, { applicationName: 'reader' });
    try {
      await reader.query('begin; lock table loadstone.loads in access share mode');
      await expect(withClient(installLoadstoneSchema)).rejects.toMatchObject({ code: '55P03' });
      expect(await database.query('select count(*) from loadstone.loads')).toEqual([{ count: '0' }]);
    } finally {
      await closeClient(reader);
    }
    await withClient(installLoadstoneSchema);
    expect(await database.query('select count(*) from loadstone.audit')).toEqual([{ count: '0' }]);
  });

  async function withClient(work: (client: Awaited<ReturnType<typeof openClient>>) => Promise<void>): Promise<void> {
    const client = await openClient(database.target, { applicationName: 'test' });
    await work(client).finally(() => closeClient(client));
  }
});
