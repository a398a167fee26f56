import type { Api } from '../api.ts';
import type { Services } from '../services.ts';
import { jobOf } from './job-of-load.ts';

export function tableHandlers({ tables: api }: Api, { inquiries, host, jobs, leaving }: Services) {
  return {
    list: api.list.handler(({ input: { connection }, signal }) =>
      inquiries.ask<'tables.list'>({ kind: 'tables.list', connection }, { signal }),
    ),
    describe: api.describe.handler(({ input: { connection, table }, signal }) =>
      inquiries.ask<'tables.describe'>({ kind: 'tables.describe', connection, table }, { signal }),
    ),
    rows: api.rows.handler(({ input: { connection, request }, signal }) =>
      inquiries.ask<'tables.rows'>({ kind: 'tables.rows', connection, request }, { signal }),
    ),
    plan: api.plan.handler(({ input: { connection, request }, signal }) =>
      inquiries.ask<'tables.plan'>({ kind: 'tables.plan', connection, request }, { signal }),
    ),
    trace: api.trace.handler(async ({ input: { connection, request }, signal }) => {
      const task = { kind: 'tables.trace', connection, request } as const;
      const trace = await inquiries.ask<'tables.trace'>(task, { signal });
      return { ...trace, events: trace.events.map((event) => ({ ...event, ...jobOf(jobs, event.loadId) })) };
    }),
    create: api.create.handler(({ input }) => {
      leaving.throwIfAborted();
      return jobs.ofOrder(input.tablesId) ?? jobs.get(host.startTables(input).number);
    }),
  };
}
