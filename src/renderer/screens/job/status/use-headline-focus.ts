import { type RefObject, useEffect, useRef } from 'react';
import type { JobState } from '#contract/jobs';

interface HeadlineFocus {
  readonly headline: RefObject<HTMLHeadingElement | null>;
  readonly focusHeadline: () => void;
}

/** With a job's state its buttons go; where one of them had the focus, the headline takes it. */
export function useHeadlineFocus(state: JobState): HeadlineFocus {
  const headline = useRef<HTMLHeadingElement>(null);
  const seen = useRef(state);
  useEffect(() => {
    if (seen.current !== state && document.activeElement === document.body)
      headline.current?.focus({ preventScroll: true });
    seen.current = state;
  }, [state]);
  return { headline, focusHeadline: () => headline.current?.focus({ preventScroll: true }) };
}
