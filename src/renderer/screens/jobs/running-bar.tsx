import { Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobProgress } from '#contract/jobs';
import { client } from '#renderer/host/client.ts';
import { useStream } from '#renderer/host/use-stream.ts';
import { shareDone } from '#renderer/screens/job/status/progress-line.tsx';
import { TransferBar } from '#renderer/screens/job/status/transfer-bar.tsx';

/** A list needs no more news than this of one row. */
const REDRAW_MS = 500;

/** How far a running job is, in little. */
export function RunningBar({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<JobProgress | null>(null);
  const drawnAt = useRef(Number.NEGATIVE_INFINITY);
  useStream(
    `bar ${number}`,
    (signal) => client.jobs.watch({ number }, { signal }),
    (event) => {
      if (event.type !== 'snapshot' && event.type !== 'progress') return;
      const now = performance.now();
      if (now - drawnAt.current < REDRAW_MS && event.progress?.phase === progress?.phase) return;
      drawnAt.current = now;
      setProgress(event.progress);
    },
  );
  const staging = progress?.phase === 'stage' && progress.bytes.total > 0;
  const fraction = staging ? Math.min(1, progress.bytes.done / progress.bytes.total) : shareDone(progress);
  const words = progress === null ? '' : t(`jobs.phase.${progress.phase}`);
  const text = fraction === null ? words : `${words} ${Math.floor(fraction * 100)} %`;
  return (
    <div>
      <TransferBar thin label={t('jobs.progressOf', { number })} fraction={fraction} text={text} />
      <Text fz="xs" c="dimmed" className="tabular" mih="1.4em" aria-hidden>
        {text}
      </Text>
    </div>
  );
}
