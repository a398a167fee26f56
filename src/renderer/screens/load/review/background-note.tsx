import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconClockPlay } from '@tabler/icons-react';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LoadEstimate } from '#contract/api/estimates';
import { formatBytes, formatRoughly } from '#renderer/format/numbers.ts';
import { host } from '#renderer/host/client.ts';
import { useScan } from '../source/use-scan.ts';
import { useConnection } from '../use-connection.ts';
import { useWizard } from '../wizard-store.ts';

/** Says before a large load what to expect of it. */
export function BackgroundNote() {
  const bytes = useLargeBytes();
  return bytes === null ? null : <Note bytes={bytes} />;
}

/** The size of the chosen files where it is worth a word, else null. */
function useLargeBytes(): number | null {
  const { data: settings } = useQuery(host.settings.get.queryOptions());
  const { data: scan } = useScan();
  if (scan === undefined || settings === undefined || settings.backgroundMb === null) return null;
  return scan.bytes > settings.backgroundMb * 1_000_000 ? scan.bytes : null;
}

function Note({ bytes }: { readonly bytes: number }) {
  const { t } = useTranslation();
  const { data: info } = useQuery(host.app.info.queryOptions());
  const estimate = useEstimate(bytes);
  // Nothing jumps: it comes with all it has to say.
  if (estimate === undefined || info === undefined) return null;
  return (
    <Alert
      role="note"
      color="indigo"
      variant="light"
      icon={<IconClockPlay aria-hidden />}
      title={t('load.background.title')}
    >
      <Stack gap={6}>
        <Text fz="sm">{estimateText(estimate, bytes, t)}</Text>
        <Text fz="sm">{t(`load.background.${info.host}`)}</Text>
        {info.host === 'web' ? (
          <Anchor component={Link} href="/settings" fz="sm">
            {t('load.background.settings')}
          </Anchor>
        ) : null}
      </Stack>
    </Alert>
  );
}

function useEstimate(bytes: number): LoadEstimate | undefined {
  const connection = useConnection();
  const mapping = useWizard(({ chosen }) => chosen?.original);
  const input =
    mapping === undefined || connection === undefined
      ? undefined
      : { bytes, mapping: mapping.name, format: mapping.source.format, connection };
  const { data } = useQuery({
    ...host.jobs.estimate.queryOptions({ input: input ?? skipToken }),
    enabled: input !== undefined,
  });
  return data;
}

function estimateText({ low, high, basis, loads }: LoadEstimate, bytes: number, t: TFunction): string {
  return t('load.background.takes', {
    size: formatBytes(bytes),
    time: formatRoughly(low, high),
    basis: t(`load.background.basis.${basis}`, { count: loads }),
  });
}
