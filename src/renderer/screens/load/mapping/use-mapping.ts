import { useMemo } from 'react';
import type { Mapping } from '#contract/mapping';
import { useWizard } from '../wizard-store.ts';
import { applyEdits, unclearRenames } from './mapping-edits.ts';
import { mappingIssues, type TableIssues } from './mapping-issues.ts';

interface EditedMapping {
  readonly mapping: Mapping;
  readonly issues: readonly TableIssues[];
}

/** The mapping as it is now, with what is wrong in it; null before one is chosen. */
export function useMapping(): EditedMapping | null {
  const original = useWizard(({ chosen }) => chosen?.original);
  const edits = useWizard((wizard) => wizard.edits);
  return useMemo(() => {
    if (original === undefined) return null;
    const mapping = applyEdits(original, edits);
    return { mapping, issues: mappingIssues(mapping, unclearRenames(original, edits)) };
  }, [original, edits]);
}
