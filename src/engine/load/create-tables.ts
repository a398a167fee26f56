import type { ConnectionTarget } from '#contract/connection';
import type { Mapping } from '#contract/mapping';
import type { TablesPolicy, TablesReport, TablesRequest } from '#contract/tables-plan';
import { type ScriptStatement, splitStatements } from '#engine/evolve/split-statements';
import { lockTableCreation } from '#engine/merge/prepare-targets';
import type { PgClient } from '#engine/postgres/client';
import { quoteQualified } from '#engine/postgres/quote';
import { toLoadstoneError } from '#engine/postgres/server-errors';
import { isTransient } from '#engine/postgres/transient';
import { DirectSession } from './direct-session.ts';
import { readLoadModel } from './load-model.ts';
import { onServer } from './on-server.ts';
import { type PlannedTables, planForTarget } from './plan-tables.ts';
import { assertScriptFits, refusedPlan } from './tables-refusals.ts';

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
 * Makes the mapping's tables fit it: creates those that are missing, with keys, references, indexes and comments, and
 * as the policy allows alters those that are there. All of it in one transaction; afterwards a load finds what it needs.
 *
 * @throws LoadstoneError TARGET_MISMATCH that lists what is refused and why, or why the tables do not fit after a script.
 */
export async function createTables(options: CreateTablesOptions): Promise<TablesReport> {
  const session = new DirectSession(options.target);
  const { mapping, schema, signal, dryRun, policy = 'evolve' } = options;
  const script = options.ddl === undefined ? null : splitStatements(options.ddl);
  try {
    return await onServer(session, (client) => create(client, { mapping, schema, policy }, { dryRun, script }), {
      signal,
      onRetry: () => undefined,
      // Whether a lost script was committed cannot be told from the tables.
      ...(script !== null && { attempts: 1 }),
    });
  } finally {
    await session.close();
  }
}

interface HowToCreate {
  readonly dryRun: boolean;
  readonly script: readonly ScriptStatement[] | null;
}

async function create(
  client: PgClient,
  request: TablesRequest,
  { dryRun, script }: HowToCreate,
): Promise<TablesReport> {
  await client.query('begin');
  await lockTableCreation(client);
  const planned = await planUnderLock(client, request, dryRun);
  if (planned.plan.state === 'refused' && script === null) throw refusedPlan(planned.plan);
  const { mapping = request.mapping } = planned.plan;
  const { schema } = request;
  if (script !== null) {
    await runScript(client, script);
    const after = await planForTarget(client, { mapping, schema, policy: 'evolve' });
    assertScriptFits(after.plan);
  } else if (!dryRun || !altersExisting(planned)) {
    for (const statement of planned.plan.ddl) await client.query(statement);
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

/** A script may set another search path; what the mapping's names mean does not change by that. */
async function runScript(client: PgClient, script: readonly ScriptStatement[]): Promise<void> {
  const { rows } = await client.query<{ path: string }>(`select current_setting('search_path') as path`);
  for (const statement of script) await runStatement(client, statement);
  await client.query(`select set_config('search_path', $1, false)`, [rows[0]?.path ?? '']);
}

/** In the extended protocol the server itself refuses more than one statement at a time. */
async function runStatement(client: PgClient, { text, line }: ScriptStatement): Promise<void> {
  try {
    const statement = { text, queryMode: 'extended' };
    await client.query(statement);
  } catch (thrown) {
    throw isTransient(thrown) ? thrown : toLoadstoneError(thrown, { action: `run line ${line} of the DDL` });
  }
}

function report({ plan, tables, existing }: PlannedTables, { dryRun, script }: HowToCreate): TablesReport {
  const kept = tables.filter(({ keep }) => keep);
  const names = (isThere: boolean) =>
    kept.filter(({ index }) => existing.has(index) === isThere).map(({ name }) => name);
  const ddl = script === null ? plan.ddl : script.map(({ text }) => text);
  return { ...plan, ddl, dryRun, edited: script !== null, created: names(false), existing: names(true) };
}
