import { describe, expect, test } from 'vitest';
import { followLoad } from '#cli/actions/follow-load';
import type { JobProgress } from '#contract/jobs';
import type { JobHandle, LoadOutcome } from '#host/job-host';
import { recordingContext } from './recording-context.ts';

const progress: JobProgress = {
  phase: 'stage',
  files: { done: 12, total: 30, failed: 1 },
  bytes: { done: 0, total: 0 },
  rows: 40,
  rejected: 2,
  tables: {},
  rowsPerSecond: 0,
  bytesPerSecond: 0,
  workers: 1,
  leases: 2,
};

/** A job that stands still until it is cancelled, and tells its progress when asked to. */
function job(ending: 'at the first cancel' | 'never' | LoadOutcome) {
  const done = Promise.withResolvers<LoadOutcome>();
  let clicks = 0;
  let tell: (progress: JobProgress) => void = () => {};
  if (typeof ending === 'object') done.resolve(ending);
  const handle: JobHandle<LoadOutcome> = {
    number: 7,
    done: done.promise,
    cancel: () => {
      clicks += 1;
      if (ending === 'at the first cancel') done.resolve({ number: 7, kind: 'load', state: 'cancelled', progress });
    },
    onProgress: (listener) => {
      tell = listener;
      return () => {};
    },
  };
  return {
    handle,
    clicks: () => clicks,
    tell: (done: number) => tell({ ...progress, files: { ...progress.files, done } }),
  };
}

function interruptible() {
  const recording = recordingContext();
  const first = new AbortController();
  const interrupts = { ...recording.context.interrupts, signal: first.signal };
  return { ...recording, context: { ...recording.context, interrupts }, first, interrupts };
}

describe('a load that is cancelled', () => {
  test('ends with the truth for people', async () => {
    const { context, out, err, first } = interruptible();
    const { handle } = job('at the first cancel');
    const code = followLoad(context, handle, { json: false, dryRun: false });
    first.abort();
    expect([await code, out(), err()]).toEqual([
      130,
      '',
      `Load 7 begins.
Stopping after the current batch … (Ctrl-C again kills)
Load 7 was cancelled: 11 of 30 files staged, 1 failed, 40 rows, 2 rejected. Nothing was merged.

Go on where it stopped:  loadstone jobs resume 7
Drop what is staged:     loadstone jobs discard 7
`,
    ]);
  });

  test('ends with the truth as one document', async () => {
    const { context, out, first } = interruptible();
    first.abort();
    const code = await followLoad(context, job('at the first cancel').handle, { json: true, dryRun: false });
    expect({ code, document: JSON.parse(out()) }).toEqual({
      code: 130,
      document: {
        job: '7',
        state: 'cancelled',
        files: { found: 30, loaded: 0, staged: 11, failed: 1 },
        tables: {},
        rows: { staged: 40, rejected: 2 },
        resume: 'loadstone jobs resume 7',
      },
    });
  });

  test('twice, and does not end, is given up with what is known', async () => {
    const { context, out, first, interrupts } = interruptible();
    const { handle, clicks } = job('never');
    const code = followLoad(context, handle, { json: true, dryRun: false });
    first.abort();
    interrupts.onSecond?.();
    expect([await code, JSON.parse(out()), clicks()]).toEqual([
      130,
      { job: '7', state: 'interrupted', resume: 'loadstone jobs resume 7' },
      2,
    ]);
  });
});

test('a load that failed tells the error first, then what is known, and both stand in the document', async () => {
  const error = { code: 'SERVER_LOST', message: 'Gone.', remedy: 'Resume it.', retryable: true } as const;
  const failed: LoadOutcome = { number: 7, kind: 'load', state: 'failed', error, progress };
  const people = recordingContext();
  const programs = recordingContext();
  const codes = [
    await followLoad(people.context, job(failed).handle, { json: false, dryRun: false }),
    await followLoad(programs.context, job(failed).handle, { json: true, dryRun: false }),
  ];
  expect(codes).toEqual([1, 1]);
  expect(people.err()).toContain('SERVER_LOST: Gone.\n  Resume it.\nLoad 7 stopped: 11 of 30 files staged');
  expect(JSON.parse(programs.out())).toMatchObject({ error, job: '7', state: 'failed', files: { staged: 11 } });
});

test('a load that found no file only says so', async () => {
  const error = { code: 'NO_FILES', message: 'None.', remedy: 'Look.', retryable: false } as const;
  const { context, err } = recordingContext();
  const code = await followLoad(context, job({ number: 7, kind: 'load', state: 'failed', error, progress }).handle, {
    json: false,
    dryRun: false,
  });
  expect([code, err()]).toEqual([2, 'Load 7 begins.\nNO_FILES: None.\n  Look.\n']);
});

describe('progress', () => {
  test('is a line per ten files where it is not redrawn', async () => {
    const { context, err, first } = interruptible();
    const { handle, tell } = job('at the first cancel');
    const code = followLoad(context, handle, { json: false, dryRun: true });
    for (let files = 1; files <= 25; files += 1) tell(files);
    first.abort();
    await code;
    const lines = err()
      .split('\n')
      .filter((line) => line.startsWith('staging'));
    expect(lines.map((line) => line.slice(0, 17))).toEqual([
      'staging: 1 of 30 ',
      'staging: 10 of 30',
      'staging: 20 of 30',
    ]);
  });

  test('is one redrawn line on a terminal, and gone at the end', async () => {
    const { context, err } = recordingContext(true);
    const running = job('at the first cancel');
    const first = new AbortController();
    const code = followLoad(
      { ...context, interrupts: { ...context.interrupts, signal: first.signal } },
      running.handle,
      { json: true, dryRun: false },
    );
    running.tell(1);
    running.tell(2);
    first.abort();
    await code;
    const redraw = '\r\u001b[K';
    expect(err()).toBe(
      `${redraw}staging  [#-----------------------]   3%  1 of 30 files, 1 failed, 40 rows, 2 rejected` +
        `${redraw}staging  [##----------------------]   6%  2 of 30 files, 1 failed, 40 rows, 2 rejected` +
        `${redraw}Stopping after the current batch … (Ctrl-C again kills)\n`,
    );
  });
});
