import type { SpeedPoint } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';

const FIRST_STEP_MS = 1_000;
const MOST_POINTS = 600;

/** A job's speed over its time in this host: a point a second, and ever fewer the longer it takes. */
export class SpeedHistory {
  readonly #read: () => Pick<JobProgress, 'rowsPerSecond' | 'bytesPerSecond'>;
  readonly #since = performance.now();
  #points: SpeedPoint[] = [];
  #stepMs = FIRST_STEP_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => Pick<JobProgress, 'rowsPerSecond' | 'bytesPerSecond'>) {
    this.#read = read;
  }

  get points(): readonly SpeedPoint[] {
    return this.#points;
  }

  start(): void {
    this.#timer = setInterval(() => this.sample((performance.now() - this.#since) / 1000), this.#stepMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Takes a point; beyond the most, every other one goes and points are taken half as often. */
  sample(at: number): void {
    const { rowsPerSecond, bytesPerSecond } = this.#read();
    this.#points.push({ at: Math.round(at * 10) / 10, rowsPerSecond, bytesPerSecond });
    if (this.#points.length <= MOST_POINTS) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    this.#stepMs *= 2;
    if (this.#timer === undefined) return;
    this.stop();
    this.start();
  }
}
