import { Badge } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../format/numbers.ts';
import { useRunningCount } from './use-running-jobs.ts';

/** Shows at a link how many jobs run, as a number, and to a screen reader in words beside the link's name. */
export function useRunningMark() {
  const { t } = useTranslation();
  const id = useId();
  const count = useRunningCount();
  if (count === 0) return { rightSection: null };
  return {
    'aria-describedby': id,
    rightSection: (
      <>
        <Badge size="sm" variant="filled" circle={count < 10} aria-hidden>
          {formatNumber(count)}
        </Badge>
        {/* Hidden from the link's name, heard as its description. */}
        <span id={id} hidden>
          {t('notices.runs', { count })}
        </span>
      </>
    ),
  };
}
