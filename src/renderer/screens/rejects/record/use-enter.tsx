import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Correction, CorrectionRefusal, RecordView } from '#contract/api/reject-corrections';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { useCorrect } from '../use-corrections.ts';
import type { Entered } from './column-field.tsx';

/** Keeps what is entered for one record; shown at once, and taken back when it could not be kept. */
export function useEnter(job: number, { file, sequence, path, line }: RecordView) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { mutateAsync, isPending } = useCorrect();
  const { queryKey } = host.rejects.record.queryOptions({ input: { job, request: { file, sequence } } });
  const enter = async (column: string | null, entered: Entered): Promise<boolean> => {
    // An answer that is on its way knows nothing of it.
    await cache.cancelQueries({ queryKey });
    const before = cache.getQueryData(queryKey);
    cache.setQueryData(queryKey, (view) => view && withEntered(view, column, entered));
    const correction: Correction = { file, sequence, column, ...entered };
    const what = [`${path}:${line}`, column, textOf(entered)].filter((part) => part !== null).join(' · ');
    const id = `unkept ${job} ${file} ${sequence} ${column}`;
    notifications.hide(id);
    try {
      const [kept] = await mutateAsync({ job, corrections: [correction] });
      if (kept?.refused === undefined) return true;
      const why = t(`rejects.refused.${kept.refused satisfies CorrectionRefusal}`);
      refuse({ id, title: t('rejects.refused.title'), what, why });
    } catch (error) {
      const { code, message } = factsOf(error);
      // The field may be gone by now: from here it is entered again.
      const again = { label: t('common.retry'), run: () => void enter(column, entered) };
      refuse({ id, title: t(`errors.title.${code}`), what, why: message, again });
    }
    // Other columns may have been changed meanwhile.
    cache.setQueryData(queryKey, (view) => view && before && withColumnOf(view, before, column));
    void cache.invalidateQueries({ queryKey });
    return false;
  };
  return { enter, isSaving: isPending };
}

interface Refusal {
  readonly id: string;
  readonly title: string;
  /** Of which record, which column and which value. */
  readonly what: string;
  readonly why: string;
  readonly again?: { readonly label: string; readonly run: () => void };
}

function refuse({ id, title, what, why, again }: Refusal): void {
  notifications.show({
    ...{ id, title, color: 'red', autoClose: false },
    message: (
      <Stack gap={4} align="flex-start">
        <Text fz="sm" fw={600} className="wrap-anywhere">
          {what}
        </Text>
        <Text fz="sm">{why}</Text>
        {again === undefined ? null : (
          <Button size="compact-sm" variant="default" onClick={again.run}>
            {again.label}
          </Button>
        )}
      </Stack>
    ),
  });
}

function textOf(entered: Entered): string | null {
  return 'remove' in entered || entered.value === null ? null : `“${entered.value}”`;
}

/** One column as it was. */
function withColumnOf(view: RecordView, before: RecordView, column: string | null): RecordView {
  if (column === null) {
    const { unreadable: _, ...rest } = view;
    return { ...rest, ...(before.unreadable !== undefined && { unreadable: before.unreadable }) };
  }
  const former = before.columns.find(({ name }) => name === column);
  return { ...view, columns: view.columns.map((one) => (one.name === column && former ? former : one)) };
}

/** As it will be, unless the host says otherwise. */
function withEntered(view: RecordView, column: string | null, entered: Entered): RecordView {
  const correction = 'remove' in entered ? {} : { correction: { value: entered.value, at: '', who: '' } };
  if (column === null) {
    if (view.unreadable === undefined) return view;
    const { correction: _, ...unreadable } = view.unreadable;
    return { ...view, unreadable: { ...unreadable, ...correction } };
  }
  return {
    ...view,
    columns: view.columns.map((one) => {
      if (one.name !== column) return one;
      const { correction: _, objection: __, ...rest } = one;
      return { ...rest, ...correction };
    }),
  };
}
