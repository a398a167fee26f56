import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { leaveTo } from '../mapping/leaving.ts';
import { STEPS, useWizard } from '../wizard-store.ts';
import classes from './step-rail.module.css';

/** Where the user is among the steps; those visited already can be gone back to. */
export function StepRail() {
  const { t } = useTranslation();
  const { step, furthest } = useWizard();
  const current = STEPS.indexOf(step);
  const last = STEPS.indexOf(furthest);
  return (
    <nav aria-label={t('load.rail.label')}>
      <ol className={classes.rail}>
        {STEPS.map((name, at) => (
          <li key={name} className={classes.step} data-current={at === current || undefined}>
            <UnstyledButton
              className={classes.button}
              disabled={at > last}
              aria-current={at === current ? 'step' : undefined}
              data-done={at < current || undefined}
              data-visited={at <= last || undefined}
              onClick={() => leaveTo(name)}
            >
              <span className={classes.mark} aria-hidden>
                {at < current ? <IconCheck size={16} /> : at + 1}
              </span>
              <span className={classes.label}>{t(`load.rail.${name}`)}</span>
            </UnstyledButton>
          </li>
        ))}
        <li className={classes.step}>
          <span className={classes.button} data-disabled>
            <span className={classes.mark} aria-hidden>
              {STEPS.length + 1}
            </span>
            <span className={classes.label}>{t('load.rail.load')}</span>
          </span>
        </li>
      </ol>
    </nav>
  );
}
