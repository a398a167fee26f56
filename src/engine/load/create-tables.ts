import type { ConnectionTarget } from '#contract/connection';
import type { Mapping } from '#contract/mapping';
import type { TablesPolicy, TablesReport, TablesRequest, TablesSpec } from '#contract/tables-plan';
import type { StageProgress } from '#contract/worker-messages';
import type { ScriptStatement } from '#engine/evolve/split-statements';
import { lockTableCreation } from '#engine/merge/prepare-targets';
import type { PgClient } from '#engine/postgres/client';
import { quoteQualified } from '#engine/postgres/quote';
import { DirectSession } from './direct-session.ts';
import { readLoadModel } from './load-model.ts';
import { onServer, type RunOptions } from './on-server.ts';
import { type PlannedTables, planForTarget } from './plan-tables.ts';
import { type OnDdl, runPlanned, runScript, scriptOf } from './run-ddl.ts';
import type { ServerSession } from './server-session.ts';
import { assertScriptFits, refusedPlan, throwExplained } from './tables-refusals.ts';

export interface CreateTablesOptions {
  readonly mapping: Mapping;
  readonly schema?: string | undefined;
  readonly target: ConnectionTarget;
  readonly dryRun: boolean;
  /** Default: evolve. */
  readonly policy?: TablesPolicy;
  /** A script that runs instead of the planned statements. */
  readonly ddl?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Makes the mapping's tables fit it, on a connection of its own: creates those that are missing, with keys, references,
 * indexes and comments, and as the policy allows alters those that are there. All of it in one transaction; afterwards a
 * load finds what it needs.
 *
 * @throws LoadstoneError TARGET_MISMATCH that lists what is refused and why, or why the tables do not fit after a script.
 */
export async function createTables(options: CreateTablesOptions): Promise<TablesReport> {
  const session = new DirectSession(options.target);
  const { mapping, schema, signal, dryRun, policy = 'evolve' } = options;
  const how = { dryRun, script: scriptOf(options.ddl), onDdl: () => undefined };
  try {
    return await createOn(session, { mapping, schema, policy }, how, { signal, onRetry: () => undefined });
  } finally {
    await session.close();
  }
}

interface OrderedTablesOptions extends Pick<RunOptions, 'signal' | 'onRetry'> {
  readonly spec: TablesSpec;
  readonly onProgress: (progress: StageProgress) => void;
}

/**
 * The same as a job's work, over a leased connection, telling of each statement. A connection that ran somebody's own
 * script is ended: whatever the script left in the session (settings, prepared statements, locks) ends with it.
 *
 * @throws as {@link createTables}, and CONFIG_INVALID for a script that would end the transaction.
 */
export function createOrderedTables(session: ServerSession, options: OrderedTablesOptions): Promise<TablesReport> {
  const { spec, onProgress } = options;
  const { mapping, schema, policy } = spec;
  onProgress({ phase: 'create' });
  const onDdl: OnDdl = ({ table, ...statements }) =>
    onProgress({ phase: 'create', statements, ...(table !== undefined && { table }) });
  const how = { dryRun: false, script: scriptOf(spec.ddl), onDdl };
  return createOn(session, { mapping, schema, policy }, how, options);
}

function createOn(
  session: ServerSession,
  request: TablesRequest,
  how: HowToCreate,
  { signal, onRetry }: Pick<RunOptions, 'signal' | 'onRetry'>,
): Promise<TablesReport> {
  const attempt = (client: PgClient) => create(client, request, how).catch(throwExplained);
  if (how.script === null) return onServer(session, attempt, { signal, onRetry });
  const once = (client: PgClient) => attempt(client).finally(() => session.discard(client));
  // Whether a lost script was committed cannot be told from the tables.
  return onServer(session, once, { signal, onRetry, attempts: 1 });
}

interface HowToCreate {
  readonly dryRun: boolean;
  readonly script: readonly ScriptStatement[] | null;
  readonly onDdl: OnDdl;
}

async function create(
  client: PgClient,
  request: TablesRequest,
  { dryRun, script, onDdl }: HowToCreate,
): Promise<TablesReport> {
  await client.query('begin');
  await lockTableCreation(client);
  const planned = await planUnderLock(client, request, dryRun);
  if (planned.plan.state === 'refused' && script === null) throw refusedPlan(planned.plan);
  const { mapping = request.mapping } = planned.plan;
  const { schema } = request;
  if (script !== null) {
    await runScript(client, script, onDdl);
    const after = await planForTarget(client, { mapping, schema, policy: 'evolve' });
    assertScriptFits(after.plan);
  } else if (!dryRun || !altersExisting(planned)) {
    await runPlanned(client, planned.plan.ddl, onDdl);
  }
  if (script !== null || !dryRun) await readLoadModel(client, { mapping, schema, onConflict: undefined });
  await client.query(dryRun ? 'rollback' : 'commit');
  return report(planned, { dryRun, script });
}

/**
 * What is planned is what the tables are like when it is done: those that are altered are locked first, always in the
 * same order, and looked at again. A dry run locks nothing.
 */
async function planUnderLock(client: PgClient, request: TablesRequest, dryRun: boolean): Promise<PlannedTables> {
  const planned = await planForTarget(client, request);
  if (dryRun || planned.plan.ddl.length === 0 || !altersExisting(planned)) return planned;
  const names = planned.tables
    .filter(({ index, name }) => planned.existing.has(index) && isChanged(planned, name))
    .map(({ schema, table }) => quoteQualified(schema, table))
    .sort();
  for (const name of names) await client.query(`lock table ${name} in access exclusive mode`);
  return planForTarget(client, request);
}

/** Writing a table anew only to say that it would work is more than a dry run may cost. */
function altersExisting(planned: PlannedTables): boolean {
  return planned.tables.some(({ index, name }) => planned.existing.has(index) && isChanged(planned, name));
}

function isChanged({ plan }: PlannedTables, name: string): boolean {
  return plan.changes.some(({ table, outcome }) => table === name && outcome === 'made');
}

function report(
  { plan, tables, existing }: PlannedTables,
  { dryRun, script }: Omit<HowToCreate, 'onDdl'>,
): TablesReport {
  const kept = tables.filter(({ keep }) => keep);
  const names = (isThere: boolean) =>
    kept.filter(({ index }) => existing.has(index) === isThere).map(({ name }) => name);
  const ddl = script === null ? plan.ddl : script.map(({ text }) => text);
  return { ...plan, ddl, dryRun, edited: script !== null, created: names(false), existing: names(true) };
}
