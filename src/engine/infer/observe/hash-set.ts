/** Two 32-bit halves of a hash. One object serves all calls: read it before hashing the next text. */
export interface HashPair {
  high: number;
  low: number;
}

const SHARED: HashPair = { high: 0, low: 0 };

/** A 64-bit hash of a text, mixed with `seed`: two multiplicative hashes, crossed at the end. */
export function hashText(text: string, seed = 0): HashPair {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ Math.imul(seed, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  const crossed = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  SHARED.low = (Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)) >>> 0;
  SHARED.high = crossed >>> 0;
  return SHARED;
}

const FIRST_SLOTS = 16;

/** A set of 64-bit hashes in 16 to 32 bytes per hash. */
export class HashSet {
  size = 0;
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #hasZero = false;

  /** @returns whether the hash was not there yet. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      if (isNew) this.size += 1;
      return isNew;
    }
    const slot = this.#find(high, low);
    if (this.#slots[slot] !== 0 || this.#slots[slot + 1] !== 0) return false;
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.size += 1;
    if (this.size * 4 > this.#slots.length) this.#grow();
    return true;
  }

  has(high: number, low: number): boolean {
    if (high === 0 && low === 0) return this.#hasZero;
    const slot = this.#find(high, low);
    return this.#slots[slot] !== 0 || this.#slots[slot + 1] !== 0;
  }

  /** How many hashes of this set `other` holds. */
  countIn(other: HashSet): number {
    let found = this.#hasZero && other.#hasZero ? 1 : 0;
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const high = this.#slots[slot] as number;
      const low = this.#slots[slot + 1] as number;
      if ((high !== 0 || low !== 0) && other.has(high, low)) found += 1;
    }
    return found;
  }

  addAll(other: HashSet): void {
    if (other.#hasZero) this.add(0, 0);
    for (let slot = 0; slot < other.#slots.length; slot += 2) {
      const high = other.#slots[slot] as number;
      const low = other.#slots[slot + 1] as number;
      if (high !== 0 || low !== 0) this.add(high, low);
    }
  }

  #find(high: number, low: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (low << 1) & mask;
    while ((slots[slot] !== 0 || slots[slot + 1] !== 0) && (slots[slot] !== high || slots[slot + 1] !== low)) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (let slot = 0; slot < old.length; slot += 2) {
      const high = old[slot] as number;
      const low = old[slot + 1] as number;
      if (high === 0 && low === 0) continue;
      const to = this.#find(high, low);
      this.#slots[to] = high;
      this.#slots[to + 1] = low;
    }
  }
}
