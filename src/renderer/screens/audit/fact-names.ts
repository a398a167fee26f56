import { audit } from '#renderer/i18n/en/audit.ts';

type FactName = keyof typeof audit.fact;

type ValueName = keyof typeof audit.value;

/** Facts that say one of a few things. */
const WORDED = ['kind', 'during', 'of', 'onConflict', 'policy'];

/** Whether there are words for what a fact says. */
export function isValueName(fact: string, value: unknown): value is ValueName {
  return WORDED.includes(fact) && typeof value === 'string' && Object.hasOwn(audit.value, value);
}

/** Whether there are words for a fact; of others the name itself is shown. */
export function isFactName(name: string): name is FactName {
  return Object.hasOwn(audit.fact, name);
}
