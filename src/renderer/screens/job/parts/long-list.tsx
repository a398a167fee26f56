import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import classes from './long-list.module.css';

interface LongListProps {
  readonly label: string;
  readonly count: number;
  /** A first guess of an item's height in pixels. */
  readonly itemHeight: number;
  readonly renderItem: (index: number) => ReactNode;
}

/** A list of which only what can be seen is in the page. */
export function LongList({ label, count, itemHeight, renderItem }: LongListProps) {
  const scroller = useRef<HTMLUListElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    overscan: 8,
  });
  return (
    <ul
      ref={scroller}
      className={classes.list}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus the keyboard could not scroll it.
      tabIndex={0}
      aria-label={label}
    >
      <li aria-hidden style={{ height: virtualizer.getTotalSize() }} />
      {virtualizer.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          aria-setsize={count}
          aria-posinset={index + 1}
          className={classes.item}
          style={{ transform: `translateY(${start}px)` }}
        >
          {renderItem(index)}
        </li>
      ))}
    </ul>
  );
}
