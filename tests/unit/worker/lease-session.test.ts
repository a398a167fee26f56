import { describe, expect, test } from 'vitest';
import type { ConnectionTarget } from '#contract/connection';
import { LeaseSession } from '#worker/lease-session';
import type { ParentPort } from '#worker/parent-port';

type Words = Parameters<ParentPort['send']>[0];

const NOWHERE: ConnectionTarget = { host: '127.0.0.1', port: 1, database: 'x', user: 'x', ssl: 'disable' };

function recordingPort(): { port: ParentPort; said: Words[] } {
  const said: Words[] = [];
  const ignore = () => undefined;
  return { said, port: { send: (words) => void said.push(words), onMessage: ignore, onGone: ignore, close: ignore } };
}

/** The number of the first request. */
function requestOf(said: readonly Words[]): number {
  const request = said.find((words) => words.type === 'lease-request');
  return request?.requestId ?? 0;
}

describe('a lease', () => {
  test('that is granted after its task was cancelled is given back', async () => {
    const { port, said } = recordingPort();
    const session = new LeaseSession(port, { kind: 'embedded' }, 'test');
    const abort = new AbortController();
    const connecting = session.connect(abort.signal);
    abort.abort();
    await expect(connecting).rejects.toBe(abort.signal.reason);
    session.hear({ type: 'lease', generation: 0, requestId: requestOf(said), leaseId: 7, target: NOWHERE });
    expect(said.map(({ type }) => type)).toEqual(['lease-request', 'lease-release']);
    expect(said[1]).toEqual({ type: 'lease-release', leaseId: 7 });
  });

  test('that was asked for by a session that is gone never serves the next one, for another server', async () => {
    const { port, said } = recordingPort();
    const abort = new AbortController();
    const first = new LeaseSession(port, { kind: 'embedded' }, 'test');
    const second = new LeaseSession(port, { kind: 'embedded' }, 'test');
    const asking = first.connect(abort.signal);
    abort.abort();
    await expect(asking).rejects.toBe(abort.signal.reason);
    const waiting = second.connect(AbortSignal.timeout(50));
    second.hear({ type: 'lease', generation: 0, requestId: requestOf(said), leaseId: 7, target: NOWHERE });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(said.at(-1)).toEqual({ type: 'lease-release', leaseId: 7 });
  });
});
