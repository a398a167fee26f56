import { useTranslation } from 'react-i18next';
import type { UndoConflict } from '#contract/undo';

/** Why an undo leaves a row, as a sentence. */
export function useUndoReason({ reason, other, by }: UndoConflict): string {
  const { t } = useTranslation();
  const table = other?.table ?? '';
  switch (reason) {
    case 'changed_since':
      if (by === undefined) return t('undo.reason.changed_since');
      return t(by.undo ? 'undo.reason.changed_since_undo' : 'undo.reason.changed_since_load');
    case 'referred_to':
      return t('undo.reason.referred_to', { table, count: other?.rows ?? 1 });
    case 'former_reference_gone':
      return t('undo.reason.former_reference_gone', { table });
    case 'row_gone':
    case 'value_taken':
    case 'column_altered':
    case 'refused':
      return t(`undo.reason.${reason}`);
    default:
      return reason satisfies never;
  }
}
