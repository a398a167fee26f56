import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { visibleSpaces } from '#renderer/components/visible-spaces.ts';
import { aroundDifferences, type TextPiece } from '../model/marked-text.ts';
import classes from '../review.module.css';

interface ValueTextProps {
  readonly value: string | null;
  /** It in pieces; left out: nothing of it is marked. */
  readonly pieces?: readonly TextPiece[];
  readonly side: 'old' | 'new';
  /** Only what surrounds the differences. */
  readonly isShort?: boolean;
}

/** A value with what differs marked. */
export function ValueText({ value, pieces, side, isShort = false }: ValueTextProps) {
  const { t } = useTranslation();
  if (value === null || value === '') {
    return (
      <Text span fz="sm" c="dimmed" fs="italic">
        {t(value === null ? 'review.value.null' : 'review.value.empty')}
      </Text>
    );
  }
  const all = pieces ?? [{ text: value, differs: false }];
  const shown = isShort ? aroundDifferences(all) : all;
  return (
    <span className={classes.value}>
      {shown.map(({ text, differs }, at) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing but their order.
          <mark key={at} className={classes.mark} data-side={side}>
            {text.trim() === '' ? visibleSpaces(text) : text}
          </mark>
        ) : (
          text
        ),
      )}
    </span>
  );
}
