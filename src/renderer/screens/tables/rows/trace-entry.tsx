import { Anchor, Badge, Box, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TraceEvent } from '#contract/api/traces';
import { formatMoment } from '#renderer/format/times.ts';

/** One load that wrote the row: which, when, by which file and line, and what it changed. */
export function TraceEntry({ event }: { readonly event: TraceEvent }) {
  const { t } = useTranslation();
  const { act, at, mapping, path, line, undone } = event;
  return (
    <Box component="li">
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Badge variant="default">{t(`undo.trace.${act}`)}</Badge>
          <JobName event={event} />
        </Group>
        <Text fz="sm" c="dimmed" component="time" dateTime={at}>
          {formatMoment(at)}
        </Text>
      </Group>
      <Text fz="sm" c="dimmed" className="wrap-anywhere" mt={2}>
        {mapping}
        {path === undefined || line === undefined ? null : ` · ${t('undo.by.place', { path, line })}`}
      </Text>
      {undone === undefined ? null : (
        <Text fz="sm" mt={2}>
          {t(undone.left === undefined ? 'undo.trace.undone' : 'undo.trace.undoneLeft', {
            time: formatMoment(undone.at),
          })}
        </Text>
      )}
      <Changes event={event} />
    </Box>
  );
}

function JobName({ event: { job, loadId } }: { readonly event: TraceEvent }) {
  const { t } = useTranslation();
  if (job === undefined) {
    return (
      <Text fz="sm" className="wrap-anywhere">
        {t('undo.by.load', { id: loadId })}
      </Text>
    );
  }
  return (
    <Anchor component={Link} href={`/jobs/${job}`} fz="sm" fw={600}>
      {t('undo.by.job', { job })}
    </Anchor>
  );
}

function Changes({ event: { act, values, undone } }: { readonly event: TraceEvent }) {
  const { t } = useTranslation();
  // What was taken back need not be told.
  if (act === 'inserted' || (values === undefined && undone !== undefined && undone.left === undefined)) return null;
  if (values === undefined || values.length === 0) {
    return (
      <Text fz="sm" mt={4}>
        {t(values === undefined ? 'undo.trace.valuesUnknown' : 'undo.trace.nothingChanged')}
      </Text>
    );
  }
  return (
    <Stack component="dl" gap={6} m={0} mt={6} pl="sm">
      {values.map(({ column, old, new: now }) => (
        <div key={column}>
          <Text component="dt" fz="sm" c="dimmed" className="wrap-anywhere">
            {column}
          </Text>
          <Group component="dd" m={0} gap={6} wrap="wrap" fz="sm">
            <Value value={old} label={t('undo.trace.old')} former />
            <IconArrowRight size={14} aria-hidden />
            <Value value={now} label={t('undo.trace.new')} />
          </Group>
        </div>
      ))}
    </Stack>
  );
}

interface ValueProps {
  readonly value: string | null;
  /** For those who hear the page. */
  readonly label: string;
  readonly former?: boolean;
}

function Value({ value, label, former = false }: ValueProps) {
  const { t } = useTranslation();
  const none = value === null ? t('tables.rows.null') : value === '' ? t('tables.rows.emptyText') : null;
  return (
    <Text component="span" fz="sm" className="wrap-anywhere" {...(former && { td: 'line-through', c: 'dimmed' })}>
      <VisuallyHidden>{label}: </VisuallyHidden>
      {none === null ? value : <em>{none}</em>}
    </Text>
  );
}
