import { useEffect } from 'react';
import { goTo, STEPS, type Step, useWizard } from '../wizard-store.ts';

/** The browser's back and forward move between the steps, as they do between screens. */
export function useStepHistory(): void {
  const step = useWizard((wizard) => wizard.step);
  useEffect(() => {
    const known = stepOf(history.state);
    if (known === null) history.replaceState({ loadStep: step }, '');
    else if (known !== step) history.pushState({ loadStep: step }, '');
  }, [step]);
  useEffect(() => {
    const follow = ({ state }: PopStateEvent) => {
      const to = stepOf(state);
      if (to !== null) goTo(to);
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
}

function stepOf(state: unknown): Step | null {
  if (typeof state !== 'object' || state === null || !('loadStep' in state)) return null;
  return STEPS.find((step) => step === state.loadStep) ?? null;
}
