import { Button, Code, Group, Text } from '@mantine/core';
import { IconFolderOpen, IconKey, IconKeyOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#contract/api/app';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsSection } from './settings-section.tsx';

interface MachineProps {
  readonly info: AppInfo;
}

/** What cannot be set from within, said where one would look for it. */
export function MachineSection({ info }: MachineProps) {
  const { t } = useTranslation();
  return (
    <SettingsSection title={t('settings.machine')}>
      <HomeRow info={info} />
      <SecretsRow info={info} />
      <SettingRow label={t('settings.version')} hint={t(`settings.versionHost.${info.host}`)}>
        <Text>{t('settings.versionText', { version: info.version })}</Text>
      </SettingRow>
    </SettingsSection>
  );
}

function HomeRow({ info }: MachineProps) {
  const { t } = useTranslation();
  const reveal = useMutation(host.shell.reveal.mutationOptions());
  return (
    <SettingRow label={t('settings.home')} hint={t('settings.homeHint')}>
      <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
        {info.home}
      </Code>
      <Group gap="xs">
        <CopyButton value={info.home} label={t('settings.homeCopy')} />
        {info.host === 'desktop' ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => reveal.mutate({ path: info.home })}
          >
            {t('settings.homeReveal')}
          </Button>
        ) : null}
      </Group>
      {reveal.error === null ? null : <ErrorNote error={reveal.error} />}
      <Text fz="sm" c="dimmed">
        {t('settings.homeChange')}
      </Text>
    </SettingRow>
  );
}

function SecretsRow({ info }: MachineProps) {
  const { t } = useTranslation();
  const Icon = info.secrets === 'none' ? IconKeyOff : IconKey;
  return (
    <SettingRow label={t('settings.secrets')} hint={t('settings.secretsHint')}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Icon size={20} stroke={1.6} aria-hidden />
        <Text fw={500}>{t(`settings.secretsWhere.${info.secrets}`)}</Text>
      </Group>
      <Text fz="sm" c="dimmed">
        {t(`settings.secretsWhy.${info.secrets}`)}
      </Text>
    </SettingRow>
  );
}
