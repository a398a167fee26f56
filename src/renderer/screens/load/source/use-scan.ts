import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MappedTable, Mapping } from '#contract/mapping';
import { host } from '#renderer/host/client.ts';
import { selectionOf, withoutLeftOut } from '../mapping/left-out.ts';
import { type MappingEdits, withIncludes } from '../mapping/mapping-edits.ts';
import { useWizard } from '../wizard-store.ts';

/** What a load of the chosen paths would take. */
export function useScan() {
  const paths = useWizard((wizard) => wizard.paths);
  const isRetry = useWizard(({ retry }) => retry !== null);
  const original = useWizard(({ chosen }) => chosen?.original);
  const edits = useWizard((wizard) => wizard.edits);
  const mapping = useMemo(() => (original === undefined ? undefined : scanMapping(original, edits)), [original, edits]);
  const input = mapping === undefined ? skipToken : { paths: [...paths], mapping };
  return useQuery({
    ...host.sources.scan.queryOptions({ input }),
    enabled: mapping !== undefined && paths.length > 0 && !isRetry,
    placeholderData: keepPreviousData,
  });
}

/** Names, types and columns do not matter to a scan, so changing them does not scan anew. */
export function scanMapping(original: Mapping, edits: MappingEdits): Mapping {
  const mapping = withoutLeftOut(withIncludes(original, edits), selectionOf(original, edits));
  return { ...mapping, tables: mapping.tables.map(onlyFiles) };
}

function onlyFiles(table: MappedTable): MappedTable {
  return { ...table, columns: table.columns.slice(0, 1), key: [], references: [], onConflict: 'skip' };
}
