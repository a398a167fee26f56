import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';

type ServerRef = Extract<ConnectionRef, { kind: 'server' }>;

export interface ParsedServerUrl {
  readonly ref: ServerRef;
  /** A password written out in the URL; kept in memory only. */
  readonly password?: string;
  /** What the user should know about this URL. */
  readonly warning?: string;
}

/** scheme://[user[:password]@][host][/database][?parameters], parted as libpq parts it. */
const URL_PARTS = /^postgres(?:ql)?:\/\/(?:([^@/]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;
const VARIABLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
/** Parameters that change nothing for us, so that a provider's URL can be pasted as it is. */
const IGNORED_PARAMETERS =
  /^(application_name|fallback_application_name|connect_timeout|client_encoding|channel_binding|gssencmode|keepalives.*)$/;
/** libpq's and Debian's places for the socket of a local server. */
const SOCKET_FOLDERS: readonly string[] = ['/var/run/postgresql', '/tmp'];

/**
 * Reads a postgres:// or postgresql:// URL as psql does: percent-encoding, `?host=/socket/folder`, `sslmode=`, and PG*
 * variables for what is missing. A password given as `${NAME}` is remembered by that name, not by its value.
 * @throws LoadstoneError USAGE.
 */
export function parseServerUrl(text: string, env: NodeJS.ProcessEnv = process.env): ParsedServerUrl {
  const parts = URL_PARTS.exec(text);
  if (parts === null) {
    throw refused('It does not begin with postgres:// or postgresql://', 'Write postgres://user@host:5432/database.');
  }
  const [, login = '', address = '', database = '', query = ''] = parts;
  const given = readParameters(query);
  const colon = login.indexOf(':');
  const { host, port } = splitAddress(address);
  const user =
    decode(colon < 0 ? login : login.slice(0, colon)) || given.get('user') || env.PGUSER || userInfo().username;
  const portNumber = readPort(port || given.get('port') || env.PGPORT || '5432');
  const secret = (colon < 0 ? '' : decode(login.slice(colon + 1))) || given.get('password') || '';
  const variable = VARIABLE.exec(secret)?.[1];
  const ref: ServerRef = {
    kind: 'server',
    host: oneHost(given.get('host') || host || env.PGHOST || defaultHost(portNumber)),
    port: portNumber,
    database: decode(database) || given.get('dbname') || env.PGDATABASE || user,
    user,
    ssl: readSslMode(given.get('sslmode') || env.PGSSLMODE || 'prefer'),
    ...(variable !== undefined && { passwordVariable: variable }),
  };
  if (secret === '' || variable !== undefined) return { ref };
  return { ref, password: secret, warning: LITERAL_PASSWORD_WARNING };
}

const LITERAL_PASSWORD_WARNING =
  'The URL holds the password itself, which others on this machine can see in the process list and in the shell history. ' +
  `Name a variable instead, in single quotes ('postgres://user:\${MY_PASSWORD}@host/database'), or use PGPASSWORD or ~/.pgpass.`;

function readParameters(query: string): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const pair of query.split('&').filter(Boolean)) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    if (/^(host|port|user|password|dbname|sslmode)$/.test(name)) known.set(name, value);
    else if (!IGNORED_PARAMETERS.test(name)) {
      throw refused(
        `Its parameter ${JSON.stringify(name)} is not understood`,
        'Use host, port, user, dbname and sslmode; give server settings as PGOPTIONS, certificates as PGSSLROOTCERT, PGSSLCERT and PGSSLKEY.',
      );
    }
  }
  return known;
}

function splitAddress(address: string): { readonly host: string; readonly port: string } {
  oneHost(address);
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(address) ?? [];
  if (bracketed === undefined && plain === undefined) {
    throw refused(`Its host ${JSON.stringify(address)} is not understood`, 'Write an IPv6 address in brackets: [::1].');
  }
  return { host: bracketed ?? decode(plain ?? ''), port: port ?? '' };
}

function oneHost(host: string): string {
  if (!host.includes(',')) return host;
  throw refused('It names several hosts', 'Name the one that takes writes.');
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw refused(`Its port ${JSON.stringify(text)} is not a number from 1 to 65535`, 'Correct the port.');
}

function readSslMode(mode: string): ConnectionTarget['ssl'] {
  switch (mode) {
    case 'disable':
    case 'prefer':
    case 'require':
    case 'verify-full':
      return mode;
    case 'allow':
      return 'prefer';
    default:
      throw refused(`sslmode=${mode} is not offered`, 'Use disable, prefer, require or verify-full.');
  }
}

function defaultHost(port: number): string {
  const folder = SOCKET_FOLDERS.find((candidate) => existsSync(`${candidate}/.s.PGSQL.${port}`));
  return folder ?? 'localhost';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused('It holds a % that begins no percent-encoded character', 'Write % itself as %25.');
  }
}

/** The URL itself is not quoted: it may hold a password. */
function refused(fact: string, remedy: string): LoadstoneError {
  return new LoadstoneError({ code: 'USAGE', message: `The server URL cannot be used. ${fact}.`, remedy });
}
