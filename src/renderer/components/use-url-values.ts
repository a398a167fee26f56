import { useEffect, useEffectEvent } from 'react';
import { useSearch } from 'wouter';

type Values<Name extends string> = Readonly<Record<Name, string>>;

/**
 * Values of a screen that stand in its address, so that they survive a reload and the way back; '' when absent. The
 * address' query is shared by all screens: give names that no other screen has. They go when the screen is left.
 */
export function useUrlValues<Name extends string>(
  names: readonly Name[],
): readonly [Values<Name>, (changes: Partial<Values<Name>>) => void] {
  const search = new URLSearchParams(useSearch());
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Values<Name>;
  const leave = useEffectEvent(() => writeQuery(Object.fromEntries(names.map((name) => [name, '']))));
  // The address that was navigated to kept the query.
  useEffect(() => () => leave(), []);
  return [values, writeQuery];
}

/** wouter tells everybody who reads the address. */
function writeQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== location.href) history.replaceState(history.state, '', url);
}
