import { Alert, Text } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Review } from '#contract/api/reviews';

/** The target has moved on since an earlier check that was decided upon. */
export function MovedNote({ review: { summary } }: { readonly review: Pick<Review, 'summary'> }) {
  const { t } = useTranslation();
  const { moved } = summary;
  if (moved === undefined) return null;
  return (
    <Alert color="orange" role="alert" icon={<IconRefreshAlert aria-hidden />} title={t('review.moved.title')}>
      <Text fz="sm">{t('review.moved.text', { count: moved })}</Text>
    </Alert>
  );
}
