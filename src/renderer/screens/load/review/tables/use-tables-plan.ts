import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { ConnectionRef } from '#contract/connection';
import type { TablesPlan, TablesRequest } from '#contract/tables-plan';
import { host } from '#renderer/host/client.ts';
import { issueCount } from '#renderer/screens/load/mapping/mapping-issues.ts';
import { useMapping } from '#renderer/screens/load/mapping/use-mapping.ts';
import { useConnection } from '#renderer/screens/load/use-connection.ts';
import { useWizard } from '#renderer/screens/load/wizard-store.ts';
import { isSchemaName } from '../load-choices.ts';
import { useTablesChoices } from './tables-store.ts';

/** A schema's name is typed letter by letter. */
const TYPING_MS = 500;

export interface TablesPlanning {
  /** What is asked; null: the mapping cannot be used as it is. */
  readonly wish: { readonly connection: ConnectionRef; readonly request: TablesRequest } | null;
  readonly plan: TablesPlan | undefined;
  /** Of other settings, or being looked at anew. */
  readonly isLooking: boolean;
  readonly error: unknown;
  readonly look: () => void;
}

/** How the target's tables differ from the mapping, looked at anew whenever this is shown. */
export function useTablesPlan(): TablesPlanning {
  const policy = useTablesChoices((choices) => choices.policy);
  const typed = useWizard(({ choices }) => choices.schema);
  const [debounced] = useDebouncedValue(typed, TYPING_MS);
  const connection = useConnection();
  const edited = useMapping();
  const schema = debounced.trim();
  const usable = edited !== null && issueCount(edited.issues) === 0 && isSchemaName(schema);
  const wish =
    !usable || connection === undefined
      ? null
      : { connection, request: { mapping: edited.mapping, policy, ...(schema !== '' && { schema }) } };
  const query = useQuery({
    ...host.tables.plan.queryOptions({ input: wish ?? skipToken }),
    placeholderData: keepPreviousData,
    // Loads and command lines change tables too.
    staleTime: 0,
  });
  return {
    wish,
    plan: query.data,
    isLooking: query.isFetching || debounced !== typed,
    error: query.error,
    look: () => void query.refetch(),
  };
}
