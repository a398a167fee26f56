import { useEffect } from 'react';

/** What the window or the browser's tab is called while the component is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Loadstone`;
  }, [title]);
}
