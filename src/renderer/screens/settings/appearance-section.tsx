import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Settings } from '#contract/api/settings';
import { SettingRow } from './setting-row.tsx';
import { SettingsSection } from './settings-section.tsx';
import type { SettingsEditor } from './use-settings.ts';

const THEMES = ['auto', 'light', 'dark'] as const satisfies readonly Settings['theme'][];
const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const;

export function AppearanceSection({ editor }: { readonly editor: SettingsEditor }) {
  const { t } = useTranslation();
  const { settings, change } = editor;
  return (
    <SettingsSection title={t('settings.appearance')}>
      <SettingRow label={t('settings.language')} hint={t('settings.languageHint')} name="language" editor={editor}>
        <SegmentedControl
          fullWidth
          aria-label={t('settings.language')}
          data={LANGUAGE_CHOICES.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          value={settings.language ?? 'system'}
          onChange={(value) => change({ language: value === 'system' ? null : value })}
        />
      </SettingRow>
      <SettingRow label={t('settings.theme')} hint={t('settings.themeHint')} name="theme" editor={editor}>
        <SegmentedControl
          fullWidth
          aria-label={t('settings.theme')}
          data={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
        />
      </SettingRow>
    </SettingsSection>
  );
}
