import { join } from 'node:path';

/** What belongs to one inbox. The files stand alone, so that a load of their folder meets nothing else. */
export interface InboxPlaces {
  readonly files: string;
  /** Files on their way; its time is that of the last arrival. Gone once all is there. */
  readonly parts: string;
  /** Written when all is there. */
  readonly finished: string;
}

export function inboxPlaces(folder: string, id: string): InboxPlaces {
  const files = join(folder, id);
  return { files, parts: `${files}.parts`, finished: `${files}.json` };
}

/** @returns the inbox that a name in the inbox folder belongs to */
export function inboxOf(name: string): string | null {
  return /^([0-9a-f-]{36})(?:\.parts|\.json)?$/.exec(name)?.[1] ?? null;
}
