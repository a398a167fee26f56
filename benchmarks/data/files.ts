import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';

/** A file written piece by piece that waits when the disk is slower than the maker. */
export interface FileSink {
  write(text: string): Promise<void>;
  close(): Promise<number>;
}

const FLUSH_CHARACTERS = 256 * 1024;

export function openSink(path: string): FileSink {
  const stream = createWriteStream(path);
  let pending: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (characters === 0) return;
    const text = pending.join('');
    pending = [];
    characters = 0;
    if (!stream.write(text)) await once(stream, 'drain');
  };
  return {
    async write(text) {
      pending.push(text);
      characters += text.length;
      if (characters >= FLUSH_CHARACTERS) await flush();
    },
    async close() {
      await flush();
      stream.end();
      await finished(stream);
      return stream.bytesWritten;
    },
  };
}

/**
 * Makes a data set once: a finished set with the same facts is used again; an unfinished one is made anew. `facts` is
 * what `make` learnt, kept beside the data.
 */
export async function ensureMade<Facts>(
  folder: string,
  wanted: object,
  make: (folder: string) => Promise<Facts>,
): Promise<Facts> {
  const manifest = `${folder}.json`;
  const key = JSON.stringify(wanted);
  if (existsSync(manifest) && existsSync(folder)) {
    const made = JSON.parse(readFileSync(manifest, 'utf8'));
    if (JSON.stringify(made.wanted) === key) return made.facts;
  }
  rmSync(folder, { recursive: true, force: true });
  rmSync(manifest, { force: true });
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const facts = await make(unfinished);
  renameSync(unfinished, folder);
  writeFileSync(manifest, JSON.stringify({ wanted, facts }, null, 2));
  return facts;
}
