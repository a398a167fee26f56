import type { TFunction } from 'i18next';
import type { ResolutionPolicy } from '#contract/resolutions';

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
