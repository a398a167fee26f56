import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseImport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { issueCount } from '../mapping/mapping-issues.ts';
import { useMapping } from '../mapping/use-mapping.ts';
import { useConnection } from '../use-connection.ts';
import { clearWizard, useWizard } from '../wizard-store.ts';
import { loadRequest } from './load-choices.ts';
import { orderId, orderIsAnswered } from './order-id.ts';
import { doubts, mustFail } from './outlook.ts';
import type { Preview } from './use-preview.ts';
import { useReviewWish } from './use-review-wish.ts';

/** Starts the load; needs no finished preview, unless that found what the load would fail at too. */
export function LoadButton({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const { review } = useReviewWish();
  const { request, start } = useStart(review ?? true);
  const { error, allFiles, files } = preview;
  const fails = error !== null && mustFail(factsOf(error), allFiles);
  // What it does, and is called, is known in a moment.
  const isBusy = start.isBusy || (review === null && request !== null);
  const blocked = request === null || fails || files === 0;
  return (
    <Stack gap="xs" ml="auto" align="flex-end">
      {start.error === null ? null : <ErrorNote error={start.error} onRetry={start.run} />}
      <Group gap="md" justify="flex-end">
        <Doubts preview={preview} fails={fails} />
        <Button
          size="md"
          loading={isBusy}
          disabled={blocked && !isBusy}
          leftSection={<IconDatabaseImport size={20} aria-hidden />}
          onClick={start.run}
        >
          {t(request?.dryRun === true ? 'load.go.dryRun' : review === true ? 'load.go.check' : 'load.go.load')}
        </Button>
      </Group>
    </Stack>
  );
}

function useStart(review: boolean) {
  const paths = useWizard((wizard) => wizard.paths);
  const choices = useWizard((wizard) => wizard.choices);
  const retry = useWizard((wizard) => wizard.retry);
  const connection = useConnection();
  const edited = useMapping();
  const [, navigate] = useLocation();
  const sure = edited !== null && issueCount(edited.issues) === 0 ? edited : null;
  const request =
    sure === null || connection === undefined
      ? null
      : loadRequest({ paths, mapping: sure.mapping, choices, retry }, connection, review);
  // A second click comes before React has drawn the first.
  const isStarted = useRef(false);
  const { mutate, isPending, isSuccess, error } = useMutation(
    host.jobs.start.mutationOptions({
      onSuccess: ({ number }) => {
        orderIsAnswered('load');
        navigate(`/jobs/${number}`);
        clearWizard();
      },
      onError: () => {
        isStarted.current = false;
      },
    }),
  );
  const run = () => {
    if (isStarted.current || request === null) return;
    isStarted.current = true;
    mutate({ ...request, loadId: orderId('load', request) });
  };
  return { request, start: { run, isBusy: isPending || isSuccess, error } };
}

/** What speaks against loading like this. */
function Doubts({ preview, fails }: { readonly preview: Preview; readonly fails: boolean }) {
  const { t } = useTranslation();
  const choices = useWizard((wizard) => wizard.choices);
  const found = preview.report === undefined || preview.isStale ? [] : doubts(preview.report, choices);
  const texts = fails ? [t('load.doubt.fails')] : found.map((doubt) => t(`load.doubt.${doubt}`));
  if (texts.length === 0) return null;
  return (
    <Group gap="xs" wrap="nowrap" maw={520}>
      <IconAlertTriangle size={18} color="var(--mantine-color-orange-filled)" aria-hidden style={{ flexShrink: 0 }} />
      <Text fz="sm">{texts.join(' ')}</Text>
    </Group>
  );
}
