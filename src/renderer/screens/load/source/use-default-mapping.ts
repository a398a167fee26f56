import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Mapping } from '#contract/mapping';
import { host } from '#renderer/host/client.ts';
import { fitsFiles } from '../infer/fits-files.ts';
import { useDetect } from '../infer/use-detect.ts';
import { useInference } from '../infer/use-inference.ts';
import { type ChosenMapping, chooseMapping, useWizard } from '../wizard-store.ts';
import { scanMapping } from './use-scan.ts';

/**
 * The first of the mappings that takes any of the files: its records may be in files that it leaves out.
 * @returns undefined: not known yet; null: none does
 */
function useFirstTaking(known: readonly ChosenMapping[], isWanted: boolean): ChosenMapping | null | undefined {
  const paths = useWizard((wizard) => wizard.paths);
  const scans = useQueries({
    queries: known.map(({ original }) => ({
      ...host.sources.scan.queryOptions({ input: { paths: [...paths], mapping: scanMapping(original, {}) } }),
      enabled: isWanted,
    })),
  });
  for (const [at, scan] of scans.entries()) {
    if (scan.isPending) return undefined;
    if ((scan.data?.files ?? 0) > 0) return known[at];
  }
  return null;
}

/**
 * Chooses the mapping as long as the user has not: the one that is meant, else a known one whose records are in the
 * files, else the one that is proposed from them.
 */
export function useDefaultMapping(): void {
  const { paths, chosen, wantedPreset } = useWizard();
  const { data: presets } = useQuery(host.mappings.presets.queryOptions());
  const { data: saved } = useQuery(host.mappings.list.queryOptions());
  const { data: detected } = useDetect();
  const { data: inferred, format } = useInference();
  const known = [...(saved ?? []).map(asChosen('saved')), ...(presets ?? []).map(asChosen('preset'))];
  const isReady = chosen === null && paths.length > 0 && presets !== undefined && saved !== undefined;
  const sure = known.find(({ label }) => label === wantedPreset);
  const fitting =
    inferred === undefined
      ? []
      : known.filter(({ original }) => original.source.format === format && fitsFiles(original, inferred.report));
  const taking = useFirstTaking(fitting, isReady && sure === undefined);
  const proposed =
    inferred === undefined || taking === undefined
      ? undefined
      : (taking ?? ({ kind: 'inferred', label: inferred.mapping.name, original: inferred.mapping } as const));
  // Where nothing can be read, the only mapping there is says at least what it looks for.
  const [only] = known.length === 1 && detected !== undefined && format === null ? known : [];
  const mapping = isReady ? (sure ?? proposed ?? only) : undefined;
  const key = mapping && `${mapping.kind}:${mapping.label}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which one, and objects are made anew
  useEffect(() => {
    if (mapping !== undefined) chooseMapping(mapping);
  }, [key]);
}

function asChosen(kind: ChosenMapping['kind']) {
  return ({ name, mapping }: { readonly name: string; readonly mapping: Mapping }): ChosenMapping => ({
    kind,
    label: name,
    original: mapping,
  });
}
