import type { JobProgress } from '#contract/jobs';

/** How far back the smoothed speed looks. */
const SMOOTHING_SECONDS = 15;
/** Speeds of the first moments say nothing. */
const WARM_UP_SECONDS = 3;

/** What an estimate rests on: how fast bytes have been staged, and since when that is watched. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** 0 to 1: how much has been seen. A young average would else lean towards its first value. */
  readonly weight: number;
  readonly since: number;
  readonly at: number;
}

/** The pace after one more report; null outside staging, the only phase whose work is known in bytes. */
export function nextPace(pace: Pace | null, progress: JobProgress, at: number): Pace | null {
  if (progress.phase !== 'stage') return null;
  const { bytesPerSecond } = progress;
  if (pace === null) return bytesPerSecond > 0 ? { bytesPerSecond, weight: 0, since: at, at } : null;
  const share = 1 - Math.exp(-(at - pace.at) / SMOOTHING_SECONDS);
  const weight = pace.weight + share * (1 - pace.weight);
  const step = weight === 0 ? 1 : share / weight;
  const smoothed = pace.bytesPerSecond + step * (bytesPerSecond - pace.bytesPerSecond);
  return { bytesPerSecond: smoothed, weight, since: pace.since, at };
}

/** Seconds until all bytes are staged, as coarse as they are uncertain; null while nothing honest can be said. */
export function secondsLeft(pace: Pace | null, { bytes }: JobProgress): number | null {
  if (pace === null || pace.at - pace.since < WARM_UP_SECONDS || pace.bytesPerSecond <= 0) return null;
  if (bytes.total <= 0) return null;
  return coarse((bytes.total - bytes.done) / pace.bytesPerSecond);
}

function coarse(seconds: number): number {
  const step = seconds < 30 ? 1 : seconds < 120 ? 5 : seconds < 600 ? 10 : 60;
  return Math.ceil(seconds / step) * step;
}
