import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { factsOf } from '#renderer/host/failure.ts';
import { useSamples } from './use-samples.ts';

/** Why there are no sample values. Without them everything else works. */
export function SamplesNote() {
  const { t } = useTranslation();
  const { isFetching, error, refetch } = useSamples();
  if (isFetching || error === null) return null;
  const facts = factsOf(error);
  return (
    <Alert
      color="orange"
      icon={<IconInfoCircle aria-hidden />}
      title={t('load.samples.failed')}
      // Orange on light orange would be too faint for small text.
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Text fz="sm" className="wrap-anywhere">
        {facts.message} {t(`errors.remedy.${facts.code}`)}
      </Text>
      <Button size="compact-sm" variant="default" mt="xs" onClick={() => void refetch()}>
        {t('common.retry')}
      </Button>
    </Alert>
  );
}

/** That sample values are on their way; stands where nothing moves when it goes. */
export function SamplesReading() {
  const { t } = useTranslation();
  const { isFetching } = useSamples();
  return (
    <Group gap="xs" role="status" mih={24} mt="sm">
      {isFetching ? (
        <>
          <Loader size="xs" aria-hidden />
          <Text fz="sm" c="dimmed" flex={1}>
            {t('load.samples.reading')}
          </Text>
        </>
      ) : null}
    </Group>
  );
}
