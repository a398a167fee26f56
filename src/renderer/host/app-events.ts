import type { AppEvent } from '#contract/api/app';
import type { JobSummary } from '#contract/api/job-views';
import { client, host } from './client.ts';
import { ASKED_ONCE, queryClient } from './query-client.ts';
import { useStream } from './use-stream.ts';

/** What is for others to do about an event. */
interface AppWishes {
  /** The line is there, for the first time or again; what is cached is still as it was before. */
  readonly onHello: () => void;
  readonly onOpen: (paths: readonly string[]) => void;
  readonly onEnded: (job: JobSummary) => void;
  readonly onShow: (job: number) => void;
}

/** Keeps what is cached in step with the host, whoever changes it: this window, another one, a command line. */
export function useAppEvents(wishes: AppWishes): void {
  useStream(
    'app',
    (signal) => client.app.watch(undefined, { signal }),
    (event) => hear(event, wishes),
  );
}

function hear(event: AppEvent, { onHello, onOpen, onEnded, onShow }: AppWishes): void {
  switch (event.type) {
    case 'hello':
      onHello();
      // After a break anything may have changed.
      void queryClient.invalidateQueries({ predicate: ({ meta }) => meta !== ASKED_ONCE });
      return;
    case 'jobs':
      void queryClient.invalidateQueries({ queryKey: host.jobs.key() });
      void queryClient.invalidateQueries({ queryKey: host.audit.key() });
      void queryClient.invalidateQueries({ queryKey: host.sources.recent.key() });
      void queryClient.invalidateQueries({ queryKey: host.reviews.key() });
      // Another window corrects them, or a retry has loaded some.
      void queryClient.invalidateQueries({ queryKey: host.rejects.page.key() });
      void queryClient.invalidateQueries({ queryKey: host.rejects.groups.key() });
      void queryClient.invalidateQueries({ queryKey: host.rejects.record.key() });
      return;
    case 'ended':
      onEnded(event.job);
      return;
    case 'settings':
      void queryClient.invalidateQueries({ queryKey: host.settings.key() });
      void queryClient.invalidateQueries({ queryKey: host.audit.key() });
      return;
    case 'connections':
      void queryClient.invalidateQueries({ queryKey: host.connections.key() });
      void queryClient.invalidateQueries({ queryKey: host.settings.key() });
      void queryClient.invalidateQueries({ queryKey: host.audit.key() });
      return;
    case 'open':
      onOpen(event.paths);
      return;
    case 'show':
      onShow(event.job);
      return;
    default:
      event satisfies never;
  }
}
