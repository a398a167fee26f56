import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { client } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { ASKED_ONCE } from '#renderer/host/query-client.ts';
import { UndoPreview } from './undo-preview.tsx';

interface UndoDialogProps {
  readonly detail: JobDetail;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

/** What an undo would do, to be seen before it is done. */
export function UndoDialog({ detail, onUndo, onClose }: UndoDialogProps) {
  const { t } = useTranslation();
  const preview = useUndoPreview(detail.job.number);
  // What cannot be told now may still be done; what can no longer be undone may not.
  const mayUndo = preview.isSuccess || (preview.isError && isBusy(preview.error));
  return (
    <Stack gap="lg">
      <div aria-live="polite">
        {preview.isFetching ? (
          <Group gap="sm" mih={120} justify="center">
            <Loader size="sm" aria-hidden />
            <Text c="dimmed">{t('undo.dialog.looking')}</Text>
          </Group>
        ) : preview.isError ? (
          <Failure error={preview.error} onRetry={() => void preview.refetch()} />
        ) : preview.isSuccess ? (
          <UndoPreview detail={detail} result={preview.data} />
        ) : null}
      </div>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('undo.dialog.no')}
        </Button>
        <Button color="red" disabled={!mayUndo || preview.isFetching} onClick={onUndo}>
          {t('undo.dialog.yes', { number: detail.job.number })}
        </Button>
      </Group>
    </Stack>
  );
}

/** Asked once, and again only when somebody says so: it holds the tables while it looks. */
function useUndoPreview(number: number) {
  return useQuery({
    queryKey: ['undo preview', number],
    queryFn: ({ signal }) => client.jobs.previewUndo({ number }, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    meta: ASKED_ONCE,
    retry: false,
  });
}

function isBusy(error: unknown): boolean {
  return factsOf(error).code === 'LOAD_LOCKED';
}

function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  if (!isBusy(error)) return <ErrorNote error={error} {...(factsOf(error).retryable && { onRetry })} actions={null} />;
  return (
    <Alert icon={<IconInfoCircle aria-hidden />} title={t('undo.dialog.busy')}>
      <Stack gap="xs" align="flex-start">
        <Text fz="sm">{t('undo.dialog.busyHint')}</Text>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t('undo.dialog.look')}
        </Button>
      </Stack>
    </Alert>
  );
}
