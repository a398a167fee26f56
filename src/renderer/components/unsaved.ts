import { useEffect } from 'react';

const unsaved = new Set<symbol>();

/** Whether something would be lost by going on to another screen. */
export function hasUnsaved(): boolean {
  return unsaved.size > 0;
}

/** While it is on, another screen is gone to only after a question. */
export function useLeaveQuestion(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const id = Symbol('unsaved');
    unsaved.add(id);
    return () => void unsaved.delete(id);
  }, [isOn]);
}

/** While it is on, the browser asks before it closes or reloads the page. The desktop's window would just not close. */
export function useCloseQuestion(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || window.loadstone !== undefined) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOn]);
}
