import { useMemo } from 'react';
import type { Mapping } from '#contract/mapping';
import { useWizard } from '../wizard-store.ts';
import { type Selection, selectionOf, withoutLeftOut } from './left-out.ts';
import { applyEdits, unclearRenames } from './mapping-edits.ts';
import { mappingIssues, type TableIssues } from './mapping-issues.ts';

export interface EditedMapping {
  /** What is loaded. */
  readonly mapping: Mapping;
  /** With what is left out still in it. */
  readonly whole: Mapping;
  readonly selection: Selection;
  /** By the numbers of tables and columns in the whole. */
  readonly issues: readonly TableIssues[];
}

/** The mapping as it is now, with what is wrong in it; null before one is chosen. */
export function useMapping(): EditedMapping | null {
  const original = useWizard(({ chosen }) => chosen?.original);
  const edits = useWizard((wizard) => wizard.edits);
  return useMemo(() => {
    if (original === undefined) return null;
    const whole = applyEdits(original, edits);
    const selection = selectionOf(whole, edits);
    const issues = mappingIssues(whole, unclearRenames(original, edits), selection);
    return { mapping: withoutLeftOut(whole, selection), whole, selection, issues };
  }, [original, edits]);
}
