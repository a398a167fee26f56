/** A small seeded generator (sfc32-like mixing), so that every machine makes the same data. */
export interface Random {
  /** 0 ≤ n < 2³² */
  next(): number;
  /** least ≤ n ≤ most */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
  chance(share: number): boolean;
  digits(count: number): string;
}

export function createRandom(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => mix(mixed ^ seed), 0x9e3779b9);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state);
  };
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
  return {
    next,
    between: (least, most) => least + below(most - least + 1),
    pick: (items) => items[below(items.length)]!,
    chance: (share) => next() < share * 0x1_0000_0000,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

/** 32 hex digits without dashes, as the registry writes its ids; the same for the same numbers. */
export function stableId(...numbers: readonly number[]): string {
  const seed = numbers.reduce((mixed, number) => mix((mixed + 0x7f4a7c15) ^ number), 0x243f6a88);
  return [1, 2, 3, 4]
    .map((part) =>
      mix(seed ^ Math.imul(part, 0x85ebca6b))
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
}

function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
