import { chosenAt, isChosen } from '../reject-view.ts';
import type { RejectView } from '../use-reject-view.ts';
import { type PagesOptions, useRejectAt } from './use-reject-pages.ts';

export interface Steps {
  /** Chooses the reject that stands at an index, or the nearest one there is. */
  readonly goTo: (index: number) => void;
  /** Chooses the one so many further on, or back. */
  readonly by: (steps: number) => void;
}

/** Ways through the list, whatever of it is in sight. */
export function useSteps(options: PagesOptions & { readonly view: RejectView; readonly matching: number }): Steps {
  const { view, matching } = options;
  const { chosen } = view;
  const rejectAt = useRejectAt(options);
  const goTo = async (index: number) => {
    const at = Math.max(0, Math.min(index, matching - 1));
    const entry = await rejectAt(at);
    if (entry !== undefined) view.choose(chosenAt(entry, at));
  };
  const by = async (steps: number) => {
    if (chosen === null) return goTo(steps > 0 ? 0 : matching - 1);
    const entry = chosen.at < matching ? await rejectAt(chosen.at) : undefined;
    // What was corrected may have left the list: the next one stands in its place.
    const isThere = entry !== undefined && isChosen(entry, chosen);
    return goTo(chosen.at + (isThere || steps < 0 ? steps : steps - 1));
  };
  return { goTo: (index) => void goTo(index), by: (steps) => void by(steps) };
}
