import { useTranslation } from 'react-i18next';
import type { Conflict, ConflictPage } from '#contract/api/reviews';
import { keyWords } from '../model/condition-words.ts';
import { keyOf } from '../model/conflict-key.ts';
import { choiceForKey, choose, withoutChoice } from '../model/edit-resolutions.ts';
import { policyWords } from '../model/policy-value.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { ROW_POLICIES, type RowPolicy } from './decide-buttons.tsx';

interface DecideOptions {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly columns: ConflictPage['columns'];
  /** Tells those who do not see it. */
  readonly onSaid: (words: string) => void;
}

/** Choices for single rows. `key`: what a pressed key means for a row; undefined: nothing. */
export function useDecide({ reviewing, table, columns, onSaid }: DecideOptions) {
  const { t } = useTranslation();
  const { choices, saver } = reviewing;
  const chosenFor = (conflict: Conflict) => {
    const own = choiceForKey(choices.resolutions, table, keyOf(columns, conflict));
    // A later one for many rows has the last word.
    return own === null || own.place < (conflict.choice ?? 0) ? null : own.use;
  };
  const decide = (conflict: Conflict, use: RowPolicy | null) => {
    const key = keyOf(columns, conflict);
    if (use !== null) saver.change(choose({ table, which: { key }, use }));
    else saver.change(withoutChoice({ table, which: { key } }));
    const words = keyWords(key);
    onSaid(
      use === null
        ? t('review.decide.takenBack', { key: words })
        : t('review.decide.chosen', { policy: policyWords(use, t), key: words }),
    );
  };
  return { decide, chosenFor };
}

export type Decide = ReturnType<typeof useDecide>;

/** Digits, which every keyboard and every way of typing Vietnamese leaves alone. */
export function policyOfKey(key: string): RowPolicy | null | undefined {
  return key === '0' ? null : ROW_POLICIES[Number(key) - 1];
}
