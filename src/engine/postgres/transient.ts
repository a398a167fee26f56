import { type ErrorCode, LoadstoneError } from '#contract/errors';

/** SQLSTATEs after which the same work, begun anew, may succeed. Everything else would fail again the same way. */
const TRANSIENT_SQL_STATES: ReadonlySet<string> = new Set([
  '08000', // connection_exception
  '08001', // sqlclient_unable_to_establish_sqlconnection
  '08003', // connection_does_not_exist
  '08004', // sqlserver_rejected_establishment_of_sqlconnection
  '08006', // connection_failure
  '08007', // transaction_resolution_unknown: the caller looks whether it was committed, then goes on
  // 08P01 (protocol_violation) is left out: it is a defect, and repeats
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '53300', // too_many_connections
  '55P03', // lock_not_available: only where we set lock_timeout ourselves; its holder will finish
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up, shutting down or recovering
  '57P05', // idle_session_timeout
]);

/** What the operating system says when a connection is lost or cannot be made now. */
const TRANSIENT_SOCKET_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED', // restarting; also nobody there, so bound the attempts
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EAI_AGAIN', // the name server did not answer; ENOTFOUND (no such host) is final
]);

/** pg gives these no code. */
const LOST_MESSAGES: ReadonlySet<string> = new Set([
  'Connection terminated unexpectedly',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'timeout expired',
]);

/** SQLSTATE of an error the server sent, else undefined. Node's own codes (EPIPE) can look like one. */
export function sqlStateOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('severity' in thrown)) return undefined;
  return codeOf(thrown);
}

/** `code` of any error, where it is a string. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Whether the connection is gone, or never came to be for a reason that may pass. */
export function isConnectionLoss(thrown: unknown): boolean {
  const sqlState = sqlStateOf(thrown);
  if (sqlState !== undefined) {
    return TRANSIENT_SQL_STATES.has(sqlState) && (sqlState.startsWith('08') || sqlState.startsWith('57P'));
  }
  if (!(thrown instanceof Error)) return false;
  if (LOST_MESSAGES.has(thrown.message)) return true;
  const code = codeOf(thrown) ?? '';
  return TRANSIENT_SOCKET_CODES.has(code) || isMissingSocket(thrown);
}

/** Errors of ours that are about the server. What else is retryable (lost staging, a lock of another host) takes more than the same call. */
const SERVER_CODES: ReadonlySet<ErrorCode> = new Set(['SERVER_UNREACHABLE', 'SERVER_LOST', 'DATABASE_ERROR']);

/** Whether the same call may succeed later. */
export function isTransient(thrown: unknown): boolean {
  if (thrown instanceof LoadstoneError) return thrown.retryable && SERVER_CODES.has(thrown.code);
  const sqlState = sqlStateOf(thrown);
  return sqlState === undefined ? isConnectionLoss(thrown) : TRANSIENT_SQL_STATES.has(sqlState);
}

/** A unix socket that is not there (yet): the server is down or restarting. */
function isMissingSocket(thrown: Error): boolean {
  return codeOf(thrown) === 'ENOENT' && 'syscall' in thrown && thrown.syscall === 'connect';
}
