import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { factsOf } from '#renderer/host/failure.ts';
import { useSamples } from './use-samples.ts';

/** How it stands with the sample values. Without them everything else works. */
export function SamplesNote({ original }: { readonly original: Mapping }) {
  const { t, i18n } = useTranslation();
  const { isFetching, error, refetch } = useSamples(original);
  if (isFetching) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text fz="sm" c="dimmed">
          {t('load.samples.reading')}
        </Text>
      </Group>
    );
  }
  if (error === null) return null;
  const facts = factsOf(error);
  return (
    <Alert color="orange" icon={<IconInfoCircle aria-hidden />} title={t('load.samples.failed')}>
      <Text fz="sm" className="wrap-anywhere">
        {facts.message} {i18n.language === 'en' ? facts.remedy : t(`errors.remedy.${facts.code}`)}
      </Text>
      <Button size="compact-sm" variant="light" color="orange" mt="xs" onClick={() => void refetch()}>
        {t('common.retry')}
      </Button>
    </Alert>
  );
}
