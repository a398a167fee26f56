/** Numbers that are the same for the same seed, so that a failure can be repeated. */
export class Random {
  readonly seed: number;
  #state: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed >>> 0;
  }

  /** In [0, 1): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }
}

const KILLS_OF_EACH_KIND = 10;

/** Another one every time, unless `CRASH_SEED` repeats a run. Each kill has a seed of its own derived from it. */
export const runSeed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000_000);

interface Kill {
  readonly name: string;
  readonly seed: number;
  readonly index: number;
}

/** One case per kill; `CRASH_KILLS=100` looks longer. Its name carries what repeats it. */
export function kills(usual = KILLS_OF_EACH_KIND): readonly Kill[] {
  return Array.from({ length: Number(process.env.CRASH_KILLS ?? usual) }, (_, index) => ({
    name: `${index + 1} (CRASH_SEED=${runSeed})`,
    seed: runSeed + index,
    index,
  }));
}
