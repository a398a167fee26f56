import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCsvOut } from '#cli/actions/rejects-csv';
import { writeJsonOut } from '#cli/actions/rejects-json';
import type { RejectRow } from '#contract/api/reject-pages';
import { LoadstoneError } from '#contract/errors';
import { writeRejectsFile } from '#engine/door';
import { recordingContext } from './recording-context.ts';

const entry: RejectRow = {
  ...{ path: 'á.xml', line: 1, table: 't', code: 'CONSTRAINT', message: 'm' },
  ...{ file: 1, sequence: 2, state: 'open', corrections: 0 },
};
const lost = new LoadstoneError({ code: 'SERVER_LOST', message: 'Gone.', remedy: 'Try again.', retryable: true });

async function* entries(count: number, failure?: Error): AsyncGenerator<RejectRow> {
  for (let line = 1; line <= count; line += 1) yield { ...entry, line };
  if (failure) throw failure;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstone-rejects-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a CSV file of rejects', () => {
  test('begins with a byte order mark and holds every reject', async () => {
    const file = join(folder, 'r.csv');
    expect(await writeRejectsFile(file, entries(2))).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(
      '\uFEFFfile,line,table,path,column,value,code,message,file_id,record\r\ná.xml,1,t,,,,CONSTRAINT,m,1,2\r\ná.xml,2,t,,,,CONSTRAINT,m,1,2\r\n',
    );
  });

  test('is whole or as it was before: a failure in the middle leaves the old one, and nothing else', async () => {
    const file = join(folder, 'r.csv');
    writeFileSync(file, 'old');
    await expect(writeRejectsFile(file, entries(5000, lost))).rejects.toBe(lost);
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['r.csv'], 'old']);
  });

  test('that cannot be written is named', async () => {
    await expect(writeRejectsFile(join(folder, 'no/r.csv'), entries(1))).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(`${join(folder, 'no/r.csv')} cannot be written: ENOENT`),
    });
    await expect(writeRejectsFile(folder, entries(1))).rejects.toMatchObject({ code: 'USAGE' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('on standard output has no mark, and ends early when the reader has gone', async () => {
    const { context, out } = recordingContext();
    expect(await writeCsvOut(context.terminal, entries(1))).toBe(1);
    expect(out()).toBe(
      'file,line,table,path,column,value,code,message,file_id,record\r\ná.xml,1,t,,,,CONSTRAINT,m,1,2\r\n',
    );
    const gone = { ...context.terminal, out: async () => false };
    expect(await writeCsvOut(gone, entries(1_000_000))).toBeLessThan(10_000);
  });
});

describe('rejects as JSON', () => {
  async function run(count: number, failure?: Error) {
    const { context, out, err } = recordingContext();
    const { code } = await writeJsonOut(context, 7, entries(count, failure));
    return { code, document: JSON.parse(out()), err: err() };
  }

  test.each([0, 1, 3])('are one document of %i', async (count) => {
    const rejects = Array.from({ length: count }, (_, index) => ({ ...entry, line: index + 1 }));
    expect(await run(count)).toEqual({ code: 0, document: { job: '7', rejects, total: count }, err: '' });
  });

  test('stay one document when the server is lost in the middle', async () => {
    expect(await run(1, lost)).toEqual({
      code: 1,
      document: { job: '7', rejects: [entry], total: 1, error: lost.toFacts() },
      err: 'SERVER_LOST: Gone.\n  Try again.\n',
    });
  });

  test('print nothing when the first cannot be read: the caller tells the error', async () => {
    const { context, out } = recordingContext();
    await expect(writeJsonOut(context, 7, entries(0, lost))).rejects.toBe(lost);
    expect(out()).toBe('');
  });
});
