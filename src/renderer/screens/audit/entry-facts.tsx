import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#contract/audit';
import { factLabel, isValueName } from './fact-names.ts';

/** What an entry tells beside who, when and where. */
export function EntryFacts({ facts }: { readonly facts: AuditEntry['facts'] }) {
  const { t } = useTranslation();
  return Object.entries(facts).map(([name, value]) => (
    <div key={name} style={{ display: 'contents' }}>
      <dt>{factLabel(name, t)}</dt>
      <dd>{isValueName(name, value) ? t(`audit.value.${value}`) : <FactValue value={value} />}</dd>
    </div>
  ));
}

function FactValue({ value }: { readonly value: unknown }) {
  const { t } = useTranslation();
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (Array.isArray(value)) return value.map((part) => <div key={textOf(part)}>{textOf(part)}</div>);
  if (isChange(value)) return `${textOf(value.from)} → ${textOf(value.to)}`;
  return textOf(value);
}

function isChange(value: unknown): value is { readonly from: unknown; readonly to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

function textOf(value: unknown): string {
  if (value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
