import { Group, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DEFAULT_SETTINGS } from '#contract/api/settings';
import { NumberSetting } from './number-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SettingsEditor } from './use-settings.ts';

const MOST_MB = 1_000_000;

/** From which size on a load is said up front to run in the background. */
export function BackgroundRow({ editor }: { readonly editor: SettingsEditor }) {
  const { t } = useTranslation();
  const { settings, change } = editor;
  const { backgroundMb } = settings;
  return (
    <SettingRow
      label={t('settings.background')}
      hint={t('settings.backgroundHint')}
      name="backgroundMb"
      editor={editor}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('settings.background')}
        data={[
          { value: 'say', label: t('settings.backgroundSay') },
          { value: 'never', label: t('settings.backgroundNever') },
        ]}
        value={backgroundMb === null ? 'never' : 'say'}
        onChange={(value) => change({ backgroundMb: value === 'never' ? null : DEFAULT_SETTINGS.backgroundMb })}
      />
      {backgroundMb === null ? null : (
        <Group gap="xs">
          <NumberSetting
            label={t('settings.backgroundMb')}
            value={backgroundMb}
            least={1}
            most={MOST_MB}
            onCommit={(mb) => change({ backgroundMb: mb })}
          />
          <Text fz="sm">{t('settings.backgroundUnit')}</Text>
        </Group>
      )}
    </SettingRow>
  );
}
