import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '#host/log';
import { consoleLine } from '#host/log-console';
import { RotatingFile } from '#host/rotating-file';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => folder.remove());

test('the log file holds JSON lines with job and worker, at once', () => {
  const { log, close } = openLog({ home: folder.path, consoleLevel: 'silent' });
  log.child({ job: 3 }).child({ worker: '3-lead' }).debug({ task: 'load.merge', ms: 12 }, 'task ended');
  const [line = ''] = readFileSync(join(folder.path, 'logs', 'loadstone.log'), 'utf8').split('\n');
  expect(JSON.parse(line)).toMatchObject({
    level: 20,
    job: 3,
    worker: '3-lead',
    task: 'load.merge',
    ms: 12,
    msg: 'task ended',
  });
  close();
});

test('no password reaches the log, neither as a value nor inside a URL', () => {
  const { log, close } = openLog({ home: folder.path, consoleLevel: 'silent' });
  log.info({ target: { host: 'db', password: 'pa55word' }, password: 'pa55word' }, 'connecting');
  log.warn({ err: new Error('cannot reach postgres://me:pa55word@db/x') }, 'postgresql://me:pa55word@db:5432/x failed');
  const text = readFileSync(join(folder.path, 'logs', 'loadstone.log'), 'utf8');
  expect(text).not.toContain('pa55word');
  expect(text).toContain('postgresql://me:(hidden)@db:5432/x failed');
  close();
});

test('a full file is set aside and the oldest goes', () => {
  const path = join(folder.path, 'app.log');
  const file = new RotatingFile(path, { maxBytes: 100, kept: 2 });
  for (let line = 0; line < 40; line += 1) file.write(`line ${String(line).padStart(3, '0')}\n`);
  file.close();
  expect(readdirSync(folder.path).toSorted()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
  const lines = ['app.log.2', 'app.log.1', 'app.log']
    .map((name) => readFileSync(join(folder.path, name), 'utf8'))
    .join('');
  const numbers = lines
    .trim()
    .split('\n')
    .map((line) => Number(line.slice(5)));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 40 - numbers.length + index));
});

test('a line for people shows time, level, words, facts and the error', () => {
  const json = JSON.stringify({ level: 40, time: 0, pid: 1, job: 3, err: { message: 'gone' }, msg: 'worker lost' });
  expect(consoleLine(json)).toBe('00:00:00.000 warn  worker lost job=3: gone\n');
});
