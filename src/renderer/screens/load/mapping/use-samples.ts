import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PreviewReport } from '#contract/api/previews';
import { client } from '#renderer/host/client.ts';
import { useScan } from '../source/use-scan.ts';
import { useConnection } from '../use-connection.ts';
import { useWizard } from '../wizard-store.ts';
import { issueCount } from './mapping-issues.ts';
import { type Samples, sampleMapping, samplesOf } from './sample-values.ts';
import { type EditedMapping, useMapping } from './use-mapping.ts';

const FILES = 10;
const ROWS = 20;
/** Names are typed letter by letter. */
const TYPING_MS = 600;
/** Made and taken back within the preview's transaction: values are shown even when all rows are loaded already. */
const SCHEMA = 'loadstone_sample';

interface Sampled {
  readonly report: PreviewReport;
  /** A few values of each column, by table and column number. */
  readonly samples: Samples;
}

/** What the mapping makes of a few files, by the very code that loads; anew after every change. */
export function useSamples() {
  const paths = useWizard((wizard) => wizard.paths);
  const retry = useWizard((wizard) => wizard.retry?.order.retry);
  const connection = useConnection();
  const { data: scanned } = useScan();
  const [edited] = useDebouncedValue(useMapping(), TYPING_MS);
  const isUsable = edited !== null && issueCount(edited.issues) === 0;
  // Of a few files among many, rows that others refer to may stand in the files that are not looked at.
  const isWhole = scanned !== undefined && scanned.files <= FILES;
  const mapping = isUsable ? (isWhole ? edited.mapping : sampleMapping(edited.mapping)) : null;
  const query = useQuery({
    queryKey: ['samples', paths, mapping, connection, retry],
    enabled: connection !== undefined && mapping !== null && paths.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Sampled> => {
      if (connection === undefined || mapping === null || edited === null) throw new Error('Not enabled.');
      const request = {
        ...{ paths: [...paths], mapping, schema: SCHEMA, rows: ROWS, limitFiles: FILES },
        ...(retry !== undefined && { retry }),
      };
      for await (const event of await client.previews.run({ connection, request }, { signal })) {
        if (event.type === 'report') return sampled(edited, event.report);
      }
      throw new DOMException('The preview ended without a report.', 'AbortError');
    },
  });
  return { ...query, isUsable, isWhole };
}

/** The statements as they are without the schema that is only for looking. */
function sampled(edited: EditedMapping, report: PreviewReport): Sampled {
  const ddl = report.ddl.map((statement) => statement.replaceAll(`"${SCHEMA}".`, ''));
  return { report: { ...report, ddl }, samples: samplesOf(edited, report) };
}
