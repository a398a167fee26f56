import { describe, expect, it } from 'vitest';
import type { LogLine } from '#contract/api/job-views';
import { hearOfJob, type WatchedJob } from '#renderer/screens/job/model/watched-job.ts';
import { sampleDetail, sampleProgress } from './job-samples.ts';

const line = (message: string): LogLine => ({ at: '2026-01-01T00:00:00.000Z', level: 'info', message, facts: '' });

function begun(at = 100, history = [{ at: 40, rowsPerSecond: 5, bytesPerSecond: 50 }]): WatchedJob {
  const event = { type: 'snapshot', detail: sampleDetail({}), progress: sampleProgress(), history, log: [] } as const;
  const watched = hearOfJob(null, event, at);
  if (watched === null) throw new Error('a snapshot begins a watch');
  return watched;
}

describe('hearing of a job', () => {
  it('knows nothing before the snapshot', () => {
    expect(hearOfJob(null, { type: 'progress', progress: sampleProgress() }, 1)).toBeNull();
  });

  it('goes on with the history where the snapshot ended, on the clock of the job', () => {
    const heard = hearOfJob(begun(100), { type: 'progress', progress: sampleProgress({ rowsPerSecond: 9 }) }, 103);
    expect(heard?.history.map(({ at }) => at)).toEqual([40, 43]);
    expect(heard?.history.at(-1)?.rowsPerSecond).toBe(9);
  });

  it('takes every progress but not every one as a point of the chart', () => {
    let watched: WatchedJob | null = begun(0, []);
    for (let tick = 0; tick < 20; tick += 1) {
      watched = hearOfJob(watched, { type: 'progress', progress: sampleProgress({ rows: tick }) }, tick / 10);
    }
    expect(watched?.progress?.rows).toBe(19);
    expect(watched?.history.length).toBe(4);
  });

  it('keeps a long history small and its ends in place', () => {
    let watched: WatchedJob | null = begun(0, []);
    for (let second = 0; second < 10_000; second += 1) {
      watched = hearOfJob(watched, { type: 'progress', progress: sampleProgress() }, second);
    }
    expect(watched?.history.length).toBeLessThanOrEqual(1_200);
    expect(watched?.history[0]?.at).toBe(0);
    expect(watched?.history.at(-1)?.at).toBe(9_999);
  });

  it('lets the oldest log lines go and says how many', () => {
    const many = Array.from({ length: 1_500 }, (_, index) => line(String(index)));
    const once = hearOfJob(begun(), { type: 'log', lines: many }, 1);
    const twice = hearOfJob(once, { type: 'log', lines: many }, 2);
    expect(twice?.log.lines.length).toBe(2_000);
    expect(twice?.log.dropped).toBe(1_000);
    expect(twice?.log.lines.at(-1)?.message).toBe('1499');
  });

  it('leaves what an event does not touch the same objects, so that nothing is drawn twice', () => {
    const before = begun();
    const after = hearOfJob(before, { type: 'progress', progress: sampleProgress() }, 100.1);
    expect(after?.detail).toBe(before.detail);
    expect(after?.log).toBe(before.log);
    expect(after?.history).toBe(before.history);
  });

  it('keeps the chart of a job that is over when the host knows no history any more', () => {
    const detail = sampleDetail({ state: 'succeeded' });
    const heard = hearOfJob(begun(), { type: 'snapshot', detail, progress: null, history: [], log: [] }, 200);
    expect(heard?.history.length).toBe(1);
    expect(heard?.detail.job.state).toBe('succeeded');
  });
});
