import { expect, it } from 'vitest';
import { visibleSpaces } from '#renderer/components/visible-spaces.ts';
import { announcementOf } from '#renderer/screens/job/model/announcement.ts';
import { runSeconds } from '#renderer/screens/job/model/run-time.ts';
import { undoResultOf } from '#renderer/screens/job/model/undo-result.ts';
import { sampleDetail, sampleProgress } from './job-samples.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

it('counts the time of the latest run only', () => {
  const events = [
    { at: at(1), event: 'running', facts: {} },
    { at: at(2), event: 'cancelled', facts: {} },
    { at: at(30), event: 'running', facts: {} },
  ];
  const detail = sampleDetail({ startedAt: at(1) }, { events });
  expect(runSeconds(detail, Date.parse(at(35)))).toBe(5);
  expect(runSeconds({ ...detail, job: { ...detail.job, endedAt: at(33) } }, Date.parse(at(59)))).toBe(3);
  expect(runSeconds(sampleDetail({ startedAt: null }), Date.now())).toBeNull();
});

it('announces each tenth of the bytes, and no percentage where there is none', () => {
  const percents = [0, 99, 100, 555, 1_000].map(
    (done) => announcementOf('running', sampleProgress({ bytes: { done, total: 1_000 } })).percent,
  );
  expect(percents).toEqual([0, 0, 10, 50, 100]);
  expect(announcementOf('running', sampleProgress({ phase: 'merge' }))).toEqual({
    state: 'running',
    phase: 'merge',
    percent: null,
  });
  expect(announcementOf('failed', sampleProgress())).toEqual({ state: 'failed', phase: null, percent: null });
});

it('reads what an undo did from the history, when it is there', () => {
  const tables = { a: { removed: 3, restored: 1, conflicts: 0 } };
  expect(undoResultOf({ events: [{ at: at(1), event: 'undone', facts: { tables } }] })).toEqual({ tables, sample: [] });
  expect(undoResultOf({ events: [{ at: at(1), event: 'undone', facts: {} }] })).toBeNull();
});

it('makes white space visible', () => {
  expect(visibleSpaces(' \t\n\u00a0\u3000')).toBe('␣⇥↵⍽U+3000');
});
