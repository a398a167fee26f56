import { type FocusEvent, type KeyboardEvent, useState } from 'react';

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/**
 * Keeps a long list of rows with several fields each from being a long way for the Tab key: it goes through one row
 * only, and the arrow keys move to the same field of the row above or below.
 */
export function useRowKeys() {
  const [current, setCurrent] = useState(0);
  const onFocus = (event: FocusEvent<HTMLUListElement>) => {
    const row = [...event.currentTarget.children].findIndex((one) => one.contains(event.target));
    if (row >= 0) setCurrent(row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const by = STEPS[event.key];
    const { target } = event;
    // The arrow keys of a field with suggestions are its own.
    // What floats above the list is none of its rows.
    if (!(target instanceof Node && event.currentTarget.contains(target))) return;
    if (by === undefined || !(target instanceof HTMLInputElement) || target.role === 'combobox') return;
    const next = fieldBeside(event.currentTarget, target, by);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  };
  return { tabIndex: (row: number) => (row === current ? 0 : -1), list: { onFocus, onKeyDown } };
}

function fieldBeside(list: HTMLElement, field: HTMLInputElement, by: number): HTMLInputElement | null {
  const rows = [...list.children].map((row) => [...row.querySelectorAll('input')]);
  const row = rows.findIndex((fields) => fields.includes(field));
  const place = rows[row]?.indexOf(field) ?? 0;
  for (let at = row + by; rows[at] !== undefined; at += by) {
    const next = rows[at]?.[place];
    if (next !== undefined && !next.disabled) return next;
  }
  return null;
}
