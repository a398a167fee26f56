import { BrowserWindow, Notification } from 'electron';
import type { JobSummary } from '#contract/api/job-views';
import type { Speech } from './language.ts';
import type { JobEnd } from './words.ts';

/** Tells of jobs that end while nobody looks at a window. Each end is heard once. */
export class JobNotices {
  readonly #speech: Speech;
  readonly #open: (job: number) => void;
  /** Kept, because a notice that is collected cannot be clicked. */
  readonly #shown = new Set<Notification>();

  /** @param open brings a window to the front that shows the job */
  constructor(speech: Speech, open: (job: number) => void) {
    this.#speech = speech;
    this.#open = open;
  }

  ended(job: JobSummary): void {
    const how = endOf(job);
    if (how === null || BrowserWindow.getFocusedWindow() !== null) return;
    for (const window of BrowserWindow.getAllWindows()) window.flashFrame(true);
    if (!Notification.isSupported()) return;
    const { words } = this.#speech;
    const isTables = job.kind === 'tables' && how === 'done';
    const notice = new Notification({
      title: 'Loadstone',
      body: isTables ? words.tablesDone(job.number) : words.jobEnded(job.number, how, job.rows ?? 0),
    });
    this.#shown.add(notice);
    notice.once('click', () => this.#open(job.number));
    notice.once('close', () => this.#shown.delete(notice));
    notice.show();
  }
}

/** null: it has not ended, or whoever ended it knows. */
function endOf({ state, dryRun }: JobSummary): JobEnd | null {
  switch (state) {
    case 'succeeded':
      return dryRun ? 'tried' : 'done';
    case 'succeeded_with_rejects':
      return dryRun ? 'tried' : 'rejects';
    case 'waiting_for_review':
      return 'review';
    case 'failed':
    case 'interrupted':
    case 'undone':
      return state;
    case 'queued':
    case 'running':
    case 'cancelling':
    case 'cancelled':
    case 'discarded':
      return null;
    default:
      return state satisfies never;
  }
}
