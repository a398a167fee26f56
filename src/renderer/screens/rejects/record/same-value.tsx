import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopyCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RejectFilter, RejectRow } from '#contract/api/reject-pages';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { useCorrectAll } from '../use-corrections.ts';
import classes from './record.module.css';

interface SameValueProps {
  readonly job: number;
  /** What was objected to. */
  readonly rejected: RejectRow;
  /** Of the list. */
  readonly filter: RejectFilter;
  /** What was written in its place. */
  readonly written: string | null;
  /** It is not kept yet: until then this value itself would be counted. */
  readonly isSaving: boolean;
}

/** The same correction for all that were rejected with the same value, and that nobody has corrected yet. */
export function SameValue({ job, rejected, filter, written, isSaving }: SameValueProps) {
  const { t } = useTranslation();
  const { table, column = '', code, value = null } = rejected;
  const { file } = filter;
  const same: RejectFilter = { table, column, code, value, valueCorrected: false, ...(file !== undefined && { file }) };
  const { data } = useQuery({
    ...host.rejects.page.queryOptions({
      input: { job, request: { offset: 0, limit: 1, sort: { by: 'place', descending: false }, filter: same } },
    }),
    staleTime: 0,
    enabled: !isSaving,
  });
  const { mutate, isPending, error, reset } = useCorrectAll();
  const count = data?.matching ?? 0;
  const tell = ({ rows }: { readonly rows: number }) =>
    notifications.show({ message: t('rejects.same.done', { count: rows }), color: 'teal' });
  if (error !== null) return <ErrorNote error={error} onRetry={reset} actions={null} />;
  if (count === 0) return null;
  const shown = value === null ? t('rejects.noValue') : `“${cut(value)}”`;
  return (
    <Button
      size="compact-sm"
      variant="light"
      h="auto"
      py={4}
      leftSection={<IconCopyCheck size={16} aria-hidden />}
      loading={isPending}
      classNames={{ inner: classes.lines ?? '', label: classes.lines ?? '' }}
      onClick={(event) => {
        // The button goes with what it does.
        event.currentTarget.closest('[data-field]')?.querySelector<HTMLElement>('input, textarea')?.focus();
        mutate({ job, request: { filter: same, column, value: written } }, { onSuccess: tell });
      }}
    >
      {t(file === undefined ? 'rejects.same.all' : 'rejects.same.ofFile', { count, value: shown })}
    </Button>
  );
}

const LONGEST = 40;

function cut(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
