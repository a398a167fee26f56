import { BrowserWindow, Notification } from 'electron';
import type { JobSummary } from '#contract/api/job-views';
import type { ApplicationClient } from '../application-client.ts';
import type { Speech } from './language.ts';

const RUNNING: readonly JobSummary['state'][] = ['queued', 'running', 'cancelling'];

/** Tells of jobs of this host that end while nobody looks at a window. */
export class JobNotices {
  readonly #client: ApplicationClient;
  readonly #speech: Speech;
  readonly #focus: () => void;
  readonly #running = new Set<number>();
  /** Kept, because a notice that is collected cannot be clicked. */
  readonly #shown = new Set<Notification>();

  constructor(client: ApplicationClient, speech: Speech, focus: () => void) {
    this.#client = client;
    this.#speech = speech;
    this.#focus = focus;
  }

  /** Looks at jobs that changed. */
  async look(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) {
      const { job } = await this.#client.jobs.show({ number });
      if (RUNNING.includes(job.state)) {
        if (job.runsHere) this.#running.add(number);
      } else if (this.#running.delete(number)) this.#ended(job);
    }
  }

  #ended(job: JobSummary): void {
    const how = outcomeOf(job.state);
    if (how === null || BrowserWindow.getFocusedWindow() !== null) return;
    for (const window of BrowserWindow.getAllWindows()) window.flashFrame(true);
    if (!Notification.isSupported()) return;
    const { words } = this.#speech;
    const notice = new Notification({
      title: 'Loadstone',
      body:
        job.kind === 'tables' && how === 'done'
          ? words.tablesDone(job.number)
          : words.jobEnded(job.number, how, job.rows ?? 0),
    });
    this.#shown.add(notice);
    notice.once('click', () => this.#focus());
    notice.once('close', () => this.#shown.delete(notice));
    notice.show();
  }
}

/** null: the user did it himself, or it goes on elsewhere. */
function outcomeOf(state: JobSummary['state']): 'done' | 'rejects' | 'failed' | null {
  switch (state) {
    case 'succeeded':
      return 'done';
    case 'succeeded_with_rejects':
      return 'rejects';
    case 'failed':
      return 'failed';
    default:
      return null;
  }
}
