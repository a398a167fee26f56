import type { ConnectionDiagnosis } from '#contract/api/connections';
import type { ConnectionTarget } from '#contract/connection';
import type { LoadstoneError } from '#contract/errors';
import { isTlsFailure, toLoadstoneError } from './server-errors.ts';
import { codeOf, sqlStateOf } from './transient.ts';

type Fault = Extract<ConnectionDiagnosis, { ok: false }>['fault'];

/** Why a server cannot be used, as it continues "Could not connect (…): …". */
export interface Finding {
  readonly fault: Fault;
  readonly fact: string;
  readonly remedy: string;
}

/** What a failed attempt to log in says about the connection. */
export function faultOf(thrown: unknown, target: ConnectionTarget): Finding {
  const error = toLoadstoneError(thrown, { action: 'connect' });
  const cause = error.cause ?? thrown;
  const fact = factOf(error);
  const finding = (fault: Fault, remedy = error.remedy) => ({ fault, fact, remedy });
  switch (error.code) {
    case 'PASSWORD_MISSING':
      return PASSWORD_MISSING;
    case 'DATABASE_MISSING':
      return finding('no_database', 'Correct the name of the database, or create it on that server.');
    case 'PERMISSION_DENIED':
      return finding(
        'no_permission',
        'Ask the owner of the database to GRANT CONNECT on it, or connect as another user.',
      );
    case 'SERVER_VERSION':
      return finding('too_old');
    case 'AUTH_FAILED':
      return refusedLogin(cause, fact, target);
    case 'SERVER_UNREACHABLE':
      return unreachable(cause, error, fact);
    default:
      return finding('other');
  }
}

const PASSWORD_MISSING: Finding = {
  fault: 'password_missing',
  fact: 'the server asks for a password, and none is known',
  remedy: 'Enter the password, or set PGPASSWORD or a password file (~/.pgpass).',
};

/** Functions of the server that name the reason, whatever its language is. */
const NO_SUCH_ROLE = 'InitializeSessionUserId';
const NOT_LET_IN = 'ClientAuthentication';

function refusedLogin(cause: unknown, fact: string, { ssl, user }: ConnectionTarget): Finding {
  const sqlState = sqlStateOf(cause);
  if (sqlState === undefined) {
    // The client itself gave up the handshake: it has no password to prove, or the server could not prove its own.
    if (/password must be/.test(fact)) return PASSWORD_MISSING;
    return { fault: 'wrong_password', fact, remedy: 'Correct the password.' };
  }
  if (sqlState === '28P01') {
    return {
      fault: 'wrong_password',
      fact,
      remedy: 'Correct the user or the password: a server does not tell which of them is wrong.',
    };
  }
  const routine: unknown = cause instanceof Error ? Reflect.get(cause, 'routine') : undefined;
  if (routine === NO_SUCH_ROLE) {
    return { fault: 'no_user', fact, remedy: `Correct the user, or create it: CREATE ROLE … LOGIN (${user}).` };
  }
  const tls = ssl === 'disable' ? ' It may want TLS: this connection does without.' : '';
  const remedy = `Have the server's pg_hba.conf let this user in from this machine.${routine === NOT_LET_IN ? tls : ''}`;
  return { fault: 'no_permission', fact, remedy };
}

const BY_SOCKET_CODE: Readonly<Record<string, Fault>> = {
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  EACCES: 'no_permission',
  ENOTFOUND: 'unknown_host',
  EAI_AGAIN: 'unknown_host',
  ETIMEDOUT: 'timed_out',
};

function unreachable(cause: unknown, error: LoadstoneError, fact: string): Finding {
  if (isTlsFailure(cause)) return tlsFinding(cause, fact);
  const sent = sqlStateOf(cause) !== undefined;
  const code = codeOf(cause) ?? '';
  const timedOut = cause instanceof Error && cause.message === 'timeout expired';
  const fault = sent ? 'other' : timedOut ? 'timed_out' : (BY_SOCKET_CODE[code] ?? 'other');
  return { fault, fact, remedy: error.remedy };
}

function tlsFinding(cause: unknown, fact: string): Finding {
  const code = codeOf(cause) ?? '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      fault: 'tls',
      fact: `the server's certificate is for another host (${messageOf(cause)})`,
      remedy: 'Use the host name that the certificate names, or have the server get a certificate for this one.',
    };
  }
  if (/CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO/.test(code)) {
    return {
      fault: 'tls',
      fact: `the server's certificate is not trusted (${messageOf(cause)})`,
      remedy:
        'Give the issuing certificate as PGSSLROOTCERT or ~/.postgresql/root.crt, or choose "require": encrypted, without judging the certificate.',
    };
  }
  return { fault: 'tls', fact, remedy: 'Choose another TLS mode, or correct TLS at the server.' };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message.replace(/\.$/, '') : String(thrown);
}

/** The message without its beginning and end, which the finding has already. */
function factOf(error: LoadstoneError): string {
  return error.message.replace(/^Could not connect(?: \(PostgreSQL at [^)]*\))?: /s, '').replace(/\.$/, '');
}
