import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JobSummary } from '#contract/api/job-views';
import { setTitleMark } from '../components/page-title.ts';
import { i18n } from '../i18n/i18n.ts';
import { stateLook } from '../screens/jobs/state-look.ts';
import { isAnyLookedAt, isLookingAt } from './looking.ts';
import { type NoticeText, noticeText } from './notice-text.ts';
import { showSystemNotice } from './system-notices.ts';

/** Long enough to be read and pressed; it waits while the mouse is over it. */
const SHOWN_MS = 12_000;
/** As many ends as a page is likely to hear of again. */
const MOST_KNOWN = 1_000;

const known = new Set<string>();

/** Tells of a job that has come to an end, once, in all the ways that the user may notice. */
export function tellEnd(job: JobSummary): void {
  const text = noticeText(job, i18n.t);
  const id = `job-${job.number}-${job.state}-${job.endedAt}`;
  if (text === null || known.has(id)) return;
  remember(id);
  if (!isLookingAt(job.number)) showToast(job, text);
  if (document.visibilityState === 'hidden') markTitle(job);
  // Whoever cancelled it knows.
  if (job.state !== 'cancelled') void tellSystem(id, job, text);
}

/** The address of a job's screen. */
function addressOf(job: number): string {
  return `#/jobs/${job}`;
}

function toastId(job: number): string {
  return `end-of-job-${job}`;
}

/** Whoever is at the job's screen needs to be told no more. */
export function hideToast(job: number): void {
  notifications.hide(toastId(job));
}

function showToast({ number, state }: JobSummary, { title, text }: NoticeText): void {
  const { color, icon: Icon } = stateLook(state);
  // Of a job that ended again only the last end is to be seen.
  hideToast(number);
  notifications.show({
    id: toastId(number),
    ...{ title, color, icon: <Icon size={18} aria-hidden /> },
    // Nobody reads it in a page that is hidden: then it stays.
    autoClose: document.visibilityState === 'hidden' ? false : SHOWN_MS,
    closeButtonProps: { 'aria-label': i18n.t('common.close') },
    message: (
      <>
        <Text fz="sm">{text}</Text>
        <Anchor fz="sm" href={addressOf(number)} onClick={() => hideToast(number)}>
          {i18n.t('notices.open')}
        </Anchor>
      </>
    ),
  });
}

const MARKS: Readonly<Partial<Record<JobSummary['state'], string>>> = {
  succeeded: '✓',
  undone: '✓',
  waiting_for_review: '?',
};

function markTitle({ number, state }: JobSummary): void {
  setTitleMark(`${MARKS[state] ?? '!'} ${i18n.t('notices.mark', { number })}`);
}

async function tellSystem(id: string, { number }: JobSummary, text: NoticeText): Promise<void> {
  if (await isAnyLookedAt()) return;
  showSystemNotice(id, text, () => {
    location.hash = addressOf(number);
  });
}

function remember(id: string): void {
  known.add(id);
  const [oldest] = known;
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
}
