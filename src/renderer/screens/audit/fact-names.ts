import type { TFunction } from 'i18next';
import { audit } from '#renderer/i18n/en/audit.ts';

type FactName = keyof typeof audit.fact;

type ValueName = keyof typeof audit.value;

/** Facts that say one of a few things. */
const WORDED = ['kind', 'during', 'of', 'onConflict', 'policy'];

/** Whether there are words for what a fact says. */
export function isValueName(fact: string, value: unknown): value is ValueName {
  return WORDED.includes(fact) && typeof value === 'string' && Object.hasOwn(audit.value, value);
}

/** What a fact is called; one that has no words is shown by its own name. */
export function factLabel(name: string, t: TFunction): string {
  return isFactName(name) ? t(`audit.fact.${name}`) : name;
}

function isFactName(name: string): name is FactName {
  return Object.hasOwn(audit.fact, name);
}
