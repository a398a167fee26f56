import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconGitMerge } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { host } from '#renderer/host/client.ts';
import { MergeDialog } from './merge-dialog.tsx';

/** Merges a load that waits, without a look at its conflicts. */
export function MergeHere({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [isOpen, { open, close }] = useDisclosure();
  const input = { job: number };
  const { data, error, isFetchedAfterMount } = useQuery({
    ...host.reviews.get.queryOptions({ input }),
    enabled: isOpen,
    staleTime: 0,
  });
  return (
    <>
      <Button variant="default" leftSection={<IconGitMerge size={16} aria-hidden />} onClick={open}>
        {t('review.card.merge')}
      </Button>
      <MergeDialog
        isOpen={isOpen}
        number={number}
        // Of a look at it before it may be old; while it is read anew what was asked stays in place.
        review={isFetchedAfterMount ? data : undefined}
        error={isFetchedAfterMount ? error : null}
        isSaved
        onShowBlocked={() => navigate(`/jobs/${number}/review`)}
        onClose={close}
      />
    </>
  );
}
