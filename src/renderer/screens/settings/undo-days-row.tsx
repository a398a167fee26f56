import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DEFAULT_SETTINGS, MOST_UNDO_DAYS } from '#contract/api/settings';
import { NumberSetting } from './number-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SettingsEditor } from './use-settings.ts';

/** For how long loads can be undone. */
export function UndoDaysRow({ editor }: { readonly editor: SettingsEditor }) {
  const { t } = useTranslation();
  const { settings, change } = editor;
  const { undoDays } = settings;
  return (
    <SettingRow label={t('settings.undoDays')} hint={t('settings.undoDaysHint')} name="undoDays" editor={editor}>
      <SegmentedControl
        fullWidth
        aria-label={t('settings.undoDays')}
        data={[
          { value: 'some', label: t('settings.undoDaysSome') },
          { value: 'forever', label: t('settings.undoDaysForever') },
        ]}
        value={undoDays === null ? 'forever' : 'some'}
        onChange={(value) => change({ undoDays: value === 'forever' ? null : DEFAULT_SETTINGS.undoDays })}
      />
      {undoDays === null ? (
        <Text fz="sm" c="dimmed">
          {t('settings.undoDaysForeverHint')}
        </Text>
      ) : (
        <NumberSetting
          label={t('settings.undoDaysCount')}
          value={undoDays}
          least={1}
          most={MOST_UNDO_DAYS}
          onCommit={(count) => change({ undoDays: count })}
        />
      )}
    </SettingRow>
  );
}
