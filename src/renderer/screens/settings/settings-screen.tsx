import { Box, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#contract/api/app';
import type { Settings } from '#contract/api/settings';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { host } from '#renderer/host/client.ts';
import { AppearanceSection } from './appearance-section.tsx';
import { LoadingSection } from './loading-section.tsx';
import { MachineSection } from './machine-section.tsx';
import { NoticesSection } from './notices-section.tsx';
import { useSettings, useSettingsEditor } from './use-settings.ts';

/** What a user can set, and where Loadstone keeps its things. */
export function SettingsScreen() {
  const { t } = useTranslation();
  return (
    <Box maw={880}>
      <ScreenTitle title={t('common.nav.settings')} subtitle={t('settings.subtitle')} />
      <Content />
    </Box>
  );
}

function Content() {
  const settings = useSettings();
  const info = useQuery(host.app.info.queryOptions());
  const failed = settings.error ?? info.error;
  if (settings.data !== undefined && info.data !== undefined) {
    return <Sections settings={settings.data} info={info.data} />;
  }
  if (failed === null) return <LoadingNote />;
  return <ErrorNote error={failed} onRetry={() => void Promise.all([settings.refetch(), info.refetch()])} />;
}

function Sections({ settings, info }: { readonly settings: Settings; readonly info: AppInfo }) {
  const editor = useSettingsEditor(settings);
  return (
    <Stack gap="xl">
      <AppearanceSection editor={editor} />
      <LoadingSection editor={editor} info={info} />
      <NoticesSection info={info} />
      <MachineSection info={info} />
    </Stack>
  );
}
