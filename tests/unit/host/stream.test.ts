import { expect, test } from 'vitest';
import { Bell, stream } from '#host/application/stream';

async function* rings(bell: Bell, signal: AbortSignal, ended: () => void): AsyncGenerator<string, void> {
  try {
    yield 'hello';
    while (await bell.wait(signal)) yield 'ring';
  } finally {
    ended();
  }
}

test('rings while nobody waits count as one', async () => {
  const bell = new Bell();
  const { signal } = new AbortController();
  bell.ring();
  bell.ring();
  expect(await bell.wait(signal)).toBe(true);
  const waits = bell.wait(signal);
  bell.ring();
  expect(await waits).toBe(true);
});

test('a client that leaves while it waits ends the generator at once', async () => {
  const ended = Promise.withResolvers<void>();
  const events = stream(
    [undefined],
    (signal) => rings(new Bell(), signal, ended.resolve),
    (thrown) => thrown as Error,
  );
  expect((await events.next()).value).toBe('hello');
  const waits = events.next();
  await events.return();
  await ended.promise;
  expect(await waits).toEqual({ done: true, value: undefined });
});

test('ends with whatever else it is to end with, and tells failures as the client knows them', async () => {
  const closing = new AbortController();
  const ended = Promise.withResolvers<void>();
  const told = (thrown: unknown) => new Error('for the client', { cause: thrown });
  const events = stream([undefined, closing.signal], (signal) => rings(new Bell(), signal, ended.resolve), told);
  await events.next();
  const waits = events.next();
  closing.abort();
  expect(await waits).toEqual({ done: true, value: undefined });
  await ended.promise;
  const failing = stream<string>([], () => fails(), told);
  await expect(failing.next()).rejects.toThrow('for the client');
});

// biome-ignore lint/correctness/useYield: it fails before it has anything to say
async function* fails(): AsyncGenerator<string, void> {
  throw new Error('inside');
}
