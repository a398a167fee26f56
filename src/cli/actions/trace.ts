import type { Trace, TraceRequest } from '#contract/api/traces';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { TraceOptions } from '../options/common.ts';
import { onServer, serverFrom } from '../options/target.ts';
import { usage } from '../options/values.ts';
import { renderTrace } from '../render/trace.ts';

/** `loadstone jobs trace`: which loads wrote a row. */
export async function runJobsTrace(
  context: CliContext,
  table: string,
  key: readonly string[],
  options: TraceOptions,
): Promise<number> {
  const request = requestFrom(table, key, options.schema);
  const server = await serverFrom(options.to, context);
  const { signal } = context.interrupts;
  const { browseTrace } = await import('#engine/door');
  const trace = await onServer(context, server, (session) => browseTrace(session, request, { signal }));
  const told = await withJobs(context, options, trace);
  if (options.json) await printJson(context, told);
  else await context.terminal.out(renderTrace(told));
  return EXIT.done;
}

function withJobs(context: CliContext, options: TraceOptions, trace: Trace): Promise<Trace> {
  return withHost(context, options, {}, async (host) => {
    const numbers = new Map(host.listJobs().map(({ loadId, number }) => [loadId, number]));
    const events = trace.events.map((event) => {
      const job = numbers.get(event.loadId);
      return job === undefined ? event : { ...event, job };
    });
    return { ...trace, events };
  });
}

/** `schema.table` names the schema too. The key is values in the key's order, or each `column=value`. */
function requestFrom(table: string, key: readonly string[], schema: string | undefined): TraceRequest {
  const dot = schema === undefined ? table.indexOf('.') : -1;
  const named = dot > 0 ? { schema: table.slice(0, dot), table: table.slice(dot + 1) } : { table };
  return { ...named, ...(schema !== undefined && { schema }), key: keyFrom(key) };
}

function keyFrom(words: readonly string[]): TraceRequest['key'] {
  const pairs = words.map((word) => /^([^=]+)=(.*)$/s.exec(word));
  if (pairs.every((pair) => pair === null)) return [...words];
  const columns = pairs.map((pair) => {
    if (pair !== null) return [pair[1] ?? '', pair[2] ?? ''] as const;
    throw usage('Some values of the key come with a column and some without.', 'Give each as "column=value", or none.');
  });
  return Object.fromEntries(columns);
}
