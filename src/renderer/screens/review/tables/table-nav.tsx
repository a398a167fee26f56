import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#renderer/format/numbers.ts';
import { tableNames } from '../model/rules.ts';
import classes from '../review.module.css';
import type { Reviewing } from '../use-reviewing.ts';

interface TableNavProps {
  readonly reviewing: Reviewing;
  readonly chosen: string;
  readonly onChoose: (table: string) => void;
}

/** The tables of the load with their conflicts; one of them is looked at. */
export function TableNav({ reviewing, chosen, onChoose }: TableNavProps) {
  const { t } = useTranslation();
  const { tables } = reviewing.review.summary;
  const names = tableNames(reviewing.review);
  if (names.length < 2) return null;
  return (
    <nav aria-label={t('review.navigation')} className={classes.nav}>
      {names.map((name) => (
        <TableButton
          key={name}
          name={name}
          conflicts={tables[name]?.changed ?? 0}
          isChosen={name === chosen}
          onChoose={onChoose}
        />
      ))}
    </nav>
  );
}

interface TableButtonProps {
  readonly name: string;
  readonly conflicts: number;
  readonly isChosen: boolean;
  readonly onChoose: (table: string) => void;
}

function TableButton({ name, conflicts, isChosen, onChoose }: TableButtonProps) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      className={classes.table}
      data-none={conflicts === 0 || undefined}
      aria-current={isChosen ? 'true' : undefined}
      onClick={() => onChoose(name)}
    >
      <Text component="span" fz="sm" fw={isChosen ? 600 : 400} className={classes.tableName}>
        {name}
      </Text>
      <Text component="span" fz="sm" className="tabular">
        {formatNumber(conflicts)} <VisuallyHidden>{t('review.conflictWord', { count: conflicts })}</VisuallyHidden>
      </Text>
    </UnstyledButton>
  );
}
