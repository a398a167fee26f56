import { create } from 'zustand';
import { goTo, isChanged, STEPS, type Step, useWizard } from '../wizard-store.ts';

type Changed = Pick<ReturnType<typeof useWizard.getState>, 'chosen' | 'edits'>;

interface Leaving {
  /** Where the user wants to go while the question is open. */
  readonly to: Step | null;
  readonly isKeeping: boolean;
  /** What was answered for already: the same is not asked twice. */
  readonly answered: Changed | null;
}

export const useLeaving = create<Leaving>()(() => ({ to: null, isKeeping: false, answered: null }));

/** Goes to a step; on from the mapping only after a question, when it was changed and is not kept. */
export function leaveTo(to: Step): void {
  const { step, chosen, edits } = useWizard.getState();
  const { answered } = useLeaving.getState();
  const isOn = step === 'mapping' && STEPS.indexOf(to) > STEPS.indexOf(step);
  const isAnswered = answered !== null && answered.chosen === chosen && answered.edits === edits;
  if (isOn && isChanged({ chosen, edits }) && !isAnswered) useLeaving.setState({ to, isKeeping: false });
  else goTo(to);
}

/** Nothing more to ask, as long as nothing else is changed. */
export function answerLeaving(): void {
  const { chosen, edits } = useWizard.getState();
  useLeaving.setState({ to: null, isKeeping: false, answered: { chosen, edits } });
}
