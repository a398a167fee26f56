import { Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconDatabaseImport, IconEdit, IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { LoadRequest } from '#contract/api/job-views';
import type { Mapping } from '#contract/mapping';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { isAbort } from '#renderer/host/failure.ts';
import { startRetry } from '#renderer/screens/load/wizard-store.ts';
import classes from '../workbench.module.css';
import { TrialDetails } from './trial-details.tsx';
import { TrialLine } from './trial-line.tsx';
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
  const { counts, error: uncounted, retry: countAgain } = useRowCounts(job);
  const { data: order, error } = useQuery({ ...host.rejects.order.queryOptions({ input: { job } }), staleTime: 0 });
  const trial = useTrial(order, counts);
  const retry = useRetry(order);
  const [isOpen, setOpen] = useState(false);
  if (counts === undefined) {
    return uncounted === null ? null : <ErrorNote error={uncounted} onRetry={countAgain} actions={null} />;
  }
  if (counts.rows === 0) return null;
  const { report } = trial;
  const hasReasons = report !== undefined && !trial.isRunning && report.rejects.total + report.files.failed > 0;
  const failed = [error, retry.error, trial.error].find((one) => one !== null && !isAbort(one));
  return (
    <Paper withBorder p="sm" className={classes.bar} component="section" aria-label={t('rejects.retry.label')}>
      {failed === undefined ? null : (
        <Box mb="sm">
          <ErrorNote error={failed} actions={null} />
        </Box>
      )}
      {hasReasons && isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={classes.reasons} tabIndex={0} aria-label={t('rejects.trial.why')}>
          <TrialDetails report={report} mapping={mapping} />
        </section>
      ) : null}
      <Group justify="space-between" gap="sm">
        <Stack gap={4} flex={1} miw={240}>
          <Text fz="sm" className="tabular" role="status">
            {t('rejects.retry.counts', { count: counts.rows, corrected: counts.corrected })}
          </Text>
          <TrialLine trial={trial} isOpen={hasReasons ? isOpen : null} onToggle={() => setOpen(!isOpen)} />
        </Stack>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconFlask size={18} aria-hidden />}
            disabled={order === undefined}
            loading={trial.isRunning}
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
