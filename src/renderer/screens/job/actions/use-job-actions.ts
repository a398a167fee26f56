import { useMutation, useQueryClient } from '@tanstack/react-query';
import { host } from '#renderer/host/client.ts';

/**
 * What can be done with a job. Its state is heard from the host; what is cached is asked for again at once all the
 * same, so that buttons do not lag behind.
 * @param onDone the button that was pressed may be gone: the focus needs another place.
 */
export function useJobActions(onDone: () => void) {
  const queries = useQueryClient();
  const onSuccess = () => {
    void queries.invalidateQueries({ queryKey: host.jobs.key() });
    onDone();
  };
  return {
    cancel: useMutation(host.jobs.cancel.mutationOptions({ onSuccess })),
    resume: useMutation(host.jobs.resume.mutationOptions({ onSuccess })),
    discard: useMutation(host.jobs.discard.mutationOptions({ onSuccess })),
    undo: useMutation(host.jobs.undo.mutationOptions({ onSuccess })),
  };
}

export type JobActions = ReturnType<typeof useJobActions>;
