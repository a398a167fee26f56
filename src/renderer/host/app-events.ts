import type { AppEvent } from '#contract/api/app';
import { client, host } from './client.ts';
import { queryClient } from './query-client.ts';
import { useStream } from './use-stream.ts';

/** Keeps what is cached in step with the host, whoever changes it: this window, another one, a command line. */
export function useAppEvents(onOpen: (paths: readonly string[]) => void): void {
  useStream(
    'app',
    (signal) => client.app.watch(undefined, { signal }),
    (event) => hear(event, onOpen),
  );
}

function hear(event: AppEvent, onOpen: (paths: readonly string[]) => void): void {
  switch (event.type) {
    case 'hello':
      // After a break anything may have changed.
      void queryClient.invalidateQueries();
      return;
    case 'jobs':
      void queryClient.invalidateQueries({ queryKey: host.jobs.key() });
      void queryClient.invalidateQueries({ queryKey: host.sources.recent.key() });
      void queryClient.invalidateQueries({ queryKey: host.reviews.key() });
      return;
    case 'settings':
      void queryClient.invalidateQueries({ queryKey: host.settings.key() });
      return;
    case 'connections':
      void queryClient.invalidateQueries({ queryKey: host.connections.key() });
      void queryClient.invalidateQueries({ queryKey: host.settings.key() });
      return;
    case 'open':
      onOpen(event.paths);
      return;
    default:
      event satisfies never;
  }
}
