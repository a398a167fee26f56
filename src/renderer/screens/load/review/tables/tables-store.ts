import { create } from 'zustand';
import type { TablesPolicy } from '#contract/tables-plan';
import { useWizard } from '#renderer/screens/load/wizard-store.ts';

interface TablesChoices {
  readonly policy: TablesPolicy;
  /** Statements that somebody wrote, and the planned ones they were made from; null: the planned ones run. */
  readonly edited: { readonly planned: string; readonly sql: string } | null;
  /** The job that was ordered last, and whether its end was heard. */
  readonly job: { readonly number: number; readonly isOver: boolean } | null;
}

const NOTHING_CHOSEN: TablesChoices = { policy: 'evolve', edited: null, job: null };

/** What the user has entered about tables: kept while the wizard's other steps, or other screens, are looked at. */
export const useTablesChoices = create<TablesChoices>()(() => NOTHING_CHOSEN);

// The next source and mapping have other tables.
useWizard.subscribe(({ chosen }) => {
  if (chosen === null) useTablesChoices.setState(NOTHING_CHOSEN);
});

export function choosePolicy(policy: TablesPolicy): void {
  useTablesChoices.setState({ policy, edited: null });
}

/** @param sql what stands in the editor; the planned statements themselves are no edit. */
export function editStatements(planned: string, sql: string): void {
  useTablesChoices.setState(({ edited }) => ({
    edited: sql === planned ? null : { planned: edited?.planned ?? planned, sql },
  }));
}

export function resetStatements(): void {
  useTablesChoices.setState({ edited: null });
}
