import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Trace } from '#contract/api/traces';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { formatMoment } from '#renderer/format/times.ts';
import { host } from '#renderer/host/client.ts';
import type { RowSource } from './row-source.ts';
import { TraceEntry } from './trace-entry.tsx';

interface RowTraceProps {
  readonly source: RowSource;
  /** What tells the row from others. */
  readonly rowKey: Readonly<Record<string, string>>;
}

/** Which loads inserted and changed a row. */
export function RowTrace({ source: { connection, table }, rowKey }: RowTraceProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    ...host.tables.trace.queryOptions({ input: { connection, request: { ...table, key: rowKey } } }),
    // The host does not say when somebody has written the row.
    staleTime: 0,
    retry: false,
  });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingNote label={t('undo.trace.looking')} />;
  return <Told trace={data} />;
}

function Told({ trace }: { readonly trace: Trace }) {
  const { t } = useTranslation();
  const { found, events, changedSince, forgotten, truncated } = trace;
  return (
    <Stack gap="lg">
      {found ? null : <Text fz="sm">{t('undo.trace.gone')}</Text>}
      {changedSince ? <Text fz="sm">{t('undo.trace.changedSince')}</Text> : null}
      {events.length === 0 ? (
        <EmptyNote title={t(forgotten === null ? 'undo.trace.none' : 'undo.trace.noneKept')}>
          {forgotten === null ? t('undo.trace.noneHint') : null}
        </EmptyNote>
      ) : (
        <Stack component="ol" gap="lg" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('undo.trace.list')}>
          {events.map((event) => (
            <TraceEntry key={`${event.loadId} ${event.act}`} event={event} />
          ))}
        </Stack>
      )}
      {forgotten === null ? null : (
        <Text fz="sm" c="dimmed">
          {t('undo.trace.forgotten', { count: forgotten.loads, time: formatMoment(forgotten.until) })}
        </Text>
      )}
      {truncated ? (
        <Text fz="sm" c="dimmed">
          {t('undo.trace.truncated')}
        </Text>
      ) : null}
    </Stack>
  );
}
