import { useEffect, useEffectEvent, useState } from 'react';
import { ELEMENT_TYPE } from '../mapping/tree/element-drag.ts';

/**
 * Takes drops anywhere on the window, so that nobody has to aim, and a missed drop does not make the browser leave the
 * page.
 * @returns whether something is held over the window.
 */
export function useWindowDrop(onDrop: (transfer: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false);
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const abort = new AbortController();
    const options = { signal: abort.signal };
    // Entering a child comes before leaving its parent.
    let depth = 0;
    const change = (by: number) => {
      depth = Math.max(0, depth + by);
      setOver(depth > 0);
    };
    window.addEventListener('dragenter', (event) => takesPart(event) && change(1), options);
    window.addEventListener('dragleave', (event) => takesPart(event) && change(-1), options);
    window.addEventListener('dragover', takesPart, options);
    window.addEventListener(
      'drop',
      (event) => {
        if (!takesPart(event)) return;
        depth = 0;
        setOver(false);
        if (event.dataTransfer !== null) drop(event.dataTransfer);
      },
      options,
    );
    return () => abort.abort();
  }, []);
  return isOver;
}

/** Text that is dragged into a field is the field's. */
function takesPart(event: DragEvent): boolean {
  // What is dragged within the page stays there.
  if (event.dataTransfer?.types.includes(ELEMENT_TYPE) === true) return false;
  const isText = event.dataTransfer?.types.includes('Files') === false;
  const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
  if (isText && isField) return false;
  event.preventDefault();
  return true;
}
