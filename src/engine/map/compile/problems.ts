import { type ErrorFacts, LoadstoneError, toErrorFacts } from '#contract/errors';

type Problem = Pick<ErrorFacts, 'message' | 'remedy'>;

/** Collects what is wrong with a mapping, so that a person mends it in one go. */
export class Problems {
  readonly #found: Problem[] = [];

  add(place: string, why: string, remedy: string): void {
    this.#found.push({ message: `${place}: ${why}.`, remedy });
  }

  /** Runs a part of the compilation; its MAPPING_INVALID becomes one more problem. */
  attempt<T>(work: () => T): T | null {
    try {
      return work();
    } catch (thrown) {
      if (!(thrown instanceof LoadstoneError) || thrown.code !== 'MAPPING_INVALID') throw thrown;
      this.#found.push(toErrorFacts(thrown));
      return null;
    }
  }

  /** @throws LoadstoneError MAPPING_INVALID listing every problem, the first one first. */
  throwIfAny(): void {
    const [first, ...rest] = this.#found;
    if (first === undefined) return;
    const more = rest.map(({ message, remedy }) => `\n${message} ${remedy}`).join('');
    const head = rest.length === 0 ? first.message : `${first.message} ${first.remedy}`;
    throw new LoadstoneError({ code: 'MAPPING_INVALID', message: head + more, remedy: first.remedy });
  }
}
