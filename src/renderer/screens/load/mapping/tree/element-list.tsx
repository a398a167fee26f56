import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './element-list.module.css';
import { ElementRow } from './element-row.tsx';
import type { TreeElement, TreeRow } from './element-tree.ts';
import type { Tick } from './use-designer.ts';

const ROW_PX = 44;
const PAGE = 10;

interface ElementListProps {
  readonly rows: readonly TreeRow[];
  readonly tickOf: (element: TreeElement) => Tick;
  readonly onTurn: (element: TreeElement) => void;
  readonly onToggle: (element: TreeElement) => void;
  /** Into the table that is looked at. */
  readonly onPut: (element: TreeElement) => void;
}

/** The tree as one field of the Tab key: arrows move in it. */
export function ElementList({ rows, tickOf, onTurn, onToggle, onPut }: ElementListProps) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState('');
  const at = Math.max(
    0,
    rows.findIndex(({ element }) => element.path === current),
  );
  const items = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const move = (to: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (row === undefined) return;
    setCurrent(row.element.path);
    items.scrollToIndex(rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = keyAction(event.key, { row, at, rows, move, onTurn, onToggle, onPut });
    if (act === null) return;
    event.preventDefault();
    act();
  };
  const active = rows[at];
  if (rows.length === 0) return <p className={classes.empty}>{t('load.tree.nothing')}</p>;
  return (
    <div
      ref={box}
      className={classes.box}
      role="tree"
      tabIndex={0}
      aria-label={t('load.tree.label')}
      aria-activedescendant={active === undefined ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
    >
      <div className={classes.list} role="none" style={{ height: items.getTotalSize() }}>
        {items.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <ElementRow
              key={row.element.path}
              id={`${id}-${index}`}
              row={row}
              tick={tickOf(row.element)}
              isCurrent={index === at}
              start={start}
              onFocus={() => setCurrent(row.element.path)}
              onTurn={() => onTurn(row.element)}
              onToggle={() => onToggle(row.element)}
              onPut={() => onPut(row.element)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface KeyContext extends Pick<ElementListProps, 'rows' | 'onTurn' | 'onToggle' | 'onPut'> {
  readonly row: TreeRow;
  readonly at: number;
  readonly move: (to: number) => void;
}

/** What a key does at a row; null: nothing. */
function keyAction(key: string, { row, at, rows, move, onTurn, onToggle, onPut }: KeyContext): (() => void) | null {
  const hasBelow = row.element.children.length > 0;
  switch (key) {
    case 'ArrowDown':
      return () => move(at + 1);
    case 'ArrowUp':
      return () => move(at - 1);
    case 'PageDown':
      return () => move(at + PAGE);
    case 'PageUp':
      return () => move(at - PAGE);
    case 'Home':
      return () => move(0);
    case 'End':
      return () => move(rows.length - 1);
    case 'ArrowRight':
      return () => (hasBelow && !row.isOpen ? onTurn(row.element) : move(hasBelow ? at + 1 : at));
    case 'ArrowLeft':
      return () => (row.isOpen ? onTurn(row.element) : move(above(rows, at)));
    case ' ':
      return () => onToggle(row.element);
    case 'Enter':
      return () => onPut(row.element);
    default:
      return null;
  }
}

function above(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let up = at - 1; up >= 0; up -= 1) if ((rows[up]?.level ?? 1) < level) return up;
  return at;
}
