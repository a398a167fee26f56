import pg from 'pg';
import type { ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import { findPassword } from './password.ts';
import { toLoadstoneError } from './server-errors.ts';
import { isTlsRefusal, type TlsAttempt, tlsAttempts } from './tls.ts';

/** A connection to PostgreSQL, its session set up for loading. */
export type PgClient = pg.Client;

export interface OpenOptions {
  /** Shown in pg_stat_activity; at most 63 bytes. */
  readonly applicationName: string;
  readonly signal?: AbortSignal | undefined;
  /** Where PGPASSWORD and the password and certificate files are looked for. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly connectTimeoutMs?: number | undefined;
}

/** A server on another continent answers in a second; a firewall that drops packets never does. */
const CONNECT_TIMEOUT_MS = 15_000;
/** Below the idle limit of common NAT tables (5 minutes), so that a waiting connection is kept. */
const KEEPALIVE_DELAY_MS = 60_000;
/** A statement whose client was killed ends within this time, and with it its locks. */
const CLIENT_CHECK_MS = 1_000;
/** A healthy server closes at once; a broken connection is not waited for. */
const CLOSE_TIMEOUT_MS = 2_000;
const LEAST_SERVER_VERSION = 150_000;

/**
 * Opens a connection. An idle disconnect never crashes the process: the next query fails with SERVER_LOST instead.
 * Values: bigint and numeric arrive as strings, dates and times as PostgreSQL writes them (ISO), never as Date.
 * @throws LoadstoneError SERVER_UNREACHABLE, AUTH_FAILED, PASSWORD_MISSING, DATABASE_MISSING, SERVER_VERSION; the
 * signal's reason when aborted.
 */
export async function openClient(target: ConnectionTarget, options: OpenOptions): Promise<PgClient> {
  options.signal?.throwIfAborted();
  const attempts = tlsAttempts(target, options.env ?? process.env);
  for (const [index, ssl] of attempts.entries()) {
    try {
      return await openOnce(target, ssl, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      const isLast = index === attempts.length - 1;
      if (isLast || !isTlsRefusal(error)) throw toLoadstoneError(error, { action: 'connect', target });
    }
  }
  throw new Error('tlsAttempts gives at least one');
}

/** Ends a connection without ever throwing or hanging, whatever state it is in. */
export async function closeClient(client: PgClient): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    streamOf(client)?.destroy();
    resolve();
  }, CLOSE_TIMEOUT_MS);
  await Promise.race([client.end().catch(() => undefined), late]);
  clearTimeout(timer);
}

async function openOnce(target: ConnectionTarget, ssl: TlsAttempt, options: OpenOptions): Promise<PgClient> {
  const client = new pg.Client(clientConfig(target, ssl, options));
  // pg emits 'error' when an idle connection ends; without a listener that would end the process.
  client.on('error', () => undefined);
  const abort = (): void => {
    streamOf(client)?.destroy();
  };
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    await prepareSession(client, target);
    // Not every platform's server can look after its clients; where it cannot, it notices at the next answer.
    await client.query(`set client_connection_check_interval = '${CLIENT_CHECK_MS}ms'`).catch(() => undefined);
    options.signal?.throwIfAborted();
    return client;
  } catch (error) {
    await closeClient(client);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

function clientConfig(target: ConnectionTarget, ssl: TlsAttempt, options: OpenOptions): pg.ClientConfig {
  return {
    host: target.host,
    port: target.port,
    database: target.database,
    user: target.user,
    password: async () => target.password ?? (await findPassword(target, options.env ?? process.env)),
    ssl,
    application_name: options.applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_DELAY_MS,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    types: { getTypeParser },
  };
}

/** Types pg would turn into a Date or an interval object, losing microseconds, infinity and the zone; and their arrays. */
const KEPT_AS_TEXT: ReadonlySet<number> = new Set([1082, 1114, 1184, 1186, 1115, 1182, 1185, 1187]);

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (KEPT_AS_TEXT.has(oid)) return (text) => text;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/**
 * Session settings that conversion and quoting rely on, whatever the role's or database's defaults are. Time-outs are
 * lifted as pg_dump lifts them: a merge may well run longer than an administrator allows a web request.
 * transaction_timeout exists from version 17 on. The search path stays as it is.
 */
const PREPARE_SESSION = `
  select set_config(name, wanted, false), current_setting('server_version_num')::int as version
  from (values ('client_encoding', 'UTF8'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'),
               ('extra_float_digits', '1'), ('bytea_output', 'hex'), ('standard_conforming_strings', 'on'),
               ('statement_timeout', '0'), ('lock_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
               ('transaction_timeout', '0'), ('TimeZone', $1)) as setting (name, wanted)
  where wanted is not null and current_setting(name, true) is not null`;

async function prepareSession(client: PgClient, target: ConnectionTarget): Promise<void> {
  const { rows } = await client.query<{ version: number }>(PREPARE_SESSION, [target.timeZone ?? null]);
  const version = rows[0]?.version ?? 0;
  if (version >= LEAST_SERVER_VERSION) return;
  throw new LoadstoneError({
    code: 'SERVER_VERSION',
    message: `The server at ${target.host}:${target.port} is PostgreSQL ${Math.floor(version / 10_000)}; Loadstone needs 15 or newer.`,
    remedy: 'Use a newer server, or the embedded database (leave out --to).',
  });
}

/** pg's socket; its types do not name it. */
function streamOf(client: PgClient): { destroy(): void } | undefined {
  const connection: unknown = Reflect.get(client, 'connection');
  if (typeof connection !== 'object' || connection === null) return undefined;
  const stream: unknown = Reflect.get(connection, 'stream');
  return typeof stream === 'object' && stream !== null && 'destroy' in stream
    ? (stream as { destroy(): void })
    : undefined;
}
