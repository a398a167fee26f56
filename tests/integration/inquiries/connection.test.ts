import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { diagnoseConnection } from '#engine/door';
import { createDatabase, describeEachServer } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const SECRET = 'do-not-tell-anybody';
const NOWHERE: ConnectionTarget = {
  host: '127.0.0.1',
  port: 1,
  database: 'd',
  user: 'u',
  password: SECRET,
  ssl: 'prefer',
};

const signal = () => AbortSignal.timeout(60_000);
const diagnose = (changes: Partial<ConnectionTarget>, timeoutMs = 5_000, env: NodeJS.ProcessEnv = {}) =>
  diagnoseConnection({ ...NOWHERE, ...changes }, { signal: signal(), timeoutMs, env });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined);
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A port at which somebody does this with whoever comes. */
const portOf = (serve: (socket: Socket) => void) => listen(createServer(serve));

async function freePort(): Promise<number> {
  const port = await portOf(() => undefined);
  await ends.pop()?.();
  return port;
}

describe('a port where no PostgreSQL is', () => {
  test('that refuses is told by its place', async () => {
    const port = await freePort();
    expect(await diagnose({ port })).toEqual({
      ok: false,
      fault: 'refused',
      message: `Could not connect (PostgreSQL at 127.0.0.1:${port}, database d, user u): nobody listens there (connection refused).`,
      remedy: 'Start the server, or correct host and port.',
    });
  });

  test('that takes the connection and never answers is given up in time', async () => {
    const port = await portOf((socket) => void socket.resume());
    const since = performance.now();
    const found = await diagnose({ port }, 300);
    expect(found).toMatchObject({
      fault: 'timed_out',
      message: expect.stringContaining('the connection was taken, but no answer came within 0.3 s'),
    });
    expect(performance.now() - since).toBeLessThan(3_000);
  });

  test('that answers for PostgreSQL and then falls silent is given up in time', async () => {
    const port = await portOf((socket) => void socket.once('data', () => socket.write('N')));
    expect(await diagnose({ port, ssl: 'disable' }, 300)).toMatchObject({ fault: 'timed_out' });
  });

  test('that speaks HTTP is no PostgreSQL', async () => {
    const port = await listen(createHttpServer((_, response) => response.end('hello')));
    expect(await diagnose({ port })).toMatchObject({
      fault: 'not_postgres',
      message: expect.stringContaining('said "HTTP/1.1 400 Bad Request'),
    });
  });

  test.each([
    ['greets like SSH', 'SSH-2.0-Server\r\n'],
    ['speaks garbage', Buffer.from([0x4e, 0, 0xff, 0x80, 7, 65, 66])],
    ['answers with too many letters', 'SN'],
  ])('that %s is no PostgreSQL', async (_, words) => {
    const port = await portOf((socket) => void socket.write(words));
    expect(await diagnose({ port })).toMatchObject({ fault: 'not_postgres' });
  });

  test('that hangs up is no PostgreSQL', async () => {
    const port = await portOf((socket) => void socket.end());
    expect(await diagnose({ port })).toMatchObject({
      fault: 'not_postgres',
      message: expect.stringContaining('closed the line'),
    });
  });

  test('of a server without TLS is refused where TLS is required', async () => {
    const port = await portOf((socket) => void socket.once('data', () => socket.write('N')));
    for (const ssl of ['require', 'verify-full'] as const) {
      expect(await diagnose({ port, ssl })).toMatchObject({ fault: 'tls', message: expect.stringContaining('no TLS') });
    }
  });

  test('of a host that nobody knows', async () => {
    expect(await diagnose({ host: 'no-such-host.invalid' })).toMatchObject({ fault: 'unknown_host' });
  });

  test('a socket that is not there', async () => {
    expect(await diagnose({ host: '/nowhere/at/all' })).toMatchObject({ fault: 'refused' });
  });

  test('is left at once when the test is cancelled', async () => {
    const abort = new AbortController();
    const port = await portOf(() => abort.abort());
    const diagnosis = diagnoseConnection({ ...NOWHERE, port }, { signal: abort.signal });
    await expect(diagnosis).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describeEachServer('a connection', (server) => {
  const { target, version } = server;
  const probe = (changes: Partial<ConnectionTarget>, env: NodeJS.ProcessEnv = {}) =>
    diagnoseConnection({ ...target, ...changes }, { signal: signal(), env });

  test('that works tells version, encryption and rights', async () => {
    expect(await probe({})).toEqual({
      ok: true,
      serverVersion: expect.stringMatching(new RegExp(`^${version}\\.\\d+$`)),
      encrypted: false,
      mayLoad: true,
      milliseconds: expect.any(Number),
    });
  });

  test('is diagnosed without ever telling the password', async () => {
    using folder = temporaryFolder();
    const { password: _, ...bare } = target;
    const findings = [
      await probe({ password: SECRET }),
      await probe({ user: 'nobody_here', password: SECRET }),
      await probe({ database: 'not_there' }),
      await diagnoseConnection(bare, { signal: signal(), env: { HOME: folder.path } }),
      await probe({ password: '' }),
    ];
    expect(findings.map((found) => (found.ok ? 'ok' : found.fault))).toEqual([
      'wrong_password',
      'wrong_password',
      'no_database',
      'password_missing',
      'password_missing',
    ]);
    expect(JSON.stringify(findings)).not.toContain(SECRET);
    for (const found of findings) {
      expect(found).toMatchObject({ message: expect.stringContaining(`${target.host}`) });
    }
  });

  test('of a user without rights may be closed to it, or not let it load', async () => {
    await using database = await createDatabase(server);
    const role = `${database.target.database}_guest`;
    await database.query(`create role ${role} login password '${SECRET}'`);
    try {
      const guest = { database: database.target.database, user: role, password: SECRET };
      const open = await probe(guest);
      await database.query(`revoke connect on database ${guest.database} from public`);
      const closed = await probe(guest);
      expect({ open, closed }).toMatchObject({
        open: { ok: true, mayLoad: false },
        closed: { fault: 'no_permission' },
      });
    } finally {
      await database.query(`revoke all on database ${database.target.database} from ${role}; drop role ${role}`);
    }
  });

  test('to a server that is too old is refused with its version', async () => {
    await using database = await createDatabase(server);
    // Found before the server's own function, it makes the server say that it is older than it is.
    await database.query(`create function current_setting(text) returns text language sql
      as $$ select case $1 when 'server_version_num' then '140012' else pg_catalog.current_setting($1) end $$`);
    await database.query(`alter database ${database.target.database} set search_path = public, pg_catalog`);
    expect(await probe({ database: database.target.database })).toMatchObject({
      fault: 'too_old',
      message: expect.stringContaining('is PostgreSQL 14; Loadstone needs 15 or newer'),
    });
  });
});
