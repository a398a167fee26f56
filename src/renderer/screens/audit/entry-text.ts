import type { TFunction } from 'i18next';
import type { AuditEntry } from '#contract/audit';
import { formatBytes, formatNumber } from '#renderer/format/numbers.ts';
import { factLabel } from './fact-names.ts';

/** In the order in which people ask for them; what is not among them comes last. */
const COUNTS = [
  ...(['read', 'inserted', 'updated', 'unchanged', 'skipped', 'rejected', 'failedFiles'] as const),
  ...([
    'removed',
    'restored',
    'conflicts',
    'created',
    'statements',
    'rejects',
    'entries',
    'fails',
    'loads',
    'corrections',
    'bytes',
  ] as const),
];
type CountName = (typeof COUNTS)[number];

function isKnown(name: string): name is CountName {
  return COUNTS.some((known) => known === name);
}

/** What came of it, as `133 inserted · 2 rejected`; nothing is said of what is none. */
export function outcomeText({ counts }: AuditEntry, t: TFunction): string {
  const names = [...COUNTS.filter((name) => name in counts), ...Object.keys(counts).filter((name) => !isKnown(name))];
  return names
    .filter((name) => (counts[name] ?? 0) > 0)
    .map((name) => `${formatNumber(counts[name] ?? 0)} ${isKnown(name) ? t(`audit.count.${name}`) : name}`)
    .join(' · ');
}

/** What it was about: the mapping, the name, the settings. */
export function subjectText({ facts, action }: AuditEntry, t: TFunction): string {
  const { mapping, name, message } = facts;
  if (action === 'settings_changed') {
    return Object.keys(facts)
      .map((name) => factLabel(name, t))
      .join(', ');
  }
  return [mapping ?? name, action === 'failed' ? message : undefined]
    .filter((part) => typeof part === 'string')
    .join(' · ');
}

export function filesText({ files }: AuditEntry, t: TFunction): string {
  if (files === null) return '';
  return `${t('common.files', { count: files.count })}, ${formatBytes(files.bytes)}`;
}

/** Where it went; the embedded database's name is a matter of language. */
export function targetText({ connection }: AuditEntry, t: TFunction): string {
  return connection === 'embedded' ? t('common.embedded') : (connection ?? '');
}
