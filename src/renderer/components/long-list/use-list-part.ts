import { useState } from 'react';
import { type ListPart, partOf, partWith } from './list-part.ts';

/** The part that is looked at: the one that holds the chosen row whenever another one is chosen. */
export function useListPart(total: number, chosen: number | null): readonly [ListPart, (part: number) => void] {
  const [known, setKnown] = useState(chosen);
  const [wanted, setWanted] = useState(partWith(chosen ?? 0));
  if (chosen !== known) {
    setKnown(chosen);
    if (chosen !== null) setWanted(partWith(chosen));
  }
  return [partOf(total, wanted), setWanted];
}
