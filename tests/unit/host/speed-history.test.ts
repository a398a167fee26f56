import { expect, test } from 'vitest';
import { SpeedHistory } from '#host/jobs/speed-history';

test('keeps a point of each second', () => {
  let rows = 0;
  const history = new SpeedHistory(() => {
    rows += 10;
    return { rowsPerSecond: rows, bytesPerSecond: rows * 100 };
  });
  for (const at of [1, 2.04]) history.sample(at);
  expect(history.points).toEqual([
    { at: 1, rowsPerSecond: 10, bytesPerSecond: 1_000 },
    { at: 2, rowsPerSecond: 20, bytesPerSecond: 2_000 },
  ]);
});

test('never has more than 600 points, and they span the whole time evenly', () => {
  const history = new SpeedHistory(() => ({ rowsPerSecond: 1, bytesPerSecond: 1 }));
  for (let at = 1; at <= 601; at += 1) history.sample(at);
  const times = history.points.map(({ at }) => at);
  expect(times).toHaveLength(301);
  expect(times[0]).toBe(1);
  expect(times.at(-1)).toBe(601);
  expect(new Set(times.slice(1).map((at, index) => at - (times[index] ?? 0)))).toEqual(new Set([2]));
});
