/** The two steps of a cancel: the first asks, the second ends what did not follow. */
export interface CancelSignals {
  readonly asked: AbortSignal;
  readonly forced: AbortSignal;
}

/** Why a promise was rejected when its work was cancelled. A cancel is not an error. */
class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor() {
    super('Cancelled.');
  }
}

export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof Cancelled;
}

/** A switch with two clicks; further ones change nothing. */
export class CancelSwitch implements CancelSignals {
  readonly #asked = new AbortController();
  readonly #forced = new AbortController();

  get asked(): AbortSignal {
    return this.#asked.signal;
  }

  get forced(): AbortSignal {
    return this.#forced.signal;
  }

  click(): void {
    if (this.asked.aborted) this.force();
    else this.#asked.abort(new Cancelled());
  }

  force(): void {
    const reason = new Cancelled();
    this.#asked.abort(reason);
    this.#forced.abort(reason);
  }
}
