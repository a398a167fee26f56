import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import { z } from 'zod';

const stateSchema = z.object({
  bounds: z
    .object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })
    .nullable(),
  maximised: z.boolean(),
  /** Where the last dialog ended. */
  lastFolder: z.string().nullable(),
});
type State = z.infer<typeof stateSchema>;

const FIRST: State = { bounds: null, maximised: false, lastFolder: null };
const WRITE_AFTER_MS = 500;
/** So much of a window must lie on a display for people to find it and move it. */
const LEAST_VISIBLE = { width: 160, height: 48 };

/** What the shell remembers between two starts, in `window.json` of the home. Losing it does no harm. */
export class DesktopState {
  readonly #file: string;
  readonly #onError: (error: unknown) => void;
  #state: State;
  #timer: NodeJS.Timeout | undefined;

  constructor(home: string, onError: (error: unknown) => void) {
    this.#file = join(home, 'window.json');
    this.#onError = onError;
    this.#state = read(this.#file);
  }

  get maximised(): boolean {
    return this.#state.maximised;
  }

  get lastFolder(): string | null {
    return this.#state.lastFolder;
  }

  /** The window's place when it still lies on one of these work areas, else null. */
  boundsWithin(areas: readonly Rectangle[]): Rectangle | null {
    const { bounds } = this.#state;
    return bounds !== null && areas.some((area) => shows(area, bounds)) ? bounds : null;
  }

  change(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), WRITE_AFTER_MS);
  }

  /** Writes at once what is not written yet. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#state), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      this.#onError(error);
    }
  }
}

function read(file: string): State {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return FIRST;
  }
}

/** Whether enough of the window's upper edge, by which it is moved, lies within the area. */
function shows(area: Rectangle, bounds: Rectangle): boolean {
  const width = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x);
  const height = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y);
  const topIsSeen = bounds.y >= area.y && bounds.y + LEAST_VISIBLE.height <= area.y + area.height;
  return topIsSeen && width >= LEAST_VISIBLE.width && height >= LEAST_VISIBLE.height;
}
