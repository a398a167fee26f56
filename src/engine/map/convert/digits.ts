const ZERO = 0x30;

/** @returns the value of exactly `count` ASCII digits at `at`, or -1. */
export function fixedDigits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    // charCodeAt is NaN past the end, so the test must hold for digits, not against others.
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** @returns the index of the first character from `start` that is not an ASCII digit. */
export function digitsEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    if (unit < ZERO || unit > 0x39) break;
    index++;
  }
  return index;
}
