import { constants, setPriority } from 'node:os';

/** Where processes compete for the machine's cores, the window and its host go first. */
export function yieldToTheWindow(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that forbids it: the worker then competes like any other process.
  }
}
