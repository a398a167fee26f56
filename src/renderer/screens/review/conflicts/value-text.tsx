import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { visibleSpaces } from '#renderer/screens/rejects/visible-spaces.ts';
import type { MarkedText } from '../model/marked-text.ts';
import classes from '../review.module.css';

interface ValueTextProps {
  readonly value: string | null;
  /** What of it differs; left out: nothing is marked. */
  readonly marked?: MarkedText;
  readonly side: 'old' | 'new';
  /** Only what surrounds the difference. */
  readonly isShort?: boolean;
}

/** What stands around a difference in a list. */
const AROUND = 24;

/** A value with what differs marked. */
export function ValueText({ value, marked, side, isShort = false }: ValueTextProps) {
  const { t } = useTranslation();
  if (value === null || value === '') {
    return (
      <Text span fz="sm" c="dimmed" fs="italic">
        {t(value === null ? 'review.value.null' : 'review.value.empty')}
      </Text>
    );
  }
  if (marked === undefined) return <span className={classes.value}>{value}</span>;
  const { before, differs, after } = marked;
  return (
    <span className={classes.value}>
      {isShort && before.length > AROUND ? `…${before.slice(-AROUND)}` : before}
      {differs === '' ? null : (
        <mark className={classes.mark} data-side={side}>
          {differs.trim() === '' ? visibleSpaces(differs) : differs}
        </mark>
      )}
      {isShort && after.length > AROUND ? `${after.slice(0, AROUND)}…` : after}
    </span>
  );
}
