import type { ConnectionForm } from '#contract/api/connections';

/** What a URL says of a server; what it leaves out is absent. */
export type UrlParts = Partial<Pick<ConnectionForm, 'host' | 'port' | 'database' | 'user' | 'password' | 'ssl'>>;

const BEGINNING = /^\s*(?:jdbc:)?postgres(?:ql)?:\/\//i;
/** scheme://[user[:password]@][host][:port][/database][?parameters] */
const PARTS = /^(?:([^@/?]*)@)?(\[[^\]]*\]|[^:/?,]*)(?::(\d*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/;
/** The name of an environment variable in the place of a password. */
const VARIABLE = /^\$\{\w+\}$/;

export function isConnectionUrl(text: string): boolean {
  return BEGINNING.test(text);
}

/** Reads a postgres:// URL, as providers show it for copying; null when it is none or cannot be read. */
export function readConnectionUrl(text: string): UrlParts | null {
  if (!isConnectionUrl(text)) return null;
  const parts = PARTS.exec(text.trim().replace(BEGINNING, ''));
  if (parts === null) return null;
  const [, login = '', host = '', port = '', database = '', query = ''] = parts;
  const given = new URLSearchParams(query);
  const colon = login.indexOf(':');
  try {
    const password = decodeURIComponent(colon < 0 ? '' : login.slice(colon + 1)) || (given.get('password') ?? '');
    return withoutEmpty({
      host: given.get('host') || decodeURIComponent(host.replace(/^\[|\]$/g, '')),
      port: readPort(port || given.get('port')),
      database: decodeURIComponent(database) || given.get('dbname'),
      user: decodeURIComponent(colon < 0 ? login : login.slice(0, colon)) || given.get('user'),
      password: VARIABLE.test(password) ? undefined : password,
      ssl: readMode(given.get('sslmode')),
    });
  } catch {
    // A % that begins no character.
    return null;
  }
}

function readPort(text: string | null): number | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

/** libpq's modes; of those that are not offered the next stricter one. */
function readMode(mode: string | null): ConnectionForm['ssl'] | undefined {
  switch (mode) {
    case 'disable':
    case 'prefer':
    case 'require':
    case 'verify-full':
      return mode;
    case 'allow':
      return 'prefer';
    case 'verify-ca':
      return 'verify-full';
    default:
      return undefined;
  }
}

type Found = { readonly [Key in keyof UrlParts]-?: UrlParts[Key] | null | undefined };

function withoutEmpty(found: Found): UrlParts {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value)) as UrlParts;
}
