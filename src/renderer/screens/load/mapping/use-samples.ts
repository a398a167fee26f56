import { useQuery } from '@tanstack/react-query';
import type { Mapping } from '#contract/mapping';
import { client } from '#renderer/host/client.ts';
import { useConnection } from '../use-connection.ts';
import { useWizard } from '../wizard-store.ts';
import { withIncludes } from './mapping-edits.ts';
import { sampleMapping, samplesOf } from './sample-values.ts';

const FILES = 5;
const ROWS = 20;
/** Made and taken back within the preview's transaction: values are shown even when all rows are loaded already. */
const SCHEMA = 'loadstone_sample';

/** A few values of each column, by table and column number. */
export function useSamples(original: Mapping) {
  const paths = useWizard((wizard) => wizard.paths);
  const include = useWizard(({ edits }) => edits.include);
  const connection = useConnection();
  return useQuery({
    queryKey: ['samples', paths, original, include, connection],
    enabled: connection !== undefined,
    queryFn: async ({ signal }) => {
      if (connection === undefined) return [];
      const mapping = sampleMapping(withIncludes(original, { ...(include && { include }) }));
      const request = { paths: [...paths], mapping, schema: SCHEMA, rows: ROWS, limitFiles: FILES };
      for await (const event of await client.previews.run({ connection, request }, { signal })) {
        if (event.type === 'report') return samplesOf(original, event.report);
      }
      return [];
    },
  });
}
