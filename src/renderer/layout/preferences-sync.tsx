import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Settings } from '#contract/api/settings';
import { host } from '../host/client.ts';
import { i18n, systemLanguage } from '../i18n/i18n.ts';

/** Brings language and theme in line with the settings, in every window at once. */
export function PreferencesSync() {
  const { data: settings } = useQuery(host.settings.get.queryOptions());
  const { setColorScheme } = useMantineColorScheme();
  // Mantine makes its function anew with every rendering.
  const follow = useEffectEvent(({ theme, language }: Settings) => {
    setColorScheme(theme);
    void i18n.changeLanguage(language ?? systemLanguage());
  });
  useEffect(() => {
    if (settings !== undefined) follow(settings);
  }, [settings]);
  return null;
}
