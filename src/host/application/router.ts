import type { Router } from '@orpc/server';
import type { Contract } from '#contract/api/contract';
import { createApi } from './api.ts';
import { appHandlers } from './handlers/app.ts';
import { auditHandlers } from './handlers/audit.ts';
import { connectionHandlers } from './handlers/connections.ts';
import { inferenceHandlers } from './handlers/inference.ts';
import { jobHandlers } from './handlers/jobs.ts';
import { mappingHandlers } from './handlers/mappings.ts';
import { previewHandlers } from './handlers/previews.ts';
import { rejectHandlers } from './handlers/rejects.ts';
import { reviewHandlers } from './handlers/reviews.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { shellHandlers } from './handlers/shell.ts';
import { sourceHandlers } from './handlers/sources.ts';
import { tableHandlers } from './handlers/tables.ts';
import { undoHandlers } from './handlers/undos.ts';
import type { Services } from './services.ts';

/** What answers windows: an oRPC router of the contract, its context empty. */
export type ApplicationRouter = Router<Contract, Record<never, never>>;

export function createRouter(services: Services): ApplicationRouter {
  const api = createApi(services.options.log);
  return api.router({
    app: appHandlers(api, services),
    settings: settingsHandlers(api, services),
    connections: connectionHandlers(api, services),
    sources: { ...sourceHandlers(api, services), ...inferenceHandlers(api, services) },
    mappings: mappingHandlers(api, services),
    previews: previewHandlers(api, services),
    jobs: { ...jobHandlers(api, services), ...undoHandlers(api, services) },
    rejects: rejectHandlers(api, services),
    reviews: reviewHandlers(api, services),
    tables: tableHandlers(api, services),
    audit: auditHandlers(api, services),
    shell: shellHandlers(api, services),
  });
}
