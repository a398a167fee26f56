import { useUrlValues } from '#renderer/components/use-url-values.ts';
import { type StateGroup, stateGroup } from './state-groups.ts';

export interface JobFilter {
  readonly group: StateGroup;
  readonly text: string;
  readonly isSet: boolean;
  readonly setGroup: (group: StateGroup) => void;
  readonly setText: (text: string) => void;
  readonly clear: () => void;
}

const NAMES = ['jobs', 'find'] as const;

/** What the list is narrowed to; kept in the address. */
export function useJobFilter(): JobFilter {
  const [{ jobs, find }, change] = useUrlValues(NAMES);
  const group = stateGroup(jobs);
  return {
    group,
    text: find,
    isSet: group !== 'all' || find !== '',
    setGroup: (next) => change({ jobs: next === 'all' ? '' : next }),
    setText: (text) => change({ find: text }),
    clear: () => change({ jobs: '', find: '' }),
  };
}
