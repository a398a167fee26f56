import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Correction, CorrectionRefusal, RecordView } from '#contract/api/reject-corrections';
import type { RejectedRecord } from '#contract/api/reject-pages';
import { host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { useCorrect } from '../use-corrections.ts';
import type { Entered } from './column-field.tsx';

/** Keeps what is entered for one record; shown at once, and taken back when it could not be kept. */
export function useEnter(job: number, { file, sequence }: RejectedRecord) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { mutateAsync, isPending } = useCorrect();
  const { queryKey } = host.rejects.record.queryOptions({ input: { job, request: { file, sequence } } });
  const refuse = (title: string, message: string) =>
    notifications.show({ title, message, color: 'red', autoClose: false });
  const enter = async (column: string | null, entered: Entered): Promise<boolean> => {
    const before = cache.getQueryData(queryKey);
    cache.setQueryData(queryKey, (view) => view && withEntered(view, column, entered));
    const correction: Correction = { file, sequence, column, ...entered };
    try {
      const [kept] = await mutateAsync({ job, corrections: [correction] });
      if (kept?.refused === undefined) return true;
      refuse(t('rejects.refused.title'), t(`rejects.refused.${kept.refused satisfies CorrectionRefusal}`));
    } catch (error) {
      const { code, message } = factsOf(error);
      refuse(t(`errors.title.${code}`), message);
    }
    cache.setQueryData(queryKey, before);
    return false;
  };
  return { enter, isSaving: isPending };
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
