import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useCloseQuestion } from '#renderer/components/unsaved.ts';

export interface Typed {
  /** null: nothing is typed. */
  readonly typed: string | null;
  readonly type: (text: string | null) => void;
  /** Hands on what is typed. */
  readonly commit: () => void;
}

/**
 * What is typed into a field. It is handed on when the field goes, too, and stays until it is kept.
 * @param keep true: it is kept, or nothing new
 */
export function useTyped(keep: (text: string) => Promise<boolean>): Typed {
  const [typed, setTyped] = useState<string | null>(null);
  const latest = useRef<string | null>(null);
  const onItsWay = useRef<string | null>(null);
  const type = (text: string | null) => {
    latest.current = text;
    setTyped(text);
  };
  const commit = async () => {
    const text = latest.current;
    if (text === null || text === onItsWay.current) return;
    onItsWay.current = text;
    const isKept = await keep(text);
    if (onItsWay.current === text) onItsWay.current = null;
    // Something else may have been typed meanwhile.
    if (isKept && latest.current === text) type(null);
  };
  const leave = useEffectEvent(() => void commit());
  useEffect(() => () => leave(), []);
  useCloseQuestion(typed !== null);
  return { typed, type, commit: () => void commit() };
}
