import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconEye,
  IconLoader2,
  IconPlayerPause,
  IconPlugConnectedX,
  IconTrash,
} from '@tabler/icons-react';
import type { JobState } from '#contract/jobs';

interface StateLook {
  /** Of the theme. Never alone: words and icon say the same. */
  readonly color: string;
  readonly icon: typeof IconClock;
}

const LOOKS: Readonly<Record<JobState, StateLook>> = {
  queued: { color: 'gray', icon: IconClock },
  running: { color: 'indigo', icon: IconLoader2 },
  cancelling: { color: 'orange', icon: IconPlayerPause },
  waiting_for_review: { color: 'yellow', icon: IconEye },
  succeeded: { color: 'teal', icon: IconCircleCheck },
  succeeded_with_rejects: { color: 'orange', icon: IconAlertTriangle },
  failed: { color: 'red', icon: IconCircleX },
  cancelled: { color: 'gray', icon: IconPlayerPause },
  interrupted: { color: 'orange', icon: IconPlugConnectedX },
  discarded: { color: 'gray', icon: IconTrash },
  undone: { color: 'gray', icon: IconArrowBackUp },
};

export function stateLook(state: JobState): StateLook {
  return LOOKS[state];
}

/** The colour of a number that wants to be noticed, readable in both themes. */
export const NOTICED = 'light-dark(var(--mantine-color-orange-9), var(--mantine-color-orange-4))';
