import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '#contract/api/app';
import { BackgroundRow } from './background-row.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import { SettingsSection } from './settings-section.tsx';
import { UndoDaysRow } from './undo-days-row.tsx';
import type { SettingsEditor } from './use-settings.ts';

const MOST_WORKERS = 64;
const LEAST_POOL = 4;
const MOST_POOL = 100;
/** Connections that jobs never get. */
const FOR_LOOKING = 2;

interface LoadingSectionProps {
  readonly editor: SettingsEditor;
  readonly info: AppInfo;
}

export function LoadingSection({ editor, info }: LoadingSectionProps) {
  const { t } = useTranslation();
  return (
    <SettingsSection title={t('settings.loading')}>
      <WorkersRow editor={editor} info={info} />
      <PoolRow editor={editor} />
      <BackgroundRow editor={editor} />
      <UndoDaysRow editor={editor} />
    </SettingsSection>
  );
}

function WorkersRow({ editor, info }: LoadingSectionProps) {
  const { t } = useTranslation();
  const { settings, change } = editor;
  const { workers } = settings;
  return (
    <SettingRow label={t('settings.workers')} hint={t('settings.workersHint')} name="workers" editor={editor}>
      <SegmentedControl
        fullWidth
        aria-label={t('settings.workers')}
        data={[
          { value: 'auto', label: t('settings.workersAuto') },
          { value: 'fixed', label: t('settings.workersFixed') },
        ]}
        value={workers === null ? 'auto' : 'fixed'}
        onChange={(value) => change({ workers: value === 'auto' ? null : info.cores })}
      />
      {workers === null ? (
        <Text fz="sm" c="dimmed">
          {t('settings.workersAutoHint', { count: info.cores })}
        </Text>
      ) : (
        <NumberSetting
          label={t('settings.workersCount')}
          value={workers}
          least={1}
          most={MOST_WORKERS}
          onCommit={(count) => change({ workers: count })}
        />
      )}
    </SettingRow>
  );
}

function PoolRow({ editor }: { readonly editor: SettingsEditor }) {
  const { t } = useTranslation();
  const { pool } = editor.settings;
  return (
    <SettingRow
      label={t('settings.pool')}
      hint={t('settings.poolHint', { least: LEAST_POOL, most: MOST_POOL })}
      name="pool"
      editor={editor}
    >
      <NumberSetting
        label={t('settings.pool')}
        value={pool}
        least={LEAST_POOL}
        most={MOST_POOL}
        onCommit={(count) => editor.change({ pool: count })}
      />
      <Text fz="sm">{t('settings.poolSplit', { jobs: pool - FOR_LOOKING })}</Text>
      <Text fz="sm" c="dimmed">
        {t('settings.poolRestart')}
      </Text>
    </SettingRow>
  );
}
