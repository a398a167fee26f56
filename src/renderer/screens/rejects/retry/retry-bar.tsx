import { Button, Group, Paper, Text } from '@mantine/core';
import { IconDatabaseImport, IconEdit, IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { LoadRequest } from '#contract/api/job-views';
import type { Mapping } from '#contract/mapping';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { startRetry } from '#renderer/screens/load/wizard-store.ts';
import classes from '../workbench.module.css';
import { TrialCard } from './trial-card.tsx';
import { useRetry } from './use-retry.ts';
import { useRowCounts } from './use-row-counts.ts';
import { useTrial } from './use-trial.ts';

interface RetryBarProps {
  readonly job: number;
  readonly mapping: Mapping | null;
}

/** What can be done with all that is still rejected: try it, load it, or correct the mapping for it. */
export function RetryBar({ job, mapping }: RetryBarProps) {
  const { t } = useTranslation();
  const counts = useRowCounts(job, 'open', false);
  const { data: order, error } = useQuery({ ...host.rejects.order.queryOptions({ input: { job } }), staleTime: 0 });
  const trial = useTrial(order);
  const retry = useRetry(order);
  if (counts === undefined || counts.rows === 0) return null;
  const failed = error ?? retry.error;
  return (
    <>
      <TrialCard trial={trial} mapping={mapping} />
      {failed === null ? null : <ErrorNote error={failed} actions={null} />}
      <Paper withBorder p="sm" className={classes.bar} component="section" aria-label={t('rejects.retry.label')}>
        <Group justify="space-between" gap="sm">
          <Text fz="sm" className="tabular" role="status">
            {t('rejects.retry.counts', { count: counts.rows, corrected: counts.corrected })}
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconTestPipe size={18} aria-hidden />}
              disabled={order === undefined || trial.isRunning}
              onClick={trial.run}
            >
              {t('rejects.retry.try')}
            </Button>
            <CorrectMapping job={job} order={order} rows={counts.rows} />
            <Button
              leftSection={<IconDatabaseImport size={18} aria-hidden />}
              disabled={order === undefined}
              loading={retry.isBusy}
              onClick={retry.run}
            >
              {t('rejects.retry.load', { count: counts.rows })}
            </Button>
          </Group>
        </Group>
      </Paper>
    </>
  );
}

interface CorrectMappingProps {
  readonly job: number;
  readonly order: LoadRequest | undefined;
  readonly rows: number;
}

/** Leads to the wizard, which then loads nothing but the rejected rows. */
function CorrectMapping({ job, order, rows }: CorrectMappingProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Button
      variant="default"
      leftSection={<IconEdit size={18} aria-hidden />}
      disabled={order === undefined}
      onClick={() => {
        if (order === undefined) return;
        startRetry({ job, rows, order });
        navigate('/');
      }}
    >
      {t('rejects.retry.mapping')}
    </Button>
  );
}
