import type { ConnectionDiagnosis } from '#contract/api/connections';
import type { ConnectionTarget } from '#contract/connection';
import { isEncrypted } from './cancel.ts';
import { closeClient, openClient, type PgClient } from './client.ts';
import { type Finding, faultOf } from './connection-faults.ts';
import { type ProbeAnswer, probeServer } from './probe-server.ts';
import { placeOf } from './server-errors.ts';

export interface DiagnoseOptions {
  readonly signal: AbortSignal;
  /** Where PGPASSWORD and the password and certificate files are looked for. */
  readonly env?: NodeJS.ProcessEnv;
  /** Of each step: reaching the server, and logging in. */
  readonly timeoutMs?: number;
}

/** Who presses "Test" waits for the answer; a server that takes longer is no use for loading either. */
const STEP_TIMEOUT_MS = 5_000;

const FACTS = `select split_part(current_setting('server_version'), ' ', 1) as version,
  has_database_privilege(current_database(), 'create') and not pg_is_in_recovery()
    and not current_setting('transaction_read_only')::bool as "mayLoad"`;

/**
 * Connects once, and out again. What keeps Loadstone from using the server is a finding, not an error.
 * @throws the signal's reason.
 */
export async function diagnoseConnection(
  target: ConnectionTarget,
  options: DiagnoseOptions,
): Promise<ConnectionDiagnosis> {
  const { signal } = options;
  const since = performance.now();
  try {
    const timeoutMs = options.timeoutMs ?? STEP_TIMEOUT_MS;
    const found = findingOf(await probeServer(target, { timeoutMs, signal }), target, timeoutMs);
    if (found !== null) return failed(target, found);
    const facts = await logIn(target, { ...options, timeoutMs });
    return { ok: true, ...facts, milliseconds: Math.round(performance.now() - since) };
  } catch (thrown) {
    signal.throwIfAborted();
    return failed(target, faultOf(thrown, target));
  }
}

async function logIn(target: ConnectionTarget, { signal, env, timeoutMs }: DiagnoseOptions) {
  const options = { applicationName: 'loadstone test', signal, env, connectTimeoutMs: timeoutMs };
  const client: PgClient = await openClient(target, options);
  // A server that stops answering now would be waited for without end.
  const timer = setTimeout(() => void closeClient(client), timeoutMs);
  try {
    const { rows } = await client.query<{ version: string; mayLoad: boolean }>(FACTS);
    return {
      serverVersion: rows[0]?.version ?? '',
      mayLoad: rows[0]?.mayLoad ?? false,
      encrypted: isEncrypted(client),
    };
  } finally {
    clearTimeout(timer);
    await closeClient(client);
  }
}

function failed(target: ConnectionTarget, { fault, fact, remedy }: Finding): ConnectionDiagnosis {
  return { ok: false, fault, message: `Could not connect${placeOf({ target })}: ${fact}.`, remedy };
}

function findingOf(answer: ProbeAnswer, target: ConnectionTarget, timeoutMs: number): Finding | null {
  switch (answer.kind) {
    case 'postgres':
      return answer.tls || !needsTls(target) ? null : WITHOUT_TLS;
    case 'stranger':
      return {
        fault: 'not_postgres',
        fact:
          answer.said === ''
            ? 'what listens there closed the line'
            : `what listens there said ${JSON.stringify(answer.said)}, as no PostgreSQL does`,
        remedy: 'Correct host and port: 5432 is the usual port of PostgreSQL.',
      };
    case 'silent':
      return {
        fault: 'timed_out',
        fact: `the connection was taken, but no answer came within ${timeoutMs / 1_000} s`,
        remedy: 'Check that PostgreSQL listens at this port, and that no firewall holds its answers back.',
      };
    case 'unanswered':
      return {
        fault: 'timed_out',
        fact: `nothing answered within ${timeoutMs / 1_000} s`,
        remedy: 'Check host, port and firewall, then try again.',
      };
    default:
      return answer satisfies never;
  }
}

/** A unix socket carries no TLS, whatever is asked. */
function needsTls({ host, ssl }: ConnectionTarget): boolean {
  return !host.startsWith('/') && (ssl === 'require' || ssl === 'verify-full');
}

const WITHOUT_TLS: Finding = {
  fault: 'tls',
  fact: 'the server offers no TLS, which is required here',
  remedy: 'Switch TLS on at the server, or choose "prefer" where the network is trusted.',
};
