import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';
import type { TablesPlan, TablesReport, TablesSpec } from '#contract/tables-plan';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { withHost } from '../open-host.ts';
import type { TablesCreateOptions, TablesOptions } from '../options/common.ts';
import { mappingFrom } from '../options/mapping.ts';
import { serverFrom, targetFrom } from '../options/target.ts';
import { usage } from '../options/values.ts';
import { renderPlan } from '../render/tables.ts';
import { followTables, tellCreated } from './follow-tables.ts';

/** How the mapping's tables differ from the target's: the exit code says it too. */
export async function runTablesDiff(context: CliContext, options: TablesOptions): Promise<number> {
  const { target, signal, ...wanted } = await requestFrom(context, options);
  const { diffTables, DirectSession } = await import('#engine/door');
  const session = new DirectSession(target);
  const request = { ...wanted, policy: options.policy };
  const plan = await diffTables(session, request, { signal }).finally(() => session.close());
  if (options.json) await printJson(context, plan);
  else await context.terminal.out(renderPlan(plan));
  return exitCodeOfPlan(plan);
}

function exitCodeOfPlan({ state }: TablesPlan): number {
  switch (state) {
    case 'equal':
      return EXIT.done;
    case 'differs':
      return EXIT.differs;
    case 'refused':
      return EXIT.wrongInput;
    default:
      return state satisfies never;
  }
}

/** A dry run shows the DDL, to be edited; else a job does it, and what has run is shown. */
export async function runTablesCreate(context: CliContext, options: TablesCreateOptions): Promise<number> {
  if (options.ddl !== undefined && options.policy === 'freeze') {
    throw usage('--ddl changes tables, and the policy freeze changes none.', 'Leave out one of the two.');
  }
  const ddl = options.ddl === undefined ? undefined : await scriptFrom(options.ddl);
  return options.dryRun ? dryRun(context, options, ddl) : runJob(context, options, ddl);
}

async function dryRun(context: CliContext, options: TablesCreateOptions, ddl: string | undefined): Promise<number> {
  const request = await requestFrom(context, options);
  const { createTables } = await import('#engine/door');
  const done = await createTables({ ...request, policy: options.policy, dryRun: true, ddl });
  await writeNarrower(options.out, done);
  await tellCreated(context, done, { json: options.json === true, out: options.out });
  return EXIT.done;
}

async function runJob(context: CliContext, options: TablesCreateOptions, ddl: string | undefined): Promise<number> {
  const { schema, policy, out } = options;
  const mapping = await mappingFrom(options.mapping);
  const server = await serverFrom(options.to, context);
  const spec: TablesSpec = {
    ...{ tablesId: randomUUID(), mapping, connection: server.ref, policy },
    ...(schema !== undefined && { schema }),
    ...(ddl !== undefined && { ddl }),
  };
  const onDone = (report: TablesReport) => writeNarrower(out, report);
  return withHost(context, options, { server }, (host) =>
    followTables(context, host.startTables(spec), { json: options.json === true, out, onDone }),
  );
}

async function writeNarrower(out: string | undefined, { mapping }: TablesReport): Promise<void> {
  if (out !== undefined && mapping !== undefined) await writeMapping(out, mapping);
}

async function requestFrom(context: CliContext, { mapping, to, schema }: TablesOptions) {
  return {
    mapping: await mappingFrom(mapping),
    target: await targetFrom(to, context),
    signal: context.interrupts.signal,
    ...(schema !== undefined && { schema }),
  };
}

async function scriptFrom(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new LoadstoneError({
      code: 'PATH_NOT_FOUND',
      message: `"${path}" does not exist or cannot be read.`,
      remedy: 'Write the DDL into a file first: loadstone tables create --mapping … --dry-run > tables.sql',
      cause,
    });
  }
}

/** A mapping that somebody may have worked on is never written over. */
async function writeMapping(path: string, mapping: unknown): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(mapping, null, 2)}\n`, { flag: 'wx' });
  } catch (cause) {
    throw new LoadstoneError({
      code: 'CONFIG_INVALID',
      message: `The mapping cannot be written to "${path}": ${(cause as Error).message}. The tables are done.`,
      remedy: 'Run it again with a file in --out that does not exist yet.',
      cause,
    });
  }
}
