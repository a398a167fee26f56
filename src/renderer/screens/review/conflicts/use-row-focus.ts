import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { RowPolicy } from './decide-buttons.tsx';
import { policyOfKey } from './use-decide.ts';

interface RowFocusOptions {
  readonly count: number;
  /** The row that Tab reaches first. */
  readonly start: number;
  readonly onOpen: (index: number) => void;
  readonly onDecide: (index: number, use: RowPolicy | null) => void;
}

const ROW_PX = 72;
const HEAD_PX = 40;
const PAGE_ROWS = 8;
const OVERSCAN = 8;

/** Keys that move: to where, from a row and for so many rows. */
const MOVES: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowDown: (from) => from + 1,
  ArrowUp: (from) => from - 1,
  PageDown: (from) => from + PAGE_ROWS,
  PageUp: (from) => from - PAGE_ROWS,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** One row of the list is reached by Tab; keys go on from there, open it and decide. */
export function useRowFocus({ count, start, onOpen, onDecide }: RowFocusOptions) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() => inside(start, count));
  /** The row that shall have the focus as soon as it is drawn. */
  const awaited = useRef<number | null>(null);
  const shown = inside(active, count);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_PX,
    initialOffset: () => Math.max(0, start) * ROW_PX,
    // The row with the focus stays in the page, however far away it is scrolled.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      return rows.includes(shown) || count === 0 ? rows : [...rows, shown].sort((one, other) => one - other);
    },
  });
  useEffect(() => {
    if (awaited.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${awaited.current}"]`);
    if (row === undefined || row === null) return;
    awaited.current = null;
    row.focus({ preventScroll: true });
  });
  const reach = (index: number) => {
    const next = inside(index, count);
    awaited.current = next;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    const isButton = event.target instanceof Element && event.target.closest('button') !== null;
    const use = policyOfKey(event.key);
    if (move !== undefined) reach(move(shown, count));
    else if (event.key === 'Enter' && !isButton) onOpen(shown);
    else if (use !== undefined) onDecide(shown, use);
    else return;
    event.preventDefault();
  };
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  // Without the row that is kept.
  const seen = `${Math.max(0, startIndex - OVERSCAN)} ${Math.max(0, Math.min(endIndex + OVERSCAN, count - 1))}`;
  return { scroller, virtualizer, seen, active: shown, setActive, reach, onKeyDown };
}

function inside(index: number, count: number): number {
  return Math.max(0, Math.min(index, count - 1));
}

export type RowFocus = ReturnType<typeof useRowFocus>;
