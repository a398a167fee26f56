import { audit } from '#renderer/i18n/en/audit.ts';

type FactName = keyof typeof audit.fact;

/** Whether there are words for a fact; of others the name itself is shown. */
export function isFactName(name: string): name is FactName {
  return Object.hasOwn(audit.fact, name);
}
