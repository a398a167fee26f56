import type { StageProgress } from './worker-messages.ts';

type Counts = Readonly<Record<string, number>>;

/** The sum of two steps of growth; of phase and table the later counts. */
export function addProgress(sum: StageProgress, step: StageProgress): StageProgress {
  return {
    ...sum,
    ...step,
    files: (sum.files ?? 0) + (step.files ?? 0),
    failedFiles: (sum.failedFiles ?? 0) + (step.failedFiles ?? 0),
    bytes: (sum.bytes ?? 0) + (step.bytes ?? 0),
    rows: (sum.rows ?? 0) + (step.rows ?? 0),
    rejected: (sum.rejected ?? 0) + (step.rejected ?? 0),
    ...(sum.tables !== undefined && step.tables !== undefined && { tables: addCounts(sum.tables, step.tables) }),
  };
}

/** The sum of two counts by name. */
export function addCounts(sum: Counts, step: Counts): Counts {
  const added: Record<string, number> = { ...sum };
  for (const [name, count] of Object.entries(step)) added[name] = (added[name] ?? 0) + count;
  return added;
}

/**
 * Passes progress on and remembers it until it is committed, so that what is rolled back can be taken back: a summary
 * must not tell of files that are not staged.
 */
export class OpenProgress {
  readonly #tell: (progress: StageProgress) => void;
  #open: StageProgress | null = null;

  constructor(tell: (progress: StageProgress) => void) {
    this.#tell = tell;
  }

  add(step: StageProgress): void {
    this.#open = this.#open === null ? step : addProgress(this.#open, step);
    this.#tell(step);
  }

  committed(): void {
    this.#open = null;
  }

  rolledBack(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const less = (number: number | undefined) => -(number ?? 0);
    this.#tell({
      phase: open.phase,
      files: less(open.files),
      failedFiles: less(open.failedFiles),
      bytes: less(open.bytes),
      rows: less(open.rows),
      rejected: less(open.rejected),
      ...(open.tables !== undefined && { tables: lessAll(open.tables) }),
    });
  }
}

function lessAll(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, -count]));
}
