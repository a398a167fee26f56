import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { diagnoseConnection } from '#engine/door';
import { type DebianServer, debianBinaries, startDebianServer } from '#tests/helpers/debian-server';

/** Strangers are believed who they are; one user gets in with TLS only. */
const HBA = `
  local   all all                     scram-sha-256
  hostssl all only_tls 127.0.0.1/32   scram-sha-256
  host    all only_tls 127.0.0.1/32   reject
  host    all tester   127.0.0.1/32   scram-sha-256
  host    all all      127.0.0.1/32   trust
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
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

function makeCertificate(data: string): readonly string[] {
  const [key, certificate] = [join(data, 'server.key'), join(data, 'server.crt')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  chmodSync(key, 0o600);
  return [key, certificate];
}

describe.skipIf(debianBinaries() === undefined || !hasOpenssl())('a connection over TCP', () => {
  let server: DebianServer;
  let target: ConnectionTarget;
  let certificate = '';

  beforeAll(async () => {
    const port = await freePort();
    server = await startDebianServer({
      hba: HBA,
      settings: ['listen_addresses=127.0.0.1', 'ssl=on'],
      port,
      prepare: (data, own) => {
        for (const path of makeCertificate(data)) own(path);
        certificate = join(data, 'server.crt');
      },
    });
    target = { ...server.target, host: 'localhost', port };
  });
  afterAll(async () => await server?.stop());

  const diagnose = (changes: Partial<ConnectionTarget>, env: NodeJS.ProcessEnv = {}) =>
    diagnoseConnection({ ...target, ...changes }, { signal: AbortSignal.timeout(30_000), env });

  test('tells whether it is encrypted', async () => {
    expect([await diagnose({ ssl: 'prefer' }), await diagnose({ ssl: 'disable' })]).toMatchObject([
      { ok: true, encrypted: true },
      { ok: true, encrypted: false },
    ]);
  });

  test('tells a certificate that is not trusted from one for another host', async () => {
    const trusted = { PGSSLROOTCERT: certificate };
    expect([
      await diagnose({ ssl: 'verify-full' }, trusted),
      await diagnose({ ssl: 'verify-full' }),
      await diagnose({ ssl: 'verify-full', host: '127.0.0.1' }, trusted),
    ]).toMatchObject([
      { ok: true, encrypted: true },
      { fault: 'tls', message: expect.stringContaining('certificate is not trusted') },
      { fault: 'tls', message: expect.stringContaining('certificate is for another host') },
    ]);
  });

  test('tells that there is no such user where the server says so', async () => {
    expect(await diagnose({ user: 'nobody_here' })).toMatchObject({
      fault: 'no_user',
      message: expect.stringMatching(/user nobody_here.*role "nobody_here" does not exist/),
    });
  });

  test('tells that the server does not let the user in this way', async () => {
    expect(await diagnose({ user: 'only_tls', ssl: 'disable' })).toMatchObject({
      fault: 'no_permission',
      remedy: expect.stringContaining('pg_hba.conf'),
    });
  });
});
