import { useQuery } from '@tanstack/react-query';
import type { ConnectionRef } from '#contract/connection';
import { host } from '#renderer/host/client.ts';
import { useWizard } from './wizard-store.ts';

/** Where the load goes; undefined until the settings are known. */
export function useConnection(): ConnectionRef | undefined {
  const chosen = useWizard((wizard) => wizard.connection);
  const { data: settings } = useQuery(host.settings.get.queryOptions());
  return chosen ?? settings?.defaultConnection;
}
