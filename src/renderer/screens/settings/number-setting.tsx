import { NumberInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

interface NumberSettingProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onCommit: (value: number) => void;
}

/** Steps and typing come in bursts; only where they end is saved. */
const SETTLED_MS = 600;

/** A whole number that is saved when its user has finished: on leaving the field, on Enter, or after a pause. */
export function NumberSetting({ label, value, least, most, onCommit }: NumberSettingProps) {
  const [draft, setDraft] = useState<number | string | null>(null);
  const commit = useDebouncedCallback(
    (typed: number | string) => {
      const number = Number(typed);
      const valid = typed !== '' && Number.isInteger(number) && number >= least && number <= most;
      if (!valid) return;
      setDraft(null);
      if (number !== value) onCommit(number);
    },
    { delay: SETTLED_MS, flushOnUnmount: true },
  );
  return (
    <NumberInput
      maw={160}
      aria-label={label}
      value={draft ?? value}
      min={least}
      max={most}
      allowDecimal={false}
      allowNegative={false}
      onChange={(typed) => {
        setDraft(typed);
        commit(typed);
      }}
      onBlur={() => {
        commit.flush();
        // What cannot be used does not stay in the field.
        setDraft(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit.flush();
      }}
    />
  );
}
