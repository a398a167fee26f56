import { Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { setChoices } from '../wizard-store.ts';
import { type ReviewWish, useReviewWish } from './use-review-wish.ts';

/** Whether the load stops before its merge, for somebody to look at conflicts. */
export function ReviewSwitch() {
  const { t } = useTranslation();
  const wish = useReviewWish();
  return (
    <Stack gap={6}>
      <Switch
        label={t('load.look.label')}
        description={t('load.look.hint')}
        checked={wish.review ?? wish.filled.length > 0}
        disabled={wish.why === 'dry_run'}
        onChange={(event) => setChoices({ review: event.currentTarget.checked })}
      />
      <Text fz="sm" role="status" mih="1.55em">
        <Why wish={wish} />
      </Text>
    </Stack>
  );
}

/** More names than that are only counted. */
const MOST_NAMES = 3;

function Why({ wish: { why, filled } }: { readonly wish: ReviewWish }) {
  const { t } = useTranslation();
  if (why === 'chosen') return null;
  if (why !== 'filled') return t(`load.look.${why}`);
  const names = filled.slice(0, MOST_NAMES).join(', ');
  const others = filled.length - MOST_NAMES;
  return t('load.look.filled', { tables: others > 0 ? `${names} ${t('jobs.more', { count: others })}` : names });
}
