import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Announcement } from '../model/announcement.ts';

/** Tells screen readers of each change of state and phase, and of every tenth of the way. */
export const Announcer = memo(function Announcer({ state, phase, percent }: Announcement) {
  const { t } = useTranslation();
  const words = t(`jobs.state.${state}`);
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
