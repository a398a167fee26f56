import { createInstance } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { JOB_STATES } from '#contract/jobs';
import { en } from '#renderer/i18n/en/index.ts';
import { noticeText } from '#renderer/notices/notice-text.ts';
import { sampleDetail } from './job/job-samples.ts';

const i18n = createInstance();
beforeAll(() => i18n.init({ lng: 'en', resources: { en: { translation: en } } }));

const notice = (job: Parameters<typeof sampleDetail>[0]) => noticeText(sampleDetail(job).job, i18n.t);

test('every end of a job has its words, and nothing is said of a job that has not ended', () => {
  const silent = JOB_STATES.filter((state) => notice({ state }) === null);
  expect(silent).toEqual(['queued', 'running', 'cancelling', 'discarded']);
});

test('a notice says what came of the job', () => {
  const done = { state: 'succeeded', rows: 1200 } as const;
  expect(notice(done)).toEqual({ title: 'Job 7 is done', text: '1,200 rows were loaded.' });
  expect(notice({ ...done, rows: 0 })?.text).toBe('There was nothing new to load.');
  expect(notice({ ...done, dryRun: true })?.text).toBe('It was a dry run: nothing was changed.');
  expect(notice({ ...done, kind: 'tables' })?.text).toBe('The tables fit the mapping.');
  expect(notice({ state: 'succeeded_with_rejects', rows: 5, rejects: 1 })).toEqual({
    title: 'Job 7 is done, not everything was loaded',
    text: '5 rows were loaded, 1 was rejected.',
  });
  expect(notice({ state: 'waiting_for_review' })?.title).toBe('Job 7 waits for your review');
});
