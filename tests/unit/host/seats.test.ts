import { expect, test } from 'vitest';
import { Seats } from '#host/application/inquiries/seats';

const never = new AbortController().signal;

test('seats are lent in the order of asking, and a preferred one is taken where there is a choice', async () => {
  const seats = new Seats(2);
  expect(await seats.enter(never, (seat) => seat === 1)).toBe(1);
  expect(await seats.enter(never, (seat) => seat === 1)).toBe(0);
  const order: string[] = [];
  const third = seats.enter(never).then((seat) => order.push(`third ${seat}`));
  const fourth = seats.enter(never).then((seat) => order.push(`fourth ${seat}`));
  seats.leave(0);
  seats.leave(1);
  await Promise.all([third, fourth]);
  expect(order).toEqual(['third 0', 'fourth 1']);
});

test('who gives up while waiting gets no seat, and who asks too late neither', async () => {
  const seats = new Seats(1);
  await seats.enter(never);
  const abort = new AbortController();
  const waits = seats.enter(abort.signal);
  abort.abort(new Error('left'));
  await expect(waits).rejects.toThrow('left');
  await expect(seats.enter(abort.signal)).rejects.toThrow('left');
  const next = seats.enter(never);
  seats.leave(0);
  expect(await next).toBe(0);
});

test('no more than 200 wait', async () => {
  const seats = new Seats(1);
  await seats.enter(never);
  for (let count = 0; count < 200; count += 1) void seats.enter(never);
  await expect(seats.enter(never)).rejects.toMatchObject({ code: 'HOST_LOST', retryable: true });
});
