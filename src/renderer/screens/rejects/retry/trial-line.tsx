import { Button, Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { trialResult } from './trial-model.ts';
import type { Trial } from './use-trial.ts';

interface TrialLineProps {
  readonly trial: Trial;
  /** Whether the reasons are shown; null: there are none. */
  readonly isOpen: boolean | null;
  readonly onToggle: () => void;
}

/** How a trial gets on, or how many rows would be loaded now and how many not. */
export function TrialLine({ trial: { report, isRunning, isOld, stop }, isOpen, onToggle }: TrialLineProps) {
  const { t } = useTranslation();
  if (isRunning) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text fz="sm">{t('rejects.trial.running')}</Text>
        <Button size="compact-xs" variant="default" onClick={stop}>
          {t('load.preview.stop')}
        </Button>
      </Group>
    );
  }
  if (report === undefined) return <div role="status" />;
  const { pass, rejected } = trialResult(report);
  return (
    <Group gap="xs" role="status">
      <Text fz="sm" fw={isOld ? 400 : 600} className="tabular" {...(isOld && { c: 'dimmed' })}>
        {t('rejects.trial.pass', { count: pass })} {rejected === 0 ? '' : t('rejects.trial.stay', { count: rejected })}
      </Text>
      {isOld ? <Text fz="sm">{t('rejects.trial.old')}</Text> : null}
      {isOpen === null ? null : (
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={onToggle}>
          {t(isOpen ? 'rejects.trial.hide' : 'rejects.trial.why')}
        </Button>
      )}
    </Group>
  );
}
