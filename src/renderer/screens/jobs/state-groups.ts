import type { JobState } from '#contract/jobs';

/** The groups that the list can be narrowed to. */
export const STATE_GROUPS = {
  all: undefined,
  running: ['queued', 'running', 'cancelling'],
  done: ['succeeded'],
  rejects: ['succeeded_with_rejects'],
  waiting: ['waiting_for_review'],
  stopped: ['failed', 'cancelled', 'interrupted'],
  back: ['undone', 'discarded'],
} as const satisfies Readonly<Record<string, readonly JobState[] | undefined>>;

export type StateGroup = keyof typeof STATE_GROUPS;
export const GROUP_NAMES = Object.keys(STATE_GROUPS) as readonly StateGroup[];

/** The group that an address names; what it does not know is all. */
export function stateGroup(name: string): StateGroup {
  return GROUP_NAMES.find((group) => group === name) ?? 'all';
}
