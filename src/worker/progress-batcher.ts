import { addProgress } from '#contract/open-progress';
import type { StageProgress } from '#contract/worker-messages';

/** Ten a second is what a person can follow; the host adds the workers' numbers up. */
const SEND_EVERY_MS = 100;

/** Adds small steps up and reports them at most ten times a second. */
export class ProgressBatcher {
  readonly #send: (progress: StageProgress) => void;
  #sum: StageProgress | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (progress: StageProgress) => void) {
    this.#send = send;
  }

  add(step: StageProgress): void {
    if (this.#sum !== null && this.#sum.phase !== step.phase) this.flush();
    this.#sum = this.#sum === null ? step : addProgress(this.#sum, step);
    this.#timer ??= setTimeout(() => this.flush(), SEND_EVERY_MS);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#sum !== null) this.#send(this.#sum);
    this.#sum = null;
  }
}
