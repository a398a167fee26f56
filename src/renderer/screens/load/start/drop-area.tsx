import { Stack, Text } from '@mantine/core';
import { IconFolderDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { ChooseButtons } from '../pick/choose-buttons.tsx';
import { UploadLinks } from '../pick/upload-links.tsx';
import { chooseSource } from '../wizard-store.ts';
import classes from './drop-area.module.css';

/** Where to drop; the whole window takes drops, this says so. */
export function DropArea({ isOver }: { readonly isOver: boolean }) {
  const { t } = useTranslation();
  const { data: info } = useQuery(host.app.info.queryOptions());
  return (
    <section className={classes.area} data-over={isOver || undefined} aria-label={t('load.start.dropHere')}>
      <Stack align="center" gap="lg">
        <IconFolderDown size={64} stroke={1.2} aria-hidden className={classes.icon} />
        <div>
          <Text fz={{ base: 'lg', sm: 'xl' }} fw={600}>
            {t(isOver ? 'load.drop.veil' : 'load.start.dropHere')}
          </Text>
          <Text c="dimmed" mt={4}>
            {t('load.start.dropHint')}
          </Text>
        </div>
        <ChooseButtons mode="choose" size="md" onChosen={(paths) => chooseSource(paths)} />
        {info?.host === 'web' ? <UploadLinks /> : null}
      </Stack>
    </section>
  );
}
