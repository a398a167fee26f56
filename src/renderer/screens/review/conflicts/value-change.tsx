import { Badge } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '#contract/api/reviews';
import { markDifference, type TextPiece } from '../model/marked-text.ts';
import classes from '../review.module.css';
import { ValueText } from './value-text.tsx';

type Value = Conflict['values'][number];

interface ValueChangeProps {
  readonly column: string;
  readonly value: Value;
}

/** What one column holds and what the load brings, in a line. */
export function ValueChange({ column, value }: ValueChangeProps) {
  const { t } = useTranslation();
  const marked = useMemo(() => marksOf(value), [value]);
  return (
    <div className={classes.change}>
      <span className={classes.column}>{column}</span>
      <span className={classes.versions}>
        <ValueText value={value.old} side="old" isShort {...(marked && { pieces: marked.old })} />
        <IconArrowRight size={14} aria-label={t('review.grid.becomes')} className={classes.arrow} />
        <ValueText value={value.new} side="new" isShort {...(marked && { pieces: marked.now })} />
        {stays(value) ? (
          <Badge size="sm" variant="outline" color="gray" ml={6}>
            {t('review.grid.stays')}
          </Badge>
        ) : null}
      </span>
    </div>
  );
}

/** What is marked of both versions; undefined where one of them is absent. */
export function marksOf({ old, new: now }: Value): Marks | undefined {
  return old === null || now === null ? undefined : markDifference(old, now);
}

interface Marks {
  readonly old: readonly TextPiece[];
  readonly now: readonly TextPiece[];
}

/** Whether the target keeps its value although the load brings another one. */
function stays({ old, result, differs }: Value): boolean {
  return differs && result !== undefined && result === old;
}
