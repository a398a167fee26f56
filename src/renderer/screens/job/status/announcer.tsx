import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobKind } from '#contract/jobs';
import { stateWords } from '#renderer/screens/jobs/state-words.ts';
import type { Announcement } from '../model/announcement.ts';

interface AnnouncerProps extends Announcement {
  readonly kind: JobKind;
}

/** Tells screen readers of each change of state and phase, and of every tenth of the way. */
export const Announcer = memo(function Announcer({ kind, state, phase, percent }: AnnouncerProps) {
  const { t } = useTranslation();
  const words = stateWords({ kind, state }, t);
  const text = () => {
    if (phase === null) return words;
    const place = { state: words, phase: t(`job.headline.running.${phase}`) };
    return percent === null ? t('job.announce.phase', place) : t('job.announce.percent', { ...place, percent });
  };
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {text()}
    </VisuallyHidden>
  );
});
