import { Alert, Button, Group, Paper, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import classes from '../review.module.css';
import type { Reviewing } from '../use-reviewing.ts';

/** Whether what was chosen is kept, and what others changed. */
export function SaveStatus({ reviewing: { choices, saver } }: { readonly reviewing: Reviewing }) {
  const { t } = useTranslation();
  const { status, error, overtaken } = choices;
  return (
    <>
      {status === 'failed' ? (
        <Paper withBorder shadow="md" p="xs" className={classes.inSight ?? ''}>
          <Text fw={600} mb={4}>
            {t('review.save.failed')}
          </Text>
          <ErrorNote
            error={error}
            onRetry={() => saver.retry()}
            actions={
              <Button size="compact-sm" variant="default" onClick={() => saver.giveUp()}>
                {t('review.save.giveUp')}
              </Button>
            }
          />
        </Paper>
      ) : null}
      {overtaken === null ? null : (
        <Alert
          className={classes.inSight ?? ''}
          color="indigo"
          role="status"
          icon={<IconInfoCircle aria-hidden />}
          title={t('review.save.overtaken')}
        >
          <Group gap="sm" justify="space-between">
            <Text fz="sm">{t(`review.save.overtakenText.${overtaken}`)}</Text>
            <Button size="compact-sm" variant="default" onClick={() => saver.acknowledge()}>
              {t('review.save.overtakenOk')}
            </Button>
          </Group>
        </Alert>
      )}
    </>
  );
}
