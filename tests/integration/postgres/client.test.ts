import { expect, it } from 'vitest';
import { backendPid, cancelRunning } from '#engine/postgres/cancel';
import { closeClient, openClient } from '#engine/postgres/client';
import { toLoadstoneError } from '#engine/postgres/server-errors';
import { createDatabase, describeEachServer } from '#tests/helpers/database';

describeEachServer('openClient', (server) => {
  it('sets the session up for loading, whatever the defaults of the database are', async () => {
    await using database = await createDatabase(server);
    const name = database.target.database;
    await database.query(`alter database "${name}" set datestyle = 'German'`);
    await database.query(`alter database "${name}" set statement_timeout = '1s'`);
    await database.query(`alter database "${name}" set standard_conforming_strings = off`);
    await database.query(`alter database "${name}" set search_path = elsewhere`);
    const client = await openClient({ ...database.target, timeZone: 'Asia/Ho_Chi_Minh' }, { applicationName: 'setup' });
    const { rows } = await client.query(
      `select current_setting('datestyle') as datestyle, current_setting('statement_timeout') as timeout,
              current_setting('standard_conforming_strings') as strings, current_setting('timezone') as zone,
              current_setting('search_path') as path, current_setting('application_name') as name,
              9007199254740993::bigint as big, timestamptz '2024-02-03 04:05:06.123456+00' as moment, date 'infinity' as never`,
    );
    await closeClient(client);
    expect(rows).toEqual([
      {
        datestyle: 'ISO, YMD',
        timeout: '0',
        strings: 'on',
        zone: 'Asia/Ho_Chi_Minh',
        path: 'elsewhere',
        name: 'setup',
        big: '9007199254740993',
        moment: '2024-02-03 11:05:06.123456+07',
        never: 'infinity',
      },
    ]);
    await database.expectNoConnections();
  });

  it('survives the server ending an idle connection, and says so at the next query', async () => {
    await using database = await createDatabase(server);
    const client = await openClient(database.target, { applicationName: 'idle' });
    const ended = new Promise((resolve) => client.once('end', () => resolve(undefined)));
    await database.query('select pg_terminate_backend($1)', [backendPid(client)]);
    await ended;
    const failure = await client
      .query('select 1')
      .catch((error: unknown) => toLoadstoneError(error, { action: 'count' }));
    await closeClient(client);
    expect(failure).toMatchObject({ code: 'SERVER_LOST', retryable: true });
  });

  it('cancels the statement that runs, and the connection stays usable', async () => {
    await using database = await createDatabase(server);
    const client = await openClient(database.target, { applicationName: 'cancel' });
    const started = Date.now();
    const sleeping = client.query('select pg_sleep(60)').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await cancelRunning(client);
    expect(await sleeping).toMatchObject({ code: '57014' });
    expect(Date.now() - started).toBeLessThan(10_000);
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await closeClient(client);
  });

  it('stops connecting when aborted', async () => {
    const reason = new Error('no longer wanted');
    const opening = openClient(server.target, { applicationName: 'abort', signal: AbortSignal.abort(reason) });
    await expect(opening).rejects.toBe(reason);
  });
});
