import type { JobProgress, JobState } from '#contract/jobs';

/** What a screen reader is told: it changes with the state, the phase, and at every tenth of the bytes. */
export interface Announcement {
  readonly state: JobState;
  readonly phase: JobProgress['phase'] | null;
  /** 0, 10, … 100; null where nothing is counted in bytes. */
  readonly percent: number | null;
}

export function announcementOf(state: JobState, progress: JobProgress | null): Announcement {
  if (state !== 'running' || progress === null) return { state, phase: null, percent: null };
  const { phase, bytes } = progress;
  const counted = phase === 'stage' && bytes.total > 0;
  return { state, phase, percent: counted ? Math.floor((bytes.done * 10) / bytes.total) * 10 : null };
}
