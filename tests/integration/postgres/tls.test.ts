import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { cancelRunning } from '#engine/postgres/cancel';
import { closeClient, openClient } from '#engine/postgres/client';
import { type DebianServer, debianBinaries, startDebianServer } from '#tests/helpers/debian-server';

/** Three users, of whom pg_hba.conf lets one in with TLS only and one without only. */
const HBA = `
  local     all all                   scram-sha-256
  hostssl   all only_tls   127.0.0.1/32 scram-sha-256
  hostnossl all only_plain 127.0.0.1/32 scram-sha-256
  host      all tester     127.0.0.1/32 scram-sha-256
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(debianBinaries() === undefined || !hasOpenssl())('TLS', () => {
  let server: DebianServer;
  let target: ConnectionTarget;
  let certificate: string;

  beforeAll(async () => {
    const port = await freePort();
    server = await startDebianServer({
      hba: HBA,
      settings: ['listen_addresses=127.0.0.1', 'ssl=on'],
      port,
      prepare: (data, own) => {
        const key = join(data, 'server.key');
        certificate = join(data, 'server.crt');
        const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
        const request = [
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:P-256',
          '-nodes',
          '-days',
          '2',
        ];
        execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
        chmodSync(key, 0o600);
        for (const path of [key, certificate]) own(path);
      },
    });
    target = { ...server.target, host: 'localhost', port };
    const client = await openClient(server.target, { applicationName: 'users' });
    await client.query(`create role only_tls login password '${target.password}'`);
    await client.query(`create role only_plain login password '${target.password}'`);
    await closeClient(client);
  });

  afterAll(async () => await server.stop());

  async function encryption(changes: Partial<ConnectionTarget>, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
    try {
      const client = await openClient({ ...target, ...changes }, { applicationName: 'tls', env });
      const { rows } = await client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
      await closeClient(client);
      return rows[0].ssl;
    } catch (error) {
      return error;
    }
  }

  it('is used with prefer and require, and not with disable', async () => {
    expect(await encryption({ ssl: 'prefer' })).toBe(true);
    expect(await encryption({ ssl: 'require' })).toBe(true);
    expect(await encryption({ ssl: 'disable' })).toBe(false);
  });

  it('gives way with prefer where the server takes the user without it only', async () => {
    expect(await encryption({ ssl: 'prefer', user: 'only_plain' })).toBe(false);
    expect(await encryption({ ssl: 'require', user: 'only_plain' })).toMatchObject({ code: 'AUTH_FAILED' });
    expect(await encryption({ ssl: 'disable', user: 'only_tls' })).toMatchObject({
      code: 'AUTH_FAILED',
      sqlState: '28000',
    });
    expect(await encryption({ ssl: 'prefer', user: 'only_tls' })).toBe(true);
  });

  it('with verify-full asks for a certificate of a known issuer and the right name', async () => {
    const unverified = { code: 'SERVER_UNREACHABLE', message: expect.stringContaining('no TLS connection') };
    expect(await encryption({ ssl: 'verify-full' })).toMatchObject(unverified);
    expect(await encryption({ ssl: 'verify-full' }, { PGSSLROOTCERT: certificate })).toBe(true);
    const byAddress = { ssl: 'verify-full', host: '127.0.0.1' } as const;
    expect(await encryption(byAddress, { PGSSLROOTCERT: certificate })).toMatchObject(unverified);
  });

  it('never hides a wrong password behind a second attempt', async () => {
    expect(await encryption({ ssl: 'prefer', password: 'wrong' })).toMatchObject({
      code: 'AUTH_FAILED',
      sqlState: '28P01',
    });
  });

  it.each(['disable', 'require'] as const)('lets a statement be cancelled over TCP with %s', async (ssl) => {
    const client = await openClient({ ...target, ssl }, { applicationName: 'cancel' });
    const sleeping = client.query('select pg_sleep(60)').catch((error: unknown) => error);
    await sleep(100);
    await cancelRunning(client);
    expect(await sleeping).toMatchObject({ code: '57014' });
    await closeClient(client);
  });
});

describe('TLS with a server that has none', () => {
  it('is done without with prefer, and refused with require', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      // An SSLRequest is 8 bytes; what follows is a startup packet, answered with an error the client can name.
      socket.on('data', (data) => (data.length === 8 ? socket.write('N') : socket.end(refusal())));
    });
    await new Promise((resolve) => plain.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = plain.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const target = { host: '127.0.0.1', port, database: 'd', user: 'u' };
    const open = (ssl: ConnectionTarget['ssl']) => openClient({ ...target, ssl }, { applicationName: 'tls', env: {} });
    await expect(open('prefer')).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    await expect(open('require')).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining('no TLS connection'),
    });
    await new Promise((resolve) => plain.close(resolve));
  });
});

/** ErrorResponse 3D000, so that the test knows the startup packet arrived. */
function refusal(): Buffer {
  const fields = Buffer.from('SFATAL\0C3D000\0Mno such database\0\0', 'latin1');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
