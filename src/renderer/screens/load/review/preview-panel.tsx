import { Alert, Box, Button, Skeleton, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../wizard-store.ts';
import { CountsTable } from './counts-table.tsx';
import { PreviewError } from './preview-error.tsx';
import { PreviewStatus } from './preview-status.tsx';
import { PreviewTabs } from './preview-tabs.tsx';
import type { Preview } from './use-preview.ts';

/** What the load would do, as far as it is known. */
export function PreviewPanel({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const { report, error, isStale, isRunning, isStopped, isBlocked } = preview;
  if (isBlocked) return <Blocked />;
  return (
    <Stack gap="md" component="section" aria-label={t('load.preview.label')}>
      {error === null ? <PreviewStatus preview={preview} /> : <PreviewError preview={preview} />}
      {report === undefined && isRunning && !isStopped ? <Waiting /> : null}
      {report === undefined || error !== null ? null : (
        <Box opacity={isStale ? 0.5 : 1} aria-busy={isStale}>
          <Stack gap="lg">
            <CountsTable report={report} />
            <PreviewTabs report={report} />
          </Stack>
        </Box>
      )}
    </Stack>
  );
}

function Waiting() {
  return (
    <Stack gap="md" aria-hidden>
      <Skeleton h={180} />
      <Skeleton h={280} />
    </Stack>
  );
}

/** Names or types have to be mended first. */
function Blocked() {
  const { t } = useTranslation();
  return (
    <Alert color="orange" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('load.preview.blocked')}>
      <Button size="compact-sm" variant="light" color="orange" onClick={() => goTo('mapping')}>
        {t('errors.action.edit_mapping')}
      </Button>
    </Alert>
  );
}
