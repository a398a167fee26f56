import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FreeSpace } from './free-space.ts';
import { type InboxPlaces, inboxPlaces } from './inbox-places.ts';
import { storeFile } from './store-file.ts';
import {
  alreadyFinished,
  cutShort,
  doesNotAddUp,
  stillReceiving,
  storeFailure,
  tooManyFiles,
  unknownInbox,
} from './upload-failures.ts';
import { uploadPath } from './upload-path.ts';

const MOST_FILES = 500_000;

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

interface Upload {
  readonly path: string;
  readonly bytes: number;
  readonly body: Readable;
}

/** One drop on the page: *open* → finished, or discarded. */
interface Inbox {
  readonly id: string;
  readonly at: InboxPlaces;
  files: number;
  bytes: number;
  /** Names the files on their way. */
  next: number;
  readonly arriving: Set<Promise<void>>;
  readonly ended: AbortController;
  finished: string | null;
}

/** Folders that pages send up, file by file. */
export class Inboxes {
  readonly #folder: string;
  readonly #space: FreeSpace;
  readonly #open = new Map<string, Inbox>();

  /** @param folder exists, and is the owner's alone */
  constructor(folder: string) {
    this.#folder = folder;
    this.#space = new FreeSpace(folder);
  }

  /**
   * @param expected what will come, where the page knows: refused at once when the disk has no room for it
   * @returns the new inbox's id
   */
  async open(expected?: Amount): Promise<string> {
    if (expected !== undefined && expected.files > MOST_FILES) throw tooManyFiles(MOST_FILES);
    await this.#space.demand(expected?.bytes ?? 0);
    const id = randomUUID();
    const at = inboxPlaces(this.#folder, id);
    await mkdir(at.parts, { mode: 0o700 });
    await mkdir(at.files, { mode: 0o700 });
    const fresh = { files: 0, bytes: 0, next: 0, arriving: new Set<Promise<void>>(), finished: null };
    this.#open.set(id, { id, at, ended: new AbortController(), ...fresh });
    return id;
  }

  async receive(id: string, upload: Upload): Promise<void> {
    const inbox = this.#find(id);
    if (inbox.finished !== null) throw alreadyFinished();
    const arrival = this.#store(inbox, upload);
    inbox.arriving.add(arrival);
    try {
      await arrival;
    } finally {
      inbox.arriving.delete(arrival);
    }
  }

  /** @returns the folder (or file) that was dropped; of several, the folder that holds them */
  async finish(id: string, expected: Amount): Promise<string> {
    const inbox = this.#find(id);
    if (inbox.finished !== null) return inbox.finished;
    if (inbox.arriving.size > 0) throw stillReceiving(inbox.arriving.size);
    if (inbox.files !== expected.files || inbox.bytes !== expected.bytes || inbox.files === 0)
      throw doesNotAddUp(inbox, expected);
    const names = await readdir(inbox.at.files);
    const [only] = names;
    const path = names.length === 1 && only !== undefined ? join(inbox.at.files, only) : inbox.at.files;
    await writeFile(inbox.at.finished, JSON.stringify({ files: inbox.files, bytes: inbox.bytes }), { mode: 0o600 });
    await rm(inbox.at.parts, { recursive: true, force: true });
    inbox.finished = path;
    return path;
  }

  /** Where an inbox's files lie. */
  placeOf(id: string): string {
    return this.#find(id).at.files;
  }

  async discard(id: string): Promise<void> {
    const inbox = this.#find(id);
    this.#open.delete(id);
    await this.#end(inbox);
    for (const path of Object.values(inbox.at)) await rm(path, { recursive: true, force: true });
  }

  /** Ends what is on its way; unfinished inboxes are left to the sweep. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((inbox) => this.#end(inbox)));
  }

  async #end(inbox: Inbox): Promise<void> {
    inbox.ended.abort();
    await Promise.allSettled(inbox.arriving);
  }

  #find(id: string): Inbox {
    const inbox = this.#open.get(id);
    if (inbox === undefined) throw unknownInbox();
    return inbox;
  }

  async #store(inbox: Inbox, { path, bytes, body }: Upload): Promise<void> {
    const parts = uploadPath(path);
    if (inbox.files + inbox.arriving.size >= MOST_FILES) throw tooManyFiles(MOST_FILES);
    await this.#space.demand(bytes);
    inbox.next += 1;
    const target = join(inbox.at.files, ...parts);
    const temporary = join(inbox.at.parts, String(inbox.next));
    const { signal } = inbox.ended;
    try {
      const before = await sizeOf(target);
      const isNew = await storeFile({ name: path, bytes, body, temporary, target, space: this.#space, signal });
      inbox.files += isNew ? 1 : 0;
      inbox.bytes += isNew ? bytes : bytes - before;
    } catch (error) {
      if (signal.aborted) throw unknownInbox();
      if (body.errored !== null || (body.destroyed && !body.readableEnded)) throw cutShort(path, 0, bytes);
      throw storeFailure(path, error);
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
