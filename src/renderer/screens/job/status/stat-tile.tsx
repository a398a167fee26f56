import { Text } from '@mantine/core';
import { memo } from 'react';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';

interface StatTileProps {
  readonly label: string;
  readonly value: string;
  /** Wants to be noticed. */
  readonly alert?: boolean;
  /** There is no value yet. */
  readonly faint?: boolean;
}

/** One number with its name. */
export const StatTile = memo(function StatTile({ label, value, alert = false, faint = false }: StatTileProps) {
  const color = alert ? NOTICED : faint ? 'dimmed' : undefined;
  return (
    <div>
      <Text component="dt" c="dimmed" fz="sm">
        {label}
      </Text>
      <Text component="dd" m={0} className="tabular" fz="lg" fw={faint ? 400 : 600} {...(color && { c: color })}>
        {value}
      </Text>
    </div>
  );
});
