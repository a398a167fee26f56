import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import type { ConnectionTarget } from '#contract/connection';
import { sqlStateOf } from './transient.ts';

/** One way to try a connection; `prefer` has two. */
export type TlsAttempt = false | ConnectionOptions;

/**
 * The attempts an ssl mode stands for, in order. As in libpq: unix sockets carry no TLS, `prefer` and `require` encrypt
 * without judging the certificate, `verify-full` checks it and the host name.
 */
export function tlsAttempts(
  target: Pick<ConnectionTarget, 'host' | 'ssl'>,
  env: NodeJS.ProcessEnv,
): readonly TlsAttempt[] {
  if (target.host.startsWith('/')) return [false];
  switch (target.ssl) {
    case 'disable':
      return [false];
    case 'prefer':
      return [{ ...clientCertificate(env), rejectUnauthorized: false }, false];
    case 'require':
      return [{ ...clientCertificate(env), rejectUnauthorized: false }];
    case 'verify-full':
      return [{ ...clientCertificate(env), ...rootCertificate(env), rejectUnauthorized: true }];
    default:
      return target.ssl satisfies never;
  }
}

/** Whether `prefer` goes on without TLS: the server has none, the handshake failed, or pg_hba.conf lets only plain connections in. */
export function isTlsRefusal(thrown: unknown): boolean {
  if (sqlStateOf(thrown) === '28000') return true;
  if (!(thrown instanceof Error)) return false;
  if (/does not support SSL|establishing an SSL connection/.test(thrown.message)) return true;
  return 'code' in thrown && /^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(String(thrown.code));
}

/** Files and variables are libpq's, so that what works with psql works here. */
function rootCertificate(env: NodeJS.ProcessEnv): ConnectionOptions {
  const file = env.PGSSLROOTCERT || join(postgresFolder(env), 'root.crt');
  if (file === 'system' || (!env.PGSSLROOTCERT && !existsSync(file))) return {};
  return { ca: readFileSync(file) };
}

function clientCertificate(env: NodeJS.ProcessEnv): ConnectionOptions {
  const cert = env.PGSSLCERT || join(postgresFolder(env), 'postgresql.crt');
  const key = env.PGSSLKEY || join(postgresFolder(env), 'postgresql.key');
  return existsSync(cert) && existsSync(key) ? { cert: readFileSync(cert), key: readFileSync(key) } : {};
}

function postgresFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env.APPDATA ?? homedir(), 'postgresql');
  return join(env.HOME ?? homedir(), '.postgresql');
}
