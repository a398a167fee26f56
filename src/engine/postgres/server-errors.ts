import type { ConnectionTarget } from '#contract/connection';
import { type ErrorCode, LoadstoneError } from '#contract/errors';
import { codeOf, isConnectionLoss, isTransient, sqlStateOf } from './transient.ts';

export interface ServerErrorContext {
  /** What was being done, as it continues "Could not …": `connect`, `merge table canhan`. */
  readonly action: string;
  readonly target?: Pick<ConnectionTarget, 'host' | 'port' | 'database' | 'user'>;
}

interface Diagnosis {
  readonly code: ErrorCode;
  readonly fact: string;
  readonly remedy: string;
}

/** Any error of pg, of the server or of the socket as one of ours; a LoadstoneError passes unchanged. */
export function toLoadstoneError(thrown: unknown, context: ServerErrorContext): LoadstoneError {
  if (thrown instanceof LoadstoneError) return thrown;
  const sqlState = sqlStateOf(thrown);
  const diagnosis =
    sqlState === undefined ? diagnoseSocket(thrown, context) : diagnoseSqlState(sqlState, thrown, context);
  return new LoadstoneError({
    code: diagnosis.code,
    message: `Could not ${context.action}${placeOf(context)}: ${diagnosis.fact}.`,
    remedy: diagnosis.remedy,
    retryable: isTransient(thrown),
    ...(sqlState !== undefined && { sqlState }),
    cause: thrown,
  });
}

/** ` (PostgreSQL at host:port, database …, user …)`, or nothing. */
export function placeOf({ target }: Pick<ServerErrorContext, 'target'>): string {
  if (target === undefined) return '';
  const where = target.host.startsWith('/')
    ? `socket ${target.host}, port ${target.port}`
    : `${target.host}:${target.port}`;
  return ` (PostgreSQL at ${where}, database ${target.database}, user ${target.user})`;
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ');
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.replace(/\.$/, '');
}

const BY_SQL_STATE: Readonly<Record<string, Omit<Diagnosis, 'fact'>>> = {
  '28P01': {
    code: 'AUTH_FAILED',
    remedy: 'Check user and password (PGPASSWORD, ~/.pgpass, or the variable the URL names).',
  },
  '28000': {
    code: 'AUTH_FAILED',
    remedy:
      "Check the user, and that the server's pg_hba.conf lets this user in from this machine (with or without TLS).",
  },
  '3D000': {
    code: 'DATABASE_MISSING',
    remedy: 'Check the name of the database, or create it: CREATE DATABASE … on that server.',
  },
  '42501': { code: 'PERMISSION_DENIED', remedy: 'Ask the owner to GRANT what is missing, or connect as another user.' },
  '53100': {
    code: 'DISK_FULL',
    remedy: "Free space on the server's disk, then resume; what was staged before is still there.",
  },
  '53300': {
    code: 'SERVER_UNREACHABLE',
    remedy: 'Wait until others disconnect, use a smaller --pool, or raise max_connections on the server.',
  },
  '57P03': { code: 'SERVER_UNREACHABLE', remedy: 'The server is starting or stopping: try again in a moment.' },
  '42P04': { code: 'DATABASE_ERROR', remedy: 'Use the database that exists, or another name.' },
};

const SERVER_LOST_REMEDY =
  'Nothing of the open transaction was kept. Check that the server runs, then resume: what was committed before is not done again.';

function diagnoseSqlState(sqlState: string, thrown: unknown, context: ServerErrorContext): Diagnosis {
  const known = BY_SQL_STATE[sqlState];
  const detail = detailOf(thrown);
  const fact = `${messageOf(thrown)}${detail} (SQLSTATE ${sqlState})`;
  if (known !== undefined) return { ...known, fact };
  if (isConnectionLoss(thrown)) return { code: lossCode(context), fact, remedy: SERVER_LOST_REMEDY };
  return {
    code: 'DATABASE_ERROR',
    fact,
    remedy: isTransient(thrown)
      ? 'Another session was in the way: try again.'
      : "The server refused the statement: correct what it names, or ask the database's owner.",
  };
}

/** The server's DETAIL and HINT, where it gave them. */
function detailOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  const detail = 'detail' in thrown && typeof thrown.detail === 'string' ? `; ${thrown.detail.replace(/\.$/, '')}` : '';
  const hint = 'hint' in thrown && typeof thrown.hint === 'string' ? `; ${thrown.hint.replace(/\.$/, '')}` : '';
  return detail + hint;
}

/** A connection that was being opened is unreachable; one that was open is lost. */
function lossCode(context: ServerErrorContext): ErrorCode {
  return context.action.startsWith('connect') ? 'SERVER_UNREACHABLE' : 'SERVER_LOST';
}

const BY_SOCKET_CODE: Readonly<Record<string, readonly [fact: string, remedy: string]>> = {
  ECONNREFUSED: ['nobody listens there (connection refused)', 'Start the server, or correct host and port.'],
  ENOENT: ['there is no such socket', 'Start the server, or correct the socket folder and port.'],
  EACCES: ['this user may not open the socket', 'Correct the permissions of the socket folder, or use TCP.'],
  ENOTFOUND: ['the host name is unknown', 'Correct the host name.'],
  EAI_AGAIN: ['the name server did not answer', 'Check the network, then try again.'],
  ETIMEDOUT: ['the server did not answer in time', 'Check host, port and firewall, then try again.'],
  EHOSTUNREACH: ['there is no route to the host', 'Check the network, then try again.'],
  ENETUNREACH: ['there is no route to the network', 'Check the network, then try again.'],
};

/** Whether the connection was made, and encrypting it failed. */
export function isTlsFailure(thrown: unknown): boolean {
  if (sqlStateOf(thrown) !== undefined) return false;
  return (
    /SSL|TLS|certificate|self-signed/i.test(messageOf(thrown)) ||
    /^(ERR_(SSL|TLS)|CERT_|DEPTH_|UNABLE_TO_|SELF_SIGNED|EPROTO)/.test(codeOf(thrown) ?? '')
  );
}

function diagnoseSocket(thrown: unknown, context: ServerErrorContext): Diagnosis {
  const code = codeOf(thrown) ?? '';
  const known = BY_SOCKET_CODE[code];
  const atConnect =
    thrown instanceof Error && 'syscall' in thrown && /^(connect|getaddrinfo)/.test(String(thrown.syscall));
  if (known !== undefined && (atConnect || lossCode(context) === 'SERVER_UNREACHABLE')) {
    return { code: 'SERVER_UNREACHABLE', fact: known[0], remedy: known[1] };
  }
  const message = messageOf(thrown);
  if (message === 'timeout expired') {
    return {
      code: 'SERVER_UNREACHABLE',
      fact: 'the server did not answer in time',
      remedy: 'Check host, port and firewall, then try again.',
    };
  }
  if (isConnectionLoss(thrown)) {
    return { code: lossCode(context), fact: `the connection was lost (${message})`, remedy: SERVER_LOST_REMEDY };
  }
  if (isTlsFailure(thrown)) {
    return {
      code: 'SERVER_UNREACHABLE',
      fact: `no TLS connection: ${message}`,
      remedy: 'Use sslmode=prefer where TLS is not required, or give the issuing certificate as PGSSLROOTCERT.',
    };
  }
  if (message.startsWith('SASL')) {
    return { code: 'AUTH_FAILED', fact: message, remedy: 'Check user and password.' };
  }
  return {
    code: 'INTERNAL',
    fact: message,
    remedy: 'Run it again with --log-level debug and report the log if it happens again.',
  };
}
