import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#contract/api/app';
import { systemNotices, turnOffSystemNotices, turnOnSystemNotices } from '#renderer/notices/system-notices.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Whether jobs tell of their ends outside of the window too. */
export function NoticesSection({ info }: { readonly info: AppInfo }) {
  const { t } = useTranslation();
  return (
    <SettingsSection title={t('settings.notices')}>
      <SettingRow label={t('settings.noticesSystem')} hint={t('settings.noticesHint')}>
        {info.host === 'desktop' ? <Text fz="sm">{t('settings.noticesState.desktop')}</Text> : <BrowserSwitch />}
      </SettingRow>
    </SettingsSection>
  );
}

/** Pressing it is what lets the browser ask. */
function BrowserSwitch() {
  const { t } = useTranslation();
  const [state, setState] = useState(systemNotices);
  const turn = async (on: boolean) => setState(on ? await turnOnSystemNotices() : turnOffSystemNotices());
  return (
    <>
      <Switch
        label={t('settings.noticesSwitch')}
        checked={state === 'on'}
        disabled={state === 'denied' || state === 'unsupported'}
        onChange={(event) => void turn(event.currentTarget.checked)}
      />
      <Text fz="sm" c="dimmed" role="status">
        {t(`settings.noticesState.${state}`)}
      </Text>
    </>
  );
}
