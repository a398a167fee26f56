import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
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
  return (
    <UnstyledButton className={classes.group} aria-pressed={isIn} onClick={onPress}>
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
      <span className={classes.counts}>
        <Text span fz="sm" className="tabular">
          {formatNumber(rows)}{' '}
          <VisuallyHidden component="span">{t('rejects.groups.rows', { count: rows })}</VisuallyHidden>
        </Text>
        {corrected === 0 ? null : (
          <Text span fz="xs" c="dimmed" className={`tabular ${classes.corrected}`}>
            <IconPencil size={12} aria-hidden />
            <VisuallyHidden component="span">{t('rejects.groups.corrected')}</VisuallyHidden> {formatNumber(corrected)}
          </Text>
        )}
      </span>
    </UnstyledButton>
  );
}
