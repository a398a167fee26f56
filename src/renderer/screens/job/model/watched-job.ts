import type { JobDetail, JobWatchEvent, LogLine, SpeedPoint } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';
import { nextPace, type Pace } from './estimate.ts';

/** Older log lines are let go. */
const MOST_LOG_LINES = 2_000;
/** A longer history is thinned out: the chart has no more pixels. */
const MOST_POINTS = 1_200;
const POINT_EVERY_SECONDS = 0.5;

/** All that has been heard of a job. Parts that an event does not touch stay the same objects. */
export interface WatchedJob {
  readonly detail: JobDetail;
  /** null: not running, or in another process. */
  readonly progress: JobProgress | null;
  readonly history: readonly SpeedPoint[];
  readonly log: LogTail;
  readonly pace: Pace | null;
  /** What to take from this window's clock to get the history's. */
  readonly origin: number;
}

export interface LogTail {
  /** How many lines were let go before the first. */
  readonly dropped: number;
  readonly lines: readonly LogLine[];
}

/**
 * What is known after one more event.
 * @param at seconds on this window's clock.
 */
export function hearOfJob(watched: WatchedJob | null, event: JobWatchEvent, at: number): WatchedJob | null {
  if (event.type === 'snapshot') return fromSnapshot(watched, event, at);
  if (watched === null) return null;
  switch (event.type) {
    case 'progress':
      return {
        ...watched,
        progress: event.progress,
        pace: nextPace(watched.pace, event.progress, at),
        history: withPoint(watched.history, event.progress, at - watched.origin),
      };
    case 'log':
      return { ...watched, log: withLines(watched.log, event.lines) };
    case 'changed':
      return { ...watched, detail: event.detail };
    default:
      return event satisfies never;
  }
}

function fromSnapshot(
  watched: WatchedJob | null,
  event: Extract<JobWatchEvent, { type: 'snapshot' }>,
  at: number,
): WatchedJob {
  const { detail, progress } = event;
  // Of a job that is over the host may know no speed any more.
  const history = progress === null && event.history.length === 0 ? (watched?.history ?? []) : event.history;
  return {
    detail,
    progress,
    history,
    log: withLines({ dropped: 0, lines: [] }, event.log),
    pace: progress === null ? null : nextPace(null, progress, at),
    origin: at - (history.at(-1)?.at ?? 0),
  };
}

function withPoint(history: readonly SpeedPoint[], progress: JobProgress, at: number): readonly SpeedPoint[] {
  const last = history.at(-1);
  if (last !== undefined && at - last.at < POINT_EVERY_SECONDS) return history;
  const { rowsPerSecond, bytesPerSecond } = progress;
  const kept = history.length < MOST_POINTS ? history : history.filter((_, index) => index % 2 === 0);
  return [...kept, { at, rowsPerSecond, bytesPerSecond }];
}

function withLines({ dropped, lines }: LogTail, more: readonly LogLine[]): LogTail {
  const all = [...lines, ...more];
  const excess = Math.max(0, all.length - MOST_LOG_LINES);
  return { dropped: dropped + excess, lines: excess === 0 ? all : all.slice(excess) };
}
