import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../format/numbers.ts';
import { host } from '../host/client.ts';

/** How many loads wait for somebody to decide. */
export function WaitingBadge() {
  const { t } = useTranslation();
  const { data } = useQuery(host.jobs.list.queryOptions({ input: { states: ['waiting_for_review'], limit: 1 } }));
  const count = data?.total ?? 0;
  if (count === 0) return null;
  return (
    <Badge
      size="sm"
      variant="light"
      color="yellow"
      className="tabular"
      title={t('review.badge', { count })}
      aria-label={t('review.badge', { count })}
      role="img"
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {formatNumber(count)}
    </Badge>
  );
}
