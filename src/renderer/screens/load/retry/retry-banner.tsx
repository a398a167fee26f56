import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { confirmLosingEdits } from '../mapping/confirm-losing-edits.ts';
import { clearWizard, useWizard } from '../wizard-store.ts';

/** That not the files are loaded but what was rejected of them, and the way out. */
export function RetryBanner() {
  const { t } = useTranslation();
  const retry = useWizard((wizard) => wizard.retry);
  const [, navigate] = useLocation();
  if (retry === null) return null;
  const { job, rows } = retry;
  const leave = () =>
    confirmLosingEdits(() => {
      clearWizard();
      navigate(`/jobs/${job}/rejects`);
    });
  return (
    <Alert color="indigo" icon={<IconReload aria-hidden />} title={t('load.retry.title', { count: rows, number: job })}>
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw="70ch">
          {t('load.retry.text')}{' '}
          <Anchor component={Link} href={`/jobs/${job}/rejects`} fz="sm" c="inherit" underline="always">
            {t('load.retry.rejects')}
          </Anchor>
        </Text>
        <Button size="compact-sm" variant="default" onClick={leave}>
          {t('load.retry.leave')}
        </Button>
      </Group>
    </Alert>
  );
}
