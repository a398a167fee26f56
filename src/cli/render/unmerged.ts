import type { JobProgress, JobState } from '#contract/jobs';
import { count, counted } from './numbers.ts';

interface Unmerged {
  readonly job: string;
  readonly state: JobState;
  readonly progress: JobProgress;
  readonly dryRun: boolean;
}

/** @returns what is true of a load that ended before its merge. */
export function renderUnmerged({ job, state, progress, dryRun }: Unmerged): string {
  const { files, rows, rejected } = progress;
  const facts = [
    `${count(files.done - files.failed)} of ${counted(files.total, 'file')} staged`,
    ...(files.failed > 0 ? [`${count(files.failed)} failed`] : []),
    counted(rows, 'row'),
    ...(rejected > 0 ? [`${count(rejected)} rejected`] : []),
  ].join(', ');
  const head = `${dryRun ? 'Dry run' : 'Load'} ${job} ${state === 'cancelled' ? 'was cancelled' : 'stopped'}: ${facts}. Nothing was merged.\n`;
  return `${head}\nGo on where it stopped:  loadstone jobs resume ${job}\nDrop what is staged:     loadstone jobs discard ${job}\n`;
}
