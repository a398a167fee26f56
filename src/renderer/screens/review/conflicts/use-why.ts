import { useTranslation } from 'react-i18next';
import type { Conflict } from '#contract/api/reviews';
import { formatNumber } from '#renderer/format/numbers.ts';
import { columnRules, ruleOf } from '../model/rules.ts';
import type { Reviewing } from '../use-reviewing.ts';

/** Who decided what becomes of a conflict: a choice for rows, else the rules. In what the host counted, not in what is wished. */
export function useWhy({ review }: Reviewing, table: string, { choice }: Conflict): string {
  const { t } = useTranslation();
  const found = review.tables[table];
  const chosen = choice === undefined ? undefined : review.resolutions.choices?.[choice];
  if (chosen !== undefined && choice !== undefined) {
    return 'key' in chosen.which ? t('review.why.row') : t('review.why.choice', { number: formatNumber(choice + 1) });
  }
  if (found === undefined) return '';
  if (Object.keys(columnRules(review.resolutions, table, found)).length > 0) return t('review.why.columns');
  return t(`review.why.${ruleOf(review.resolutions, table, found).from}`);
}
