import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResolutionPolicy } from '#contract/resolutions';
import { fromOption, PLAIN_POLICIES, policyWords, toOption } from '../model/policy-value.ts';

/** Stands for saying nothing. */
const INHERIT = 'inherit';

interface PolicySelectProps {
  readonly label: string;
  /** null: nothing is said here. */
  readonly value: ResolutionPolicy | null;
  /** What saying nothing means. */
  readonly inherited: string;
  /** Columns by which one row can be newer than the other. */
  readonly newerBy: readonly string[];
  readonly onChange: (use: ResolutionPolicy | null) => void;
}

/** What becomes of conflicts, in plain words. */
export function PolicySelect({ label, value, inherited, newerBy, onChange }: PolicySelectProps) {
  const { t } = useTranslation();
  const option = (use: ResolutionPolicy) => ({ value: toOption(use), label: policyWords(use, t) });
  const known = value === null || typeof value === 'string' ? [] : [value.newer];
  const newer = [...new Set([...known, ...newerBy])].map((column) => ({
    value: toOption({ newer: column }),
    label: column,
  }));
  return (
    <Select
      label={label}
      data={[
        { value: INHERIT, label: inherited },
        { group: t('review.policy.plainGroup'), items: PLAIN_POLICIES.map(option) },
        ...(newer.length > 0 ? [{ group: t('review.policy.newerGroup'), items: newer }] : []),
      ]}
      value={value === null ? INHERIT : toOption(value)}
      onChange={(chosen) => onChange(chosen === null ? null : fromOption(chosen))}
      allowDeselect={false}
      maxDropdownHeight={360}
    />
  );
}
