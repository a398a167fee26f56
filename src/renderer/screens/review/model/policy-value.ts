import type { TFunction } from 'i18next';
import type { ResolutionPolicy } from '#contract/resolutions';
import type { Rule } from './rules.ts';

export const PLAIN_POLICIES = ['skip', 'overwrite', 'merge', 'fail'] as const;
const NEWER = 'newer:';

/** A policy as the value of an option. */
export function toOption(use: ResolutionPolicy): string {
  return typeof use === 'string' ? use : `${NEWER}${use.newer}`;
}

/** The policy of an option; null for any other text. */
export function fromOption(value: string): ResolutionPolicy | null {
  if (value.startsWith(NEWER)) return { newer: value.slice(NEWER.length) };
  return PLAIN_POLICIES.find((policy) => policy === value) ?? null;
}

/** A policy in plain words. */
export function policyWords(use: ResolutionPolicy, t: TFunction): string {
  return typeof use === 'string' ? t(`review.policy.${use}`) : t('review.policy.newer', { column: use.newer });
}

/** What holds where nothing is said, and who says it. */
export function inheritedWords({ use, from }: Rule, t: TFunction): string {
  return t(`review.policy.inherit.${from}`, { policy: policyWords(use, t) });
}
