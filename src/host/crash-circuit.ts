/** Consecutive failures after which a worker is not started again. */
const FAILURES_TO_OPEN = 3;

/** Counts failed starts and crashes of one worker; a success in between starts the count anew. */
export class CrashCircuit {
  #failures = 0;

  get failures(): number {
    return this.#failures;
  }

  get open(): boolean {
    return this.#failures >= FAILURES_TO_OPEN;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
  }
}
