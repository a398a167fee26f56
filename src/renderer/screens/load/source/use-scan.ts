import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { host } from '#renderer/host/client.ts';
import { useWizard } from '../wizard-store.ts';

/** What a load of the chosen paths would take. Names and types do not matter for it, so edits do not scan anew. */
export function useScan() {
  const paths = useWizard((wizard) => wizard.paths);
  const mapping = useWizard(({ chosen }) => chosen?.original);
  const options = mapping === undefined ? undefined : { input: { paths: [...paths], mapping } };
  return useQuery({
    ...host.sources.scan.queryOptions(options ?? { input: undefined as never }),
    enabled: options !== undefined && paths.length > 0,
    placeholderData: keepPreviousData,
  });
}
