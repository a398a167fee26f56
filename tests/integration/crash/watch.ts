import type { JobProgress } from '#contract/jobs';
import type { JobHandle } from '#host/host-types';

/** What a load in this process last said, and whether it has ended. */
export function watch(handle: JobHandle): { progress(): JobProgress | undefined; ended(): boolean } {
  let last: JobProgress | undefined;
  let ended = false;
  handle.onProgress((progress) => {
    last = progress;
  });
  void handle.done.finally(() => {
    ended = true;
  });
  return { progress: () => last, ended: () => ended };
}
