import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lease, LeasePool, type LeaseRequest } from '#host/leases';

const KEY = 'db:5432';
const never = new AbortController().signal;

function ask(worker: string, changes: Partial<LeaseRequest> = {}): LeaseRequest {
  return { holder: { job: 1, worker }, signal: never, timeoutMs: 5_000, ...changes };
}

const pool = (budget: number, orphanMs = 60_000) => new LeasePool({ budget, orphanMs });

describe('the lease pool', () => {
  test('lends up to its budget per server and serves those who wait in order', async () => {
    const leases = pool(2);
    const first = await leases.request(KEY, ask('a'));
    await leases.request(KEY, ask('b'));
    await leases.request('other:5432', ask('c'));
    const served: string[] = [];
    const waiting = ['d', 'e', 'f'].map((worker) =>
      leases.request(KEY, ask(worker)).then((lease) => {
        served.push(worker);
        leases.release(lease.id);
      }),
    );
    expect(leases.usage(KEY)).toEqual({ held: 2, waiting: 3, free: 0 });
    leases.release(first.id);
    await Promise.all(waiting);
    expect(served).toEqual(['d', 'e', 'f']);
  });

  test('ends a wait with LEASE_TIMEOUT naming who holds the leases', async () => {
    const leases = pool(1);
    await leases.request(KEY, ask('3-stager-1', { holder: { job: 3, worker: '3-stager-1' } }));
    await expect(leases.request(KEY, ask('late', { timeoutMs: 30 }))).rejects.toMatchObject({
      code: 'LEASE_TIMEOUT',
      retryable: true,
      message: expect.stringContaining('3-stager-1 of job 3'),
    });
    expect(leases.usage(KEY).waiting).toBe(0);
  });

  test('forgets a request whose signal aborts, and lends to the next', async () => {
    const leases = pool(1);
    const held = await leases.request(KEY, ask('a'));
    const abort = new AbortController();
    const gone = leases.request(KEY, ask('b', { signal: abort.signal }));
    const next = leases.request(KEY, ask('c'));
    abort.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    leases.release(held.id);
    expect((await next).holder.worker).toBe('c');
  });

  test('keeps counting the lease of a dead worker until its backend is gone', async () => {
    const leases = pool(1);
    const held = await leases.request(KEY, ask('a'));
    leases.connected(held.id, 4711);
    leases.orphan(held.id);
    const waiting = leases.request(KEY, ask('b', { timeoutMs: 40 }));
    await expect(waiting).rejects.toMatchObject({ code: 'LEASE_TIMEOUT' });
    expect(leases.orphans(KEY).map(({ backendPid }) => backendPid)).toEqual([4711]);
    leases.reclaim([held.id]);
    expect((await leases.request(KEY, ask('c'))).id).toBeGreaterThan(held.id);
  });

  test('takes back an orphan that never connected by itself', async () => {
    const leases = pool(1, 30);
    const held = await leases.request(KEY, ask('a'));
    leases.orphan(held.id);
    await expect(leases.request(KEY, ask('b'))).resolves.toBeDefined();
  });

  test('serves a repair first, in the place of an orphan when nothing else is free', async () => {
    const leases = pool(1, 40);
    const held = await leases.request(KEY, ask('dead'));
    leases.connected(held.id, 1);
    const ordinary = leases.request(KEY, ask('ordinary', { timeoutMs: 300 }));
    const repair = leases.request(KEY, ask('repair', { repair: true }));
    leases.orphan(held.id);
    const lease = await repair;
    expect(lease.holder.worker).toBe('repair');
    expect(leases.usage(KEY).held).toBe(1);
    leases.reclaim([held.id]);
    expect(leases.usage(KEY).held).toBe(1);
    leases.release(lease.id);
    expect((await ordinary).holder.worker).toBe('ordinary');
  });

  test('ignores a lease given back twice', async () => {
    const leases = pool(2);
    const first = await leases.request(KEY, ask('a'));
    await leases.request(KEY, ask('b'));
    leases.release(first.id);
    leases.release(first.id);
    expect(leases.usage(KEY)).toEqual({ held: 1, waiting: 0, free: 1 });
  });
});

type Step = { readonly kind: 'request' | 'release' | 'abort' | 'die' | 'reclaim'; readonly pick: number };

test('whatever happens, the budget is kept, nobody overtakes, and no lease is lost', async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom('request', 'request', 'release', 'abort', 'die', 'reclaim'),
    pick: fc.nat(1_000),
  });
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), playSteps), {
    numRuns: 300,
  });
});

async function playSteps(budget: number, steps: readonly Step[]): Promise<void> {
  const leases = pool(budget);
  const held: Lease[] = [];
  const dead: Lease[] = [];
  const waiting: { readonly order: number; readonly abort: AbortController }[] = [];
  const served: number[] = [];
  let requests = 0;
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  for (const { kind, pick } of steps) {
    const any = <Item>(items: Item[]): Item | undefined => items.splice(pick % Math.max(1, items.length), 1)[0];
    if (kind === 'request') {
      requests += 1;
      const own = { order: requests, abort: new AbortController() };
      waiting.push(own);
      leases.request(KEY, ask(`w${requests}`, { signal: own.abort.signal })).then(
        (lease) => {
          waiting.splice(waiting.indexOf(own), 1);
          served.push(own.order);
          leases.connected(lease.id, own.order);
          held.push(lease);
        },
        () => {},
      );
    } else if (kind === 'abort') any(waiting)?.abort.abort(new Error('gone'));
    else if (kind === 'release') {
      const lease = any(held);
      if (lease) leases.release(lease.id);
    } else if (kind === 'die') {
      const lease = any(held);
      if (lease) dead.push(lease);
      if (lease) leases.orphan(lease.id);
    } else {
      const lease = any(dead);
      if (lease) leases.reclaim([lease.id]);
    }
    await settle();
    const usage = leases.usage(KEY);
    expect(usage.held).toBeLessThanOrEqual(budget);
    expect(usage.held).toBe(held.length + dead.length);
    expect(usage.waiting).toBe(waiting.length);
    expect(usage.waiting === 0 || usage.free === 0).toBe(true);
    expect(served).toEqual(served.toSorted((a, b) => a - b));
  }
  for (const { abort } of [...waiting]) abort.abort(new Error('over'));
  await settle();
  for (const lease of held) leases.release(lease.id);
  leases.reclaim(dead.map(({ id }) => id));
  expect(leases.usage(KEY)).toEqual({ held: 0, waiting: 0, free: budget });
}
