import { expect, test } from 'vitest';
import { exitCodeOfError, exitCodeOfState } from '#cli/exit-codes';
import { JOB_STATES } from '#contract/jobs';

test('each end of a job has its exit code', () => {
  expect(Object.fromEntries(JOB_STATES.map((state) => [state, exitCodeOfState(state)]))).toEqual({
    queued: 1,
    running: 1,
    cancelling: 130,
    waiting_for_review: 4,
    succeeded: 0,
    succeeded_with_rejects: 3,
    failed: 1,
    cancelled: 130,
    interrupted: 1,
    discarded: 0,
    undone: 0,
  });
});

test('a load that is done but for refused files is not wholly done', () => {
  expect(exitCodeOfState('succeeded', 2)).toBe(3);
});

test('what only the user can put right is wrong usage, what may pass is a failure', () => {
  const wrong = [
    'USAGE',
    'MAPPING_INVALID',
    'NO_FILES',
    'PATH_NOT_FOUND',
    'PASSWORD_MISSING',
    'JOB_NOT_FOUND',
  ] as const;
  const failed = ['ALL_FILES_FAILED', 'TOO_MANY_REJECTS', 'SERVER_LOST', 'SERVER_UNREACHABLE', 'INTERNAL'] as const;
  expect([wrong.map(exitCodeOfError), failed.map(exitCodeOfError)]).toEqual([
    [2, 2, 2, 2, 2, 2],
    [1, 1, 1, 1, 1],
  ]);
});
