import { useMemo } from 'react';
import type { AuditFilter } from '#contract/api/audit';
import { useUrlValues } from '#renderer/components/use-url-values.ts';
import { filterFromAddress } from './audit-filter.ts';

const NAMES = ['log', 'action', 'words', 'since', 'until'] as const;
type Name = (typeof NAMES)[number];

export interface AuditView {
  /** As the address has them. */
  readonly values: Readonly<Record<Name, string>>;
  readonly filter: AuditFilter;
  readonly isFiltered: boolean;
  readonly change: (values: Partial<Record<Name, string>>) => void;
  readonly clear: () => void;
}

/** Which entries of which log are shown; kept in the address. */
export function useAuditView(): AuditView {
  const [values, change] = useUrlValues(NAMES);
  const { action, words, since, until } = values;
  const filter = useMemo(() => filterFromAddress({ action, words, since, until }), [action, words, since, until]);
  return {
    values,
    filter,
    isFiltered: Object.keys(filter).length > 0,
    change,
    clear: () => change({ action: '', words: '', since: '', until: '' }),
  };
}
