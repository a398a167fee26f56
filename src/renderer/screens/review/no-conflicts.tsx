import { Alert, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mergePlans, sumPlans } from './model/merge-plan.ts';
import type { Reviewing } from './use-reviewing.ts';

/** Nothing is to be decided: the merge can go ahead. */
export function NoConflicts({ reviewing: { review } }: { readonly reviewing: Reviewing }) {
  const { t } = useTranslation();
  const sum = sumPlans(mergePlans(review).values());
  return (
    <Alert color="teal" role="note" icon={<IconCircleCheck aria-hidden />} title={t('review.empty.title')}>
      <Text fz="sm">{t(sum.new === 0 ? 'review.empty.nothing' : 'review.empty.text')}</Text>
    </Alert>
  );
}
