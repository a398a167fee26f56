import { Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NOTICED } from '#renderer/screens/jobs/state-look.ts';
import { mergePlans, sumPlans } from '../model/merge-plan.ts';
import type { Reviewing } from '../use-reviewing.ts';

/** What the merge would do with all conflicts, as the host counted it for what is saved. */
export function Effects({ reviewing: { review, choices } }: { readonly reviewing: Reviewing }) {
  const { t } = useTranslation();
  const sum = sumPlans(mergePlans(review).values());
  const isOld = choices.status === 'saving';
  return (
    <Group gap="xs" role="group" aria-label={t('review.effects.label')} aria-busy={isOld} className="tabular">
      {isOld ? <Loader size="xs" aria-hidden /> : null}
      <Text fz="sm" fw={600} {...(isOld && { c: 'dimmed' })}>
        {t('review.effects.updated', { count: sum.updated })}, {t('review.effects.skipped', { count: sum.skipped })}
      </Text>
      {sum.fails === 0 ? null : (
        <Text fz="sm" fw={600} c={NOTICED}>
          {t('review.effects.fails', { count: sum.fails })}
        </Text>
      )}
    </Group>
  );
}
