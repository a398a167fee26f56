import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ColumnChipsProps {
  /** Conflicts by column. */
  readonly counts: Readonly<Record<string, number>>;
  readonly chosen: string | null;
  readonly onChoose: (column: string | null) => void;
}

const SHOWN = 8;

/** In which columns there are conflicts, and how many; a press shows only these. */
export function ColumnChips({ counts, chosen, onChoose }: ColumnChipsProps) {
  const { t } = useTranslation();
  const [isAll, setIsAll] = useState(false);
  const columns = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const most = columns.slice(0, isAll ? columns.length : SHOWN);
  // What is chosen stays in sight.
  const shown =
    chosen === null || most.some(([name]) => name === chosen)
      ? most
      : [...most, [chosen, counts[chosen] ?? 0] as const];
  return (
    <Group gap={6} role="group" aria-label={t('review.filter.columns')}>
      {shown.map(([column, count]) => (
        <Button
          key={column}
          size="compact-sm"
          variant={column === chosen ? 'filled' : 'default'}
          aria-pressed={column === chosen}
          className="tabular"
          onClick={() => onChoose(column === chosen ? null : column)}
        >
          {t('review.filter.columnCount', { column, count })}
        </Button>
      ))}
      {columns.length <= SHOWN ? null : (
        <Button size="compact-sm" variant="subtle" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
          {isAll ? t('review.filter.fewerColumns') : t('review.filter.moreColumns', { count: columns.length - SHOWN })}
        </Button>
      )}
    </Group>
  );
}
