import { Text, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#renderer/format/numbers.ts';
import type { RejectGroup } from './group-names.ts';
import classes from './groups.module.css';

interface GroupButtonProps {
  readonly name: string;
  readonly hint: string | undefined;
  readonly group: RejectGroup;
  readonly isIn: boolean;
  readonly onPress: () => void;
}

/** One group; pressed, only its rejects are shown. */
export function GroupButton({ name, hint, group: { rows, corrected }, isIn, onPress }: GroupButtonProps) {
  const { t } = useTranslation();
  const counts =
    corrected === 0
      ? t('rejects.groups.rows', { count: rows })
      : t('rejects.groups.counts', { count: rows, corrected });
  return (
    <UnstyledButton
      className={classes.group}
      aria-pressed={isIn}
      aria-label={`${name}${hint === undefined ? '' : ` (${hint})`}: ${counts}`}
      onClick={onPress}
    >
      <span className={classes.name}>
        <Text span fz="sm" fw={isIn ? 600 : 400} className="wrap-anywhere">
          {name}
        </Text>
        {hint === undefined ? null : (
          <Text fz="xs" c="dimmed" className="wrap-anywhere">
            {hint}
          </Text>
        )}
      </span>
      <span className={classes.counts} aria-hidden>
        <Text span fz="sm" className="tabular">
          {formatNumber(rows)}
        </Text>
        {corrected === 0 ? null : (
          <Text span fz="xs" c="dimmed" className={`tabular ${classes.corrected}`}>
            <IconPencil size={12} />
            {formatNumber(corrected)}
          </Text>
        )}
      </span>
    </UnstyledButton>
  );
}
