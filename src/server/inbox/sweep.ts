import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Log } from '#host/log';
import { inboxOf, inboxPlaces } from './inbox-places.ts';

const DAY_MS = 24 * 60 * 60_000;
const FINISHED_KEPT_MS = 7 * DAY_MS;
const UNFINISHED_KEPT_MS = DAY_MS;

interface SweepOptions {
  readonly folder: string;
  /** Paths that running and resumable jobs read. */
  readonly neededPaths: () => Promise<readonly string[]>;
  readonly log: Log;
  readonly now?: () => number;
}

/**
 * Removes uploads that nobody needs: finished ones after a week unless a job may still read them, unfinished ones a day
 * after their last file. Other hosts of the same home may use the folder at the same time: age alone decides.
 */
export async function sweepInboxes({ folder, neededPaths, log, now = Date.now }: SweepOptions): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ids = new Set((await readdir(folder)).map(inboxOf).filter((id) => id !== null));
  const old: string[] = [];
  for (const id of ids) if (await isOld(folder, id, now())) old.push(id);
  if (old.length === 0) return;
  const needed = await neededPaths();
  for (const id of old) {
    const places = inboxPlaces(folder, id);
    if (needed.some((path) => isBelow(path, places.files))) continue;
    for (const path of Object.values(places)) await rm(path, { recursive: true, force: true });
    log.info({ inbox: id }, 'removed an old upload');
  }
}

/** Whether `path` is `place` or lies in it. */
export function isBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(place + sep);
}

async function isOld(folder: string, id: string, now: number): Promise<boolean> {
  const { files, parts, finished } = inboxPlaces(folder, id);
  const finishedAt = await timeOf(finished);
  if (finishedAt !== null) return now - finishedAt > FINISHED_KEPT_MS;
  const touchedAt = (await timeOf(parts)) ?? (await timeOf(files));
  return touchedAt !== null && now - touchedAt > UNFINISHED_KEPT_MS;
}

async function timeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}
