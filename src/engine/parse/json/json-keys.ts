import type { NameTable } from '#engine/model/name-table';
import { doubled } from '../doubled.ts';
import type { StringReader } from './string-reader.ts';

export const DUPLICATE = -1;
export const TOO_MANY = -2;

/** The keys of one file as the worker's names, and which of them the open objects have had. */
export class JsonKeys {
  readonly #names: NameTable;
  readonly #limit: number;
  readonly #ids = new Map<string, number>();
  /** By name: the object that had it last. */
  #owners = new Int32Array(256);
  /** What to put back when an object ends: names, and their owners before it. */
  #changed = new Int32Array(256);
  #before = new Int32Array(256);
  #changes = 0;
  /** By depth: where the object's changes begin. */
  readonly #starts: number[] = [];
  #object = 0;
  readonly #objects: number[] = [];

  constructor(names: NameTable, limit: number) {
    this.#names = names;
    this.#limit = limit;
  }

  openObject(): void {
    this.#starts.push(this.#changes);
    this.#objects.push(++this.#object);
  }

  closeObject(): void {
    const start = this.#starts.pop() ?? 0;
    this.#objects.pop();
    while (this.#changes > start) {
      this.#changes--;
      this.#owners[this.#changed[this.#changes] as number] = this.#before[this.#changes] as number;
    }
  }

  /** @returns the name of the key that was read last, DUPLICATE when its object had it before, or TOO_MANY. */
  enter(key: StringReader): number {
    const raw = key.raw();
    const name = this.#ids.get(raw) ?? this.#add(raw, key.text());
    if (name < 0) return name;
    if (name >= this.#owners.length) this.#growOwners(name);
    const object = this.#objects.at(-1) as number;
    if (this.#owners[name] === object) return DUPLICATE;
    if (this.#changes === this.#changed.length) {
      this.#changed = doubled(this.#changed);
      this.#before = doubled(this.#before);
    }
    this.#changed[this.#changes] = name;
    this.#before[this.#changes] = this.#owners[name] as number;
    this.#changes++;
    this.#owners[name] = object;
    return name;
  }

  #add(raw: string, text: string): number {
    if (this.#ids.size >= this.#limit) return TOO_MANY;
    const name = this.#names.intern(text);
    this.#ids.set(raw, name);
    return name;
  }

  #growOwners(name: number): void {
    while (name >= this.#owners.length) this.#owners = doubled(this.#owners);
  }
}
