import { expect, test } from 'vitest';
import { JobQueue } from '#host/jobs/job-queue';

const never = new AbortController().signal;

test('admits as many jobs per server as have two connections each, the others in order', async () => {
  const queue = new JobQueue(5);
  const admitted: number[] = [];
  const leaves = [1, 2, 3, 4].map((job) =>
    queue.enter('db:1', never).then((leave) => {
      admitted.push(job);
      return leave;
    }),
  );
  await queue.enter('db:2', never);
  expect(admitted).toEqual([1, 2]);
  (await leaves[1])?.();
  await leaves[2];
  expect(admitted).toEqual([1, 2, 3]);
});

test('leaving twice makes room once', async () => {
  const queue = new JobQueue(2);
  const leave = await queue.enter('db', never);
  const second = queue.enter('db', never);
  let third = false;
  void queue.enter('db', never).then(() => {
    third = true;
  });
  leave();
  leave();
  await second;
  expect(third).toBe(false);
});

test('a job that is cancelled while it waits is passed over', async () => {
  const queue = new JobQueue(2);
  const leave = await queue.enter('db', never);
  const abort = new AbortController();
  const cancelled = queue.enter('db', abort.signal);
  const next = queue.enter('db', never);
  abort.abort(new Error('cancelled'));
  await expect(cancelled).rejects.toThrow('cancelled');
  leave();
  await expect(next).resolves.toBeDefined();
});
