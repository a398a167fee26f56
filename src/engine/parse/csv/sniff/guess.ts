/** Something guessed, how sure that is (0 to 1; from {@link CONFIDENT} on it may be relied on), and why, in words. */
export interface Guess<Value> {
  readonly value: Value;
  readonly confidence: number;
  readonly evidence: string;
}

export const CONFIDENT = 0.9;
