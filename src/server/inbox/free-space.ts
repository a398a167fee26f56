import { statfs } from 'node:fs/promises';
import { diskFull } from './upload-failures.ts';

/** Left to the ledger, the log and the embedded database, which fail badly on a full disk. */
const KEPT_FREE_BYTES = 256 * 1024 * 1024;

/** A file on its way. */
interface Arriving {
  readonly bytes: number;
  /** How much of it is on the disk. */
  written(): number;
}

/** The room on the disk that uploads share; what is on its way has its room already. */
export class FreeSpace {
  readonly #folder: string;
  readonly #arriving = new Set<Arriving>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws HttpFailure 507 */
  async demand(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    let free = bavail * bsize - KEPT_FREE_BYTES;
    for (const file of this.#arriving) free -= file.bytes - file.written();
    if (bytes > free) throw diskFull(bytes, free);
  }

  /** Keeps the room of a file until the returned function is called. */
  reserve(file: Arriving): () => void {
    this.#arriving.add(file);
    return () => void this.#arriving.delete(file);
  }
}
