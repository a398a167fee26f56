import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepInboxes } from '#server/inbox/sweep';
import { SILENT_LOG } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 22);
let home: ReturnType<typeof temporaryFolder>;
let folder: string;

function touch(path: string, hoursAgo: number): void {
  const at = (NOW - hoursAgo * HOUR_MS) / 1_000;
  utimesSync(path, at, at);
}

function inbox(digit: number, kind: 'finished' | 'unfinished', hoursAgo: number): string {
  const id = `00000000-0000-4000-8000-00000000000${digit}`;
  const place = join(folder, id);
  mkdirSync(join(place, 'xã'), { recursive: true });
  if (kind === 'finished') writeFileSync(`${place}.json`, '{}');
  else mkdirSync(`${place}.parts`);
  touch(place, 1_000);
  touch(kind === 'finished' ? `${place}.json` : `${place}.parts`, hoursAgo);
  return place;
}

function sweep(neededPaths: () => Promise<readonly string[]> = async () => []): Promise<void> {
  return sweepInboxes({ folder, neededPaths, log: SILENT_LOG, now: () => NOW });
}

beforeEach(() => {
  home = temporaryFolder();
  folder = join(home.path, 'inbox');
});
afterEach(() => home.remove());

describe('the sweep of old uploads', () => {
  it('makes the folder where there is none', async () => {
    await sweep();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes unfinished ones after a day and finished ones after a week', async () => {
    const kept = [inbox(1, 'unfinished', 23), inbox(2, 'finished', 167)];
    const removed = [inbox(3, 'unfinished', 25), inbox(4, 'finished', 169)];
    await sweep();
    expect(kept.map((place) => existsSync(place))).toEqual([true, true]);
    expect(readdirSync(folder).filter((name) => removed.some((place) => join(folder, name).startsWith(place)))).toEqual(
      [],
    );
  });

  it('keeps what a job may still read', async () => {
    const needed = inbox(5, 'finished', 1_000);
    const other = inbox(6, 'finished', 1_000);
    await sweep(async () => [join(needed, 'xã')]);
    expect([existsSync(needed), existsSync(other)]).toEqual([true, false]);
  });

  it('removes nothing when the jobs cannot be read', async () => {
    const place = inbox(7, 'finished', 1_000);
    await expect(sweep(() => Promise.reject(new Error('no ledger')))).rejects.toThrow('no ledger');
    expect(existsSync(place)).toBe(true);
  });

  it('leaves alone what is no upload', async () => {
    await sweep();
    writeFileSync(join(folder, 'notes.txt'), '');
    touch(join(folder, 'notes.txt'), 10_000);
    await sweep();
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });
});
