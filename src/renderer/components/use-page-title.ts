import { useEffect } from 'react';
import { setPageTitle } from './page-title.ts';

/** What the window or the browser's tab is called while the component is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => setPageTitle(`${title} · Loadstone`), [title]);
}
