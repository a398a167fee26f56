import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { host } from '#renderer/host/client.ts';
import { chooseMapping, useWizard } from '../wizard-store.ts';

/** Chooses the mapping as long as the user has not: the one that is meant, the only one, or the only one that fits. */
export function useDefaultMapping(): void {
  const { paths, chosen, wantedPreset } = useWizard();
  const { data: presets = [] } = useQuery(host.mappings.presets.queryOptions());
  const [first] = presets;
  const sure = presets.find(({ name }) => name === wantedPreset) ?? (presets.length === 1 ? first : undefined);
  const isOpen = chosen === null && sure === undefined && paths.length > 0;
  const scans = useQueries({
    queries: presets.map(({ mapping }) =>
      host.sources.scan.queryOptions({ input: { paths: [...paths], mapping }, enabled: isOpen }),
    ),
  });
  const fitting = isOpen && scans.every(({ isSuccess }) => isSuccess) ? withFiles(scans) : [];
  const only = fitting.length === 1 ? presets[fitting[0] ?? -1] : undefined;
  const preset = chosen === null ? (sure ?? only) : undefined;
  useEffect(() => {
    if (preset !== undefined) chooseMapping({ kind: 'preset', label: preset.name, original: preset.mapping });
  }, [preset]);
}

function withFiles(scans: readonly { readonly data?: { readonly files: number } | undefined }[]): readonly number[] {
  return scans.flatMap(({ data }, at) => (data !== undefined && data.files > 0 ? [at] : []));
}
