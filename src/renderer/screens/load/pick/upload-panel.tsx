import { Alert, Button, Card, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatBytes, formatNumber } from '#renderer/format/numbers.ts';
import type { UploadProgress } from '#renderer/host/uploads.ts';
import { cancelUpload, forgetUpload, useUploads } from './upload-store.ts';

/** How far the files that are being sent up have come, or why they have not. */
export function UploadPanel() {
  const { t } = useTranslation();
  const { upload } = useUploads();
  switch (upload.state) {
    case 'idle':
      return null;
    case 'reading':
      return <Running label={t('load.upload.reading', { count: upload.found })} percent={null} />;
    case 'sending':
      return <Sending {...upload} />;
    case 'failed':
      return <ErrorNote error={upload.error} actions={<Dismiss />} />;
    case 'empty':
      return (
        <Alert color="orange" role="alert" icon={<IconFileOff aria-hidden />} title={t('load.upload.emptyTitle')}>
          <Stack gap="xs" align="flex-start">
            <Text>
              {upload.leftOut === 0 ? t('load.upload.emptyAll') : t('load.upload.empty', { count: upload.leftOut })}
            </Text>
            <Dismiss />
          </Stack>
        </Alert>
      );
    default:
      return upload satisfies never;
  }
}

function Sending({ done, total }: { readonly done: UploadProgress; readonly total: UploadProgress }) {
  const { t } = useTranslation();
  const percent = total.bytes === 0 ? 0 : Math.min(100, (100 * done.bytes) / total.bytes);
  const label = t('load.upload.sending', {
    done: formatNumber(done.files),
    count: total.files,
    bytes: formatBytes(done.bytes),
    total: formatBytes(total.bytes),
  });
  return <Running label={label} percent={percent} />;
}

function Running({ label, percent }: { readonly label: string; readonly percent: number | null }) {
  const { t } = useTranslation();
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Text className="tabular" aria-live="off">
          {label}
        </Text>
        <Button size="compact-sm" variant="default" onClick={cancelUpload}>
          {t('common.cancel')}
        </Button>
      </Group>
      <Progress value={percent ?? 100} animated={percent === null} aria-label={t('load.upload.progress')} />
      <Text fz="sm" c="dimmed" mt="xs">
        {t('load.upload.stay')}
      </Text>
    </Card>
  );
}

function Dismiss() {
  const { t } = useTranslation();
  return (
    <Button size="compact-sm" variant="default" onClick={forgetUpload}>
      {t('common.close')}
    </Button>
  );
}
