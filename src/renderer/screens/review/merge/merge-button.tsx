import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconGitMerge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useReviewPlace } from '../use-review-place.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { MergeDialog } from './merge-dialog.tsx';

/** The way to the merge, by a question that says what it does. */
export function MergeButton({ reviewing }: { readonly reviewing: Reviewing }) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const place = useReviewPlace();
  const showBlocked = (table: string) => {
    close();
    place.goToTable(table);
    place.narrow({ outcome: 'fails' });
  };
  return (
    <>
      <Button leftSection={<IconGitMerge size={18} aria-hidden />} onClick={open}>
        {t('review.merge.button')}
      </Button>
      <MergeDialog
        isOpen={isOpen}
        number={reviewing.number}
        review={reviewing.review}
        isSaved={reviewing.choices.status === 'saved'}
        onShowBlocked={showBlocked}
        onClose={close}
      />
    </>
  );
}
