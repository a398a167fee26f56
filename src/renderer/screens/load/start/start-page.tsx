import { Container, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { UploadPanel } from '../pick/upload-panel.tsx';
import { DropArea } from './drop-area.tsx';
import { ExampleCard } from './example-card.tsx';
import { RecentSources } from './recent-sources.tsx';

/** Nothing is chosen yet. */
export function StartPage({ isOver }: { readonly isOver: boolean }) {
  const { t } = useTranslation();
  return (
    <Container size="lg" px={0}>
      <ScreenTitle title={t('load.start.title')} subtitle={t('load.start.subtitle')} />
      <Stack gap="xl">
        <UploadPanel />
        <DropArea isOver={isOver} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <RecentSources />
          <ExampleCard />
        </SimpleGrid>
      </Stack>
    </Container>
  );
}
