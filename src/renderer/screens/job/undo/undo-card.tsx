import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { UndoResult } from '#contract/undo';
import { sumUndo } from '../model/undo-result.ts';
import { Section } from '../parts/section.tsx';
import { LeftRows } from './left-rows.tsx';
import { UndoCounts } from './undo-counts.tsx';

interface UndoCardProps {
  readonly detail: JobDetail;
  readonly result: UndoResult;
}

/** What an undo took back, and which rows it had to leave and why. */
export const UndoCard = memo(function UndoCard({ detail, result }: UndoCardProps) {
  const { t } = useTranslation();
  const { conflicts } = sumUndo(result);
  const hint = conflicts === 0 ? t('job.undo.clean') : t('job.undo.conflictsHint', { count: conflicts });
  return (
    <>
      <Section title={t('job.undo.title')} hint={hint}>
        <UndoCounts detail={detail} tables={result.tables} label={t('job.undo.title')} />
      </Section>
      {conflicts === 0 ? null : <LeftRows number={detail.job.number} />}
    </>
  );
});
