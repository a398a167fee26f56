import { expect, test } from 'vitest';
import { ChunkQueue } from '#host/chunk-queue';

const chunk = (file: number) => ({ first: file, last: file });

test('a chunk whose worker was lost is the next one taken', () => {
  const queue = new ChunkQueue([chunk(1), chunk(2)]);
  const taken = queue.take();
  queue.lost(taken!, new Error('crash'));
  expect([queue.take(), queue.take(), queue.take()]).toEqual([chunk(1), chunk(2), null]);
});

test('a chunk that ends a third worker is named as the cause', () => {
  const queue = new ChunkQueue([{ first: 3, last: 5 }]);
  const lose = () => queue.lost(queue.take()!, new Error('out of memory'));
  lose();
  lose();
  expect(lose).toThrow(
    expect.objectContaining({
      code: 'WORKER_CRASHED',
      retryable: false,
      message: expect.stringContaining('Files 3 to 5'),
    }),
  );
});

test('a chunk that is given back unharmed is not blamed', () => {
  const queue = new ChunkQueue([chunk(1)]);
  for (let count = 0; count < 10; count += 1) queue.giveBack(queue.take()!);
  expect(queue.pending).toBe(1);
});
