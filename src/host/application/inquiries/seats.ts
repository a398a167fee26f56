import { LoadstoneError } from '#contract/errors';

/** Questions that may wait; a window asks a handful at a time. */
const MOST_WAITING = 200;

interface Waiter {
  readonly take: (seat: number) => void;
  readonly prefers: (seat: number) => boolean;
}

/** A few numbered places that are lent one at a time, first come, first served. */
export class Seats {
  readonly #free: number[];
  readonly #waiting: Waiter[] = [];

  constructor(count: number) {
    this.#free = Array.from({ length: count }, (_, seat) => seat);
  }

  /** A preferred seat if there is a choice. Rejects with the signal's reason. @throws HOST_LOST when too many wait */
  enter(signal: AbortSignal, prefers: (seat: number) => boolean = () => false): Promise<number> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        prefers,
        take: (seat) => {
          signal.removeEventListener('abort', leave);
          resolve(seat);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      this.#serve();
    });
  }

  leave(seat: number): void {
    this.#free.push(seat);
    this.#serve();
  }

  #serve(): void {
    while (this.#free.length > 0) {
      const next = this.#waiting.shift();
      if (!next) return;
      const liked = this.#free.findIndex(next.prefers);
      const [seat] = this.#free.splice(Math.max(0, liked), 1);
      if (seat !== undefined) next.take(seat);
    }
  }
}

function tooMany(): LoadstoneError {
  return new LoadstoneError({
    code: 'HOST_LOST',
    message: `More than ${MOST_WAITING} questions wait for an answer already.`,
    remedy: 'Wait a moment, or close some windows, then try again.',
    retryable: true,
  });
}
