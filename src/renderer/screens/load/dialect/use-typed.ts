import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const TYPING_MS = 500;

/** What is being typed, told once the typing rests; what is told from outside takes its place. */
export function useTyped<Value>(now: Value, tell: (value: Value) => void): readonly [Value, (value: Value) => void] {
  const [typed, setTyped] = useState<{ readonly value: Value; readonly over: Value } | null>(null);
  const later = useDebouncedCallback(tell, { delay: TYPING_MS, flushOnUnmount: true });
  const isCurrent = typed !== null && Object.is(typed.over, now);
  return [
    isCurrent ? typed.value : now,
    (value) => {
      setTyped({ value, over: now });
      later(value);
    },
  ];
}
