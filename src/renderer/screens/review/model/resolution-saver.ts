import type { Review } from '#contract/api/reviews';
import type { Resolutions } from '#contract/resolutions';
import { type ResolutionsEdit, sameResolutions, withoutLastChoice } from './edit-resolutions.ts';

export interface SaverState {
  /** As they are wanted: what is saved, with the edits that are on their way. */
  readonly resolutions: Resolutions;
  /** Of what is saved. */
  readonly revision: number;
  readonly status: 'saved' | 'saving' | 'failed';
  /** Why the last save failed. */
  readonly error: unknown;
  /**
   * Somebody else changed them, and nobody has said yet to have seen it. `dropped`: an undo or a file of this window,
   * which says the whole document, was given up for it.
   */
  readonly overtaken: 'kept' | 'dropped' | null;
  readonly canUndo: boolean;
}

type Saved = Pick<Review, 'resolutions' | 'revision'>;

interface SaverOptions {
  readonly start: Saved;
  /** Saves what was made of a revision. */
  readonly save: (resolutions: Resolutions, revision: number) => Promise<Saved>;
  /** What is saved by now. */
  readonly read: () => Promise<Saved>;
  /** Whether a save was refused because somebody else's came before it. */
  readonly isStale: (thrown: unknown) => boolean;
  /** Nothing is being saved any more, be it saved or not. */
  readonly onEnd: () => void;
}

interface Pending {
  readonly edit: ResolutionsEdit;
  /** It says the whole document, so it means nothing to another one. */
  readonly isWhole: boolean;
}

const MOST_UNDO = 100;

/**
 * Saves the choices as they are made, one save at a time: what is chosen meanwhile goes with the next one.
 *
 * States: saved → saving → saved or failed; failed → saving, by the next edit or a retry, or saved, by giving up. When
 * somebody else saved first, the edits are made again on what they saved.
 */
export class ResolutionSaver {
  readonly #options: SaverOptions;
  readonly #listeners = new Set<() => void>();
  #saved: Saved;
  #pending: readonly Pending[] = [];
  #former: readonly Resolutions[] = [];
  #isSaving = false;
  #overtaken: SaverState['overtaken'] = null;
  #error: unknown = null;
  #state: SaverState;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#saved = options.start;
    this.#state = this.#snapshot();
  }

  get state(): SaverState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the host says is saved now, whoever did it. */
  follow(saved: Saved): void {
    if (this.#isSaving || saved.revision <= this.#saved.revision) return;
    this.#takeOther(saved);
    this.#tell();
  }

  change(edit: ResolutionsEdit): void {
    const former = this.#state.resolutions;
    if (sameResolutions(former, edit(former))) return;
    this.#former = [...this.#former, former].slice(-MOST_UNDO);
    this.#add({ edit, isWhole: false });
  }

  /** Another document in the place of this one. */
  replace(resolutions: Resolutions): void {
    this.#former = [...this.#former, this.#state.resolutions].slice(-MOST_UNDO);
    this.#add({ edit: () => resolutions, isWhole: true });
  }

  /** What was changed here is taken back; before that, the choices one by one, the last one first. */
  undo(): void {
    const former = this.#former.at(-1);
    this.#former = this.#former.slice(0, -1);
    if (former !== undefined) this.#add({ edit: () => former, isWhole: true });
    else this.#add({ edit: withoutLastChoice, isWhole: true });
  }

  retry(): void {
    void this.#run();
  }

  /** @returns how it stands once nothing is being saved. */
  settled(): Promise<SaverState> {
    if (this.#state.status !== 'saving') return Promise.resolve(this.#state);
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#state.status === 'saving') return;
        stop();
        resolve(this.#state);
      });
    });
  }

  /** What could not be saved is forgotten. */
  giveUp(): void {
    this.#pending = [];
    this.#former = [];
    this.#error = null;
    this.#tell();
  }

  /** That somebody else changed something has been seen. */
  acknowledge(): void {
    this.#overtaken = null;
    this.#tell();
  }

  #add(pending: Pending): void {
    this.#pending = [...this.#pending, pending];
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#error = null;
    this.#tell();
    if (this.#isSaving) return;
    this.#isSaving = true;
    while (this.#pending.length > 0 && this.#error === null) await this.#saveOnce();
    this.#isSaving = false;
    this.#tell();
    this.#options.onEnd();
  }

  async #saveOnce(): Promise<void> {
    const sent = this.#pending;
    try {
      this.#saved = await this.#options.save(this.#wanted(), this.#saved.revision);
      this.#pending = this.#pending.filter((pending) => !sent.includes(pending));
    } catch (thrown) {
      await this.#failed(thrown);
    }
    // The end is told once nothing is being saved.
    if (this.#error === null && this.#pending.length > 0) this.#tell();
  }

  async #failed(thrown: unknown): Promise<void> {
    if (!this.#options.isStale(thrown)) {
      this.#error = this.#pending.length === 0 ? null : thrown;
      return;
    }
    try {
      this.#takeOther(await this.#options.read());
    } catch (unread) {
      this.#error = unread;
    }
  }

  #takeOther(saved: Saved): void {
    // A save of this window that landed, and whose answer was lost.
    const isOwn = sameResolutions(saved.resolutions, this.#wanted());
    const kept = isOwn ? [] : this.#pending.filter(({ isWhole }) => !isWhole);
    if (!isOwn) {
      this.#former = [];
      this.#overtaken = kept.length < this.#pending.length ? 'dropped' : 'kept';
    }
    this.#saved = saved;
    this.#pending = kept;
    // Nothing is left of what could not be saved.
    if (kept.length === 0) this.#error = null;
  }

  #wanted(): Resolutions {
    return this.#pending.reduce((now, { edit }) => edit(now), this.#saved.resolutions);
  }

  #snapshot(): SaverState {
    return {
      resolutions: this.#wanted(),
      revision: this.#saved.revision,
      status: this.#error !== null ? 'failed' : this.#pending.length > 0 ? 'saving' : 'saved',
      error: this.#error,
      overtaken: this.#overtaken,
      canUndo: this.#former.length > 0 || (this.#wanted().choices ?? []).length > 0,
    };
  }

  #tell(): void {
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }
}
