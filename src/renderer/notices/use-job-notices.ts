import { useEffect } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { setTitleMark } from '../components/page-title.ts';
import { client } from '../host/client.ts';
import { tellOthersOfLooking } from './looking.ts';
import { hideToast, tellEnd } from './tell-end.tsx';
import { knownRunning } from './use-running-jobs.ts';

/** Keeps what notices of jobs rest on: who looks at which page, and what was seen already. */
export function useJobNotices(): void {
  const [here] = useHashLocation();
  useEffect(() => {
    const [, number] = /^\/jobs\/(\d+)/.exec(here) ?? [];
    if (number !== undefined) hideToast(Number(number));
  }, [here]);
  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') setTitleMark('');
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
  useEffect(() => tellOthersOfLooking(), []);
}

/** After a break of the line: what ran before it may have ended in it. */
export async function tellMissedEnds(): Promise<void> {
  for (const number of knownRunning()) {
    // One that cannot be read now says nothing of the others.
    const shown = await client.jobs.show({ number }).catch(() => null);
    if (shown !== null) tellEnd(shown.job);
  }
}
