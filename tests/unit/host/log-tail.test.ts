import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '#host/log';
import { LogTail } from '#host/log-tail';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'logs', 'loadstone.log');
  mkdirSync(dirname(file));
});
afterEach(() => folder.remove());

const line = (job: number, msg: string) => `${JSON.stringify({ level: 30, time: 0, pid: 1, job, msg })}\n`;
const messages = (lines: readonly { readonly message: string }[]) => lines.map(({ message }) => message);

test('shows what the log holds of one job, as people read it', async () => {
  const { log, close } = openLog({ home: folder.path, consoleLevel: 'silent' });
  log.child({ job: 7 }).warn({ worker: '7-lead', files: 3, why: 'too slow' }, 'hello');
  log.child({ job: 70 }).info('of another');
  log.child({ job: 7 }).error({ err: new Error('gone away') }, 'lost');
  close();
  const tail = new LogTail(folder.path, 7);
  expect(await tail.last()).toEqual([
    { at: expect.any(String), level: 'warn', message: 'hello', facts: 'worker=7-lead files=3 why="too slow"' },
    { at: expect.any(String), level: 'error', message: 'lost', facts: 'err="gone away"' },
  ]);
  await tail.close();
});

test('finds the last 200 lines from the end of a long file, over the borders of its blocks', async () => {
  const filler = 'x'.repeat(1_700);
  writeFileSync(file, Array.from({ length: 900 }, (_, index) => line(index % 3, `${index} ${filler}`)).join(''));
  const tail = new LogTail(folder.path, 1);
  const numbers = messages(await tail.last()).map((message) => Number(message.split(' ')[0]));
  expect(numbers).toEqual(Array.from({ length: 300 }, (_, index) => index * 3 + 1).slice(-200));
  await tail.close();
});

test('goes on exactly where it stopped, half-written lines and a new file included', async () => {
  writeFileSync(file, line(1, 'one') + line(1, 'two').slice(0, 20));
  const tail = new LogTail(folder.path, 1);
  expect(messages(await tail.last())).toEqual(['one']);
  appendFileSync(file, line(1, 'two').slice(20) + line(2, 'no') + line(1, 'three'));
  expect(messages(await tail.more())).toEqual(['two', 'three']);
  expect(await tail.more()).toEqual([]);
  appendFileSync(file, line(1, 'four'));
  renameSync(file, `${file}.1`);
  writeFileSync(file, line(1, 'five'));
  expect(messages(await tail.more())).toEqual(['four', 'five']);
  await tail.close();
  const next = new LogTail(folder.path, 1);
  expect(messages(await next.last())).toEqual(['one', 'two', 'three', 'four', 'five']);
  await next.close();
});

test('a home without a log has no lines, until there is one', async () => {
  const tail = new LogTail(folder.path, 1);
  expect(await tail.last()).toEqual([]);
  writeFileSync(file, line(1, 'first'));
  expect(messages(await tail.more())).toEqual(['first']);
  await tail.close();
});
