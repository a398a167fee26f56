import type { NameTable } from '#engine/model/name-table';
import { doubled } from '../doubled.ts';
import { viewOf } from '../slices.ts';
import type { Cursor } from './cursor.ts';
import { limitExceeded } from './failures.ts';
import { NAME_BYTES, NAME_START, namePrefixOf } from './name-characters.ts';

/** {@link NameInterner.find}: no name begins here, or the bytes end before the name does. */
export const NO_NAME = -1;
export const UNFINISHED = -2;

/**
 * Names by their bytes: each distinct name is decoded, checked and entered into the worker's {@link NameTable} once,
 * later ones cost a hash and a comparison. Outlives documents.
 */
export class NameInterner {
  /** Where the last found name ended. */
  stop = 0;
  readonly #names: NameTable;
  readonly #limit: number;
  /** Open addressing: index + 1 of a name, 0 where free. */
  #slots = new Int32Array(1024);
  #hashes = new Int32Array(512);
  #offsets = new Int32Array(512);
  #lengths = new Int32Array(512);
  #ids = new Int32Array(512);
  #pool: Buffer = Buffer.alloc(8192);
  #poolView = viewOf(this.#pool);
  #poolUsed = 0;
  #count = 0;
  /** Records repeat themselves: the name that last followed each name is tried first. */
  #following = new Int32Array(512);
  #previous = 0;

  constructor(names: NameTable, limit: number) {
    this.#names = names;
    this.#limit = limit;
  }

  /** @returns this interner's index of the name at `start`, {@link NO_NAME} or {@link UNFINISHED}. */
  find(cursor: Cursor, start: number): number {
    const guess = this.#following[this.#previous] as number;
    const guessedStop = start + (this.#lengths[guess] as number);
    if (guessedStop < cursor.end && NAME_BYTES[cursor.bytes[guessedStop] as number] === 0) {
      if (guess < this.#count && this.isAt(guess, cursor.view, start)) {
        this.stop = guessedStop;
        this.#previous = guess;
        return guess;
      }
    }
    return this.#search(cursor, start);
  }

  #search(cursor: Cursor, start: number): number {
    const bytes = cursor.bytes;
    const end = cursor.end;
    let at = start;
    let hash = 0;
    while (at < end) {
      const byte = bytes[at] as number;
      if (NAME_BYTES[byte] === 0) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
      at++;
    }
    this.stop = at;
    if (at === end && !cursor.final) return UNFINISHED;
    if (at === start || ((NAME_BYTES[bytes[start] as number] as number) & NAME_START) === 0) return NO_NAME;
    const found = this.#lookUp(cursor, start, at, hash);
    this.#following[this.#previous] = found;
    this.#previous = found;
    return found;
  }

  /** The {@link NameTable}'s id of a name. */
  idOf(index: number): number {
    return this.#ids[index] as number;
  }

  nameOf(index: number): string {
    return this.#names.nameOf(this.idOf(index));
  }

  lengthOf(index: number): number {
    return this.#lengths[index] as number;
  }

  /** Whether the bytes from `at` are this name. They must be at hand; what follows them is the caller's business. */
  isAt(index: number, view: DataView, at: number): boolean {
    const pool = this.#poolView;
    const offset = this.#offsets[index] as number;
    const length = this.#lengths[index] as number;
    if (length < 4) {
      for (let step = 0; step < length; step++) {
        if (pool.getUint8(offset + step) !== view.getUint8(at + step)) return false;
      }
      return true;
    }
    // Four bytes at a time; the last four overlap those before.
    const last = length - 4;
    for (let step = 0; step < last; step += 4) {
      if (pool.getInt32(offset + step, true) !== view.getInt32(at + step, true)) return false;
    }
    return pool.getInt32(offset + last, true) === view.getInt32(at + last, true);
  }

  #lookUp(cursor: Cursor, start: number, stop: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const length = stop - start;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const index = (slots[slot] as number) - 1;
      if (index < 0) return this.#add(cursor, start, stop, hash);
      if (this.#hashes[index] === hash && this.#lengths[index] === length && this.isAt(index, cursor.view, start)) {
        return index;
      }
      slot = (slot + 1) & mask;
    }
  }

  #add(cursor: Cursor, start: number, stop: number, hash: number): number {
    const name = cursor.bytes.toString('utf8', start, stop);
    const valid = namePrefixOf(name);
    if (valid !== name) {
      cursor.fail(start + Buffer.byteLength(valid), `The name "${name}" holds a character that names may not hold`);
    }
    if (this.#count >= this.#limit) {
      cursor.fail(start, `There are more than ${this.#limit} different element and attribute names`, limitExceeded);
    }
    this.#makeRoom(stop - start);
    const index = this.#count++;
    cursor.bytes.copy(this.#pool, this.#poolUsed, start, stop);
    this.#hashes[index] = hash;
    this.#offsets[index] = this.#poolUsed;
    this.#lengths[index] = stop - start;
    this.#ids[index] = this.#names.intern(name);
    this.#poolUsed += stop - start;
    this.#enter(index);
    return index;
  }

  #enter(index: number): void {
    const mask = this.#slots.length - 1;
    const hash = this.#hashes[index] as number;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = index + 1;
  }

  #makeRoom(bytes: number): void {
    if (this.#poolUsed + bytes > this.#pool.length) {
      this.#pool = Buffer.concat([this.#pool, Buffer.alloc(this.#pool.length + bytes)]);
      this.#poolView = viewOf(this.#pool);
    }
    if (this.#count < this.#ids.length) return;
    this.#hashes = doubled(this.#hashes);
    this.#offsets = doubled(this.#offsets);
    this.#lengths = doubled(this.#lengths);
    this.#ids = doubled(this.#ids);
    this.#following = doubled(this.#following);
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#count; index++) this.#enter(index);
  }
}
