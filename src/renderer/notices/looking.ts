/** Held by every page that somebody looks at: the other pages of this host in the browser ask for it. */
const LOCK = 'loadstone is looked at';

let release: (() => void) | null = null;

/** Whether somebody looks at this very page. */
function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Whether the page shows this job to somebody. */
export function isLookingAt(job: number): boolean {
  return document.visibilityState === 'visible' && new RegExp(`^#/jobs/${job}(/|$|\\?)`).test(location.hash);
}

/** From now on other pages know whether somebody looks at this one. @returns how to stop that */
export function tellOthersOfLooking(): () => void {
  const look = () => (isLookedAt() ? hold() : drop());
  const events = ['focus', 'blur'] as const;
  for (const event of events) window.addEventListener(event, look);
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    for (const event of events) window.removeEventListener(event, look);
    document.removeEventListener('visibilitychange', look);
    drop();
  };
}

/** Whether somebody looks at any page of this host. */
export async function isAnyLookedAt(): Promise<boolean> {
  if (isLookedAt()) return true;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === LOCK);
}

function hold(): void {
  if (release !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  release = resolve;
  void navigator.locks.request(LOCK, { mode: 'shared' }, () => promise);
}

function drop(): void {
  release?.();
  release = null;
}

/** A window that is brought to the front hears of it a moment after it hears why. */
const FRONT_MS = 1_000;

/** Does it in the window that is in front, now or in a moment, and in no other. */
export function whenInFront(work: () => void): void {
  if (isLookedAt()) {
    work();
    return;
  }
  const waiting = new AbortController();
  const { signal } = waiting;
  const come = () => {
    waiting.abort();
    work();
  };
  window.addEventListener('focus', come, { signal });
  setTimeout(() => waiting.abort(), FRONT_MS);
}
