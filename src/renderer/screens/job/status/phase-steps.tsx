import { Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircle, IconCircleFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobProgress } from '#contract/jobs';
import classes from './phase-steps.module.css';

const STEPS: readonly JobProgress['phase'][] = ['scan', 'stage', 'check', 'merge'];
type Standing = 'done' | 'current' | 'ahead';
const ICONS = { done: IconCheck, current: IconCircleFilled, ahead: IconCircle };

/** Which part of its way the load is on. */
export const PhaseSteps = memo(function PhaseSteps({ phase }: { readonly phase: JobProgress['phase'] }) {
  const { t } = useTranslation();
  const current = STEPS.indexOf(phase);
  return (
    <ol className={classes.steps} aria-label={t('job.stepper')}>
      {STEPS.map((step, index) => {
        const standing = standingOf(index, current);
        const Icon = ICONS[standing];
        return (
          <li
            key={step}
            className={classes.step}
            data-standing={standing}
            aria-current={standing === 'current' ? 'step' : undefined}
          >
            <span className={classes.line} aria-hidden />
            <span className={classes.name}>
              <Icon size={14} aria-hidden />
              <Text span fz="sm" fw={standing === 'current' ? 600 : 400}>
                {t(`jobs.phase.${step}`)}
              </Text>
              <VisuallyHidden>{t(`job.phaseState.${standing}`)}</VisuallyHidden>
            </span>
          </li>
        );
      })}
    </ol>
  );
});

function standingOf(index: number, current: number): Standing {
  if (index === current) return 'current';
  return index < current ? 'done' : 'ahead';
}
