import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Settings, type SettingsChange, settingsSchema } from '#contract/api/settings';
import { host } from '#renderer/host/client.ts';
import { queryClient } from '#renderer/host/query-client.ts';

export type SettingName = keyof Settings;

/** The settings, and what became of the last change. */
export interface SettingsEditor {
  readonly settings: Settings;
  readonly change: (change: SettingsChange) => void;
  /** What was saved last, with a number that grows with each save. */
  readonly saved: { readonly names: readonly string[]; readonly times: number };
  readonly failed: { readonly names: readonly string[]; readonly error: unknown } | null;
}

/** Shows a change at once, and takes it back when the host refuses it. */
export function useSettingsEditor(settings: Settings): SettingsEditor {
  const [saved, setSaved] = useState<SettingsEditor['saved']>({ names: [], times: 0 });
  const [failed, setFailed] = useState<SettingsEditor['failed']>(null);
  const { queryKey } = host.settings.get.queryOptions();
  const { mutate } = useMutation(
    host.settings.change.mutationOptions({
      onMutate: async (change) => {
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData<Settings>(queryKey);
        queryClient.setQueryData<Settings>(queryKey, (now) => now && settingsSchema.parse({ ...now, ...change }));
        setFailed(null);
        return { before };
      },
      onSuccess: (now, change) => {
        queryClient.setQueryData(queryKey, now);
        setSaved(({ times }) => ({ names: Object.keys(change), times: times + 1 }));
      },
      onError: (error, change, context) => {
        queryClient.setQueryData(queryKey, context?.before);
        setFailed({ names: Object.keys(change), error });
      },
    }),
  );
  return { settings, change: mutate, saved, failed };
}

export function useSettings() {
  return useQuery(host.settings.get.queryOptions());
}
