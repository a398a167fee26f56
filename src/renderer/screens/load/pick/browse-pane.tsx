import { ActionIcon, Box, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderListing } from '#contract/api/sources';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { BrowseList } from './browse-list.tsx';
import { UploadLinks } from './upload-links.tsx';

interface BrowsePaneProps {
  readonly onChosen: (paths: readonly string[]) => void;
  readonly onClose: () => void;
}

export function BrowsePane({ onChosen, onClose }: BrowsePaneProps) {
  const [path, setPath] = useState<string | null>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const { data, error, isFetching, refetch } = useQuery(
    // Folders change behind our back.
    host.sources.browse.queryOptions({ input: { path }, placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const go = (to: string | null) => {
    setMarked([]);
    setPath(to);
  };
  const mark = (file: string) =>
    setMarked(marked.includes(file) ? marked.filter((one) => one !== file) : [...marked, file]);
  return (
    <Stack gap="sm">
      <Where listing={data ?? null} isFetching={isFetching} onGo={go} />
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      <Box mih={320}>
        {data === undefined ? null : (
          <BrowseList key={data.path} listing={data} marked={marked} onOpen={go} onMark={mark} />
        )}
      </Box>
      <Choose path={data?.path ?? null} marked={marked} onChosen={onChosen} onClose={onClose} />
      <UploadLinks onTaken={onClose} />
    </Stack>
  );
}

interface WhereProps {
  readonly listing: FolderListing | null;
  readonly isFetching: boolean;
  readonly onGo: (path: string | null) => void;
}

function Where({ listing, isFetching, onGo }: WhereProps) {
  const { t } = useTranslation();
  const atTop = listing === null || listing.path === null;
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon
        variant="default"
        size="lg"
        disabled={atTop}
        aria-label={t('load.browse.up')}
        onClick={() => onGo(listing?.parent ?? null)}
      >
        <IconArrowUp size={18} aria-hidden />
      </ActionIcon>
      <Text className="wrap-anywhere" fw={500} flex={1} aria-live="polite">
        {listing?.path ?? t('load.browse.roots')}
      </Text>
      {isFetching ? <Loader size="xs" aria-label={t('common.loading')} /> : null}
    </Group>
  );
}

interface ChooseProps extends BrowsePaneProps {
  readonly path: string | null;
  readonly marked: readonly string[];
}

function Choose({ path, marked, onChosen, onClose }: ChooseProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="subtle" onClick={onClose}>
        {t('common.cancel')}
      </Button>
      {marked.length > 0 ? (
        <Button onClick={() => onChosen(marked)}>{t('load.browse.chooseFiles', { count: marked.length })}</Button>
      ) : (
        <Button disabled={path === null} onClick={() => (path === null ? undefined : onChosen([path]))}>
          {t('load.browse.chooseFolder')}
        </Button>
      )}
    </Group>
  );
}
