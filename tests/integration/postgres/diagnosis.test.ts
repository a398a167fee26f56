import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { closeClient, openClient } from '#engine/postgres/client';
import { embeddedUrl } from '#engine/postgres/connection-ref';
import { createDatabase, describeEachServer } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

async function failureOf(target: ConnectionTarget, env: NodeJS.ProcessEnv = {}, connectTimeoutMs?: number) {
  const opening = openClient(target, { applicationName: 'diagnosis', env, connectTimeoutMs });
  return await opening.then(
    () => 'connected',
    (error: unknown) => error,
  );
}

async function listen(server: Server): Promise<number> {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describeEachServer('a connection that fails', ({ target }) => {
  it('is diagnosed: wrong password, unknown user, missing database', async () => {
    expect(await failureOf({ ...target, password: 'wrong' })).toMatchObject({ code: 'AUTH_FAILED', sqlState: '28P01' });
    expect(await failureOf({ ...target, user: 'nobody_here' })).toMatchObject({ code: 'AUTH_FAILED' });
    expect(await failureOf({ ...target, database: 'not_there' })).toMatchObject({
      code: 'DATABASE_MISSING',
      message: expect.stringContaining('not_there'),
      retryable: false,
    });
  });

  it('is diagnosed: no socket, nobody listening, unknown host, silent server', async () => {
    expect(await failureOf({ ...target, host: '/nowhere/at/all' })).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining('no such socket'),
      retryable: true,
    });
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    const port = await listen(silent);
    const timedOut = await failureOf({ ...target, host: '127.0.0.1', port }, {}, 200);
    await new Promise((resolve) => silent.close(resolve));
    expect(timedOut).toMatchObject({ code: 'SERVER_UNREACHABLE', message: expect.stringContaining('in time') });
    expect(await failureOf({ ...target, host: 'localhost', port })).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining('connection refused'),
      retryable: true,
    });
    const unknown = await failureOf({ ...target, host: 'no-such-host.invalid' });
    expect(unknown).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringMatching(/unknown|name server/),
    });
  });

  it('names the places of a password when there is none, and finds one there', async () => {
    using folder = temporaryFolder();
    const { password, ...bare } = target;
    expect(await failureOf(bare, { HOME: folder.path })).toMatchObject({ code: 'PASSWORD_MISSING' });
    expect(await failureOf(bare, { HOME: folder.path, PGPASSWORD: password })).toBe('connected');
    const escaped = target.host.replaceAll(':', '\\:');
    writeFileSync(join(folder.path, '.pgpass'), `${escaped}:*:*:${target.user}:${password}\n`, { mode: 0o600 });
    expect(await failureOf(bare, { HOME: folder.path })).toBe('connected');
  });
});

describeEachServer('a URL', (server) => {
  it('is accepted by pg and, where it is installed, by psql', async () => {
    await using database = await createDatabase(server);
    const url = embeddedUrl(database.target);
    const client = new pg.Client(url);
    await client.connect();
    expect((await client.query('select current_database() as name')).rows).toEqual([
      { name: database.target.database },
    ]);
    await closeClient(client);
    const program = psql();
    if (program === undefined) return;
    const output = execFileSync(program, [url, '-XAtc', 'select current_database()'], { encoding: 'utf8' });
    expect(output.trim()).toBe(database.target.database);
  });
});

function psql(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v psql'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
