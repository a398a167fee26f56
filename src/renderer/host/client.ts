import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '#contract/api/contract';
import { dynamicLink } from './host-link.ts';

/** The host's procedures, as `client.jobs.start({…})`. */
export const client: ContractRouterClient<Contract> = createORPCClient(dynamicLink);

/** The same as options for queries and mutations, as `useQuery(host.settings.get.queryOptions())`. */
export const host = createTanstackQueryUtils(client);
