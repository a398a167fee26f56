import { useSyncExternalStore } from 'react';
import { type HostState, hostLink } from './host-link.ts';

export function useHostState(): HostState {
  return useSyncExternalStore(
    (listener) => hostLink.subscribe(listener),
    () => hostLink.state,
  );
}
