import type { TFunction } from 'i18next';
import type { ConflictChoice, ConflictCondition } from '#contract/resolutions';

/** A condition as people say it. */
export function conditionWords(condition: ConflictCondition, t: TFunction): string {
  if (!('side' in condition)) return t(`review.filter.words.${condition.is}`, { column: condition.column });
  const { column, is, side, text } = condition;
  return t(`review.filter.words.${is}`, { column, side: t(`review.filter.sides.${side}`), text });
}

/** Which rows a choice is for. */
export function choiceWords({ table, which }: ConflictChoice, t: TFunction): string {
  if ('key' in which) return t('review.choices.key', { table, key: keyWords(which.key) });
  const conditions = which.where.map((one) => conditionWords(one, t)).join(t('review.filter.and'));
  return t('review.choices.where', { table, conditions });
}

export function keyWords(key: Readonly<Record<string, string>>): string {
  return Object.values(key).join(' · ');
}
