import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobDetail } from '#contract/api/job-views';
import { client, host } from '#renderer/host/client.ts';
import { useStream } from '#renderer/host/use-stream.ts';
import { isLive } from './model/job-states.ts';
import { hearOfJob, type WatchedJob } from './model/watched-job.ts';

interface JobWatch {
  readonly detail: JobDetail | undefined;
  readonly watched: WatchedJob | null;
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * One job as it stands now. The stream of a job ends with it, so what happens to the job afterwards (another window
 * resumes it, a command line undoes it) is heard by asking again, and then the stream is opened anew.
 */
export function useJobWatch(number: number): JobWatch {
  const shown = useQuery(host.jobs.show.queryOptions({ input: { number } }));
  const [watched, setWatched] = useState<WatchedJob | null>(null);
  const { error } = useStream(
    streamKey(shown.data),
    (signal) => client.jobs.watch({ number }, { signal }),
    (event) => setWatched((known) => hearOfJob(known, event, performance.now() / 1000)),
  );
  const { data } = shown;
  const detail = data !== undefined && isLive(data.job) && watched !== null ? watched.detail : data;
  return { detail, watched, error: shown.error ?? error, retry: () => void shown.refetch() };
}

/** Another one for each run of the job. */
function streamKey(detail: JobDetail | undefined): string | null {
  if (detail === undefined) return null;
  const runs = detail.events.filter(({ event }) => event === 'queued').length;
  return `job ${detail.job.number} ${runs} ${isLive(detail.job) ? 'live' : 'over'}`;
}
