import { describe, expect, it } from 'vitest';
import { nextPace, type Pace, secondsLeft } from '#renderer/screens/job/model/estimate.ts';
import { sampleProgress } from './job-samples.ts';

function paceAfter(seconds: number, bytesPerSecond: (second: number) => number): Pace | null {
  let pace: Pace | null = null;
  for (let second = 0; second <= seconds; second += 0.1) {
    pace = nextPace(pace, sampleProgress({ bytesPerSecond: bytesPerSecond(second) }), second);
  }
  return pace;
}

describe('the time that is left', () => {
  it('is what the remaining bytes take at a steady speed', () => {
    const progress = sampleProgress({ bytes: { done: 400, total: 1_000 } });
    expect(
      secondsLeft(
        paceAfter(10, () => 60),
        progress,
      ),
    ).toBe(10);
  });

  it('is not told in the first moments', () => {
    expect(
      secondsLeft(
        paceAfter(1, () => 60),
        sampleProgress(),
      ),
    ).toBeNull();
  });

  it('is not told while nothing moves', () => {
    expect(
      secondsLeft(
        paceAfter(30, () => 0),
        sampleProgress(),
      ),
    ).toBeNull();
  });

  it('is not told outside staging, whose end alone is known in bytes', () => {
    expect(
      nextPace(
        paceAfter(10, () => 60),
        sampleProgress({ phase: 'merge' }),
        11,
      ),
    ).toBeNull();
    expect(secondsLeft(null, sampleProgress({ phase: 'merge' }))).toBeNull();
  });

  it('does not jump with a speed that does', () => {
    const progress = sampleProgress({ bytes: { done: 0, total: 10_000 } });
    const steady =
      secondsLeft(
        paceAfter(60, () => 100),
        progress,
      ) ?? 0;
    const jumpy =
      secondsLeft(
        paceAfter(60, (second) => (Math.floor(second) % 2 === 0 ? 20 : 180)),
        progress,
      ) ?? 0;
    expect(Math.abs(jumpy - steady)).toBeLessThan(steady * 0.15);
  });

  it('gets coarser the longer it is', () => {
    const left = secondsLeft(
      paceAfter(10, () => 1),
      sampleProgress({ bytes: { done: 0, total: 1_001 } }),
    );
    expect(left).toBe(1_020);
  });
});
