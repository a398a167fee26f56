import { skipToken, useQuery } from '@tanstack/react-query';
import type { Mapping } from '#contract/mapping';
import { host } from '#renderer/host/client.ts';
import { scanMapping } from '../source/use-scan.ts';
import { useWizard } from '../wizard-store.ts';

const NONE: readonly string[] = [];

/**
 * The CSV files that a proposal was made for, in the order of loading, as far as a scan names them.
 * @param mapping as proposed; undefined: none yet
 */
export function useCsvFiles(mapping: Mapping | undefined): readonly string[] | undefined {
  const paths = useWizard((wizard) => wizard.paths);
  const isCsv = mapping?.source.format === 'csv';
  const input = mapping === undefined ? skipToken : { paths: [...paths], mapping: scanMapping(mapping, {}) };
  const { data } = useQuery({
    ...host.sources.scan.queryOptions({ input }),
    enabled: isCsv && paths.length > 0,
    select: pathsOf,
  });
  return isCsv ? data : NONE;
}

function pathsOf({ sample }: { readonly sample: readonly { readonly path: string }[] }): readonly string[] {
  return sample.map(({ path }) => path);
}
