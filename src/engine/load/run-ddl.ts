import { type ScriptStatement, splitStatements } from '#engine/evolve/split-statements';
import { statementTable } from '#engine/evolve/statement-table';
import type { PgClient } from '#engine/postgres/client';
import { toLoadstoneError } from '#engine/postgres/server-errors';
import { isTransient } from '#engine/postgres/transient';

/** How far the statements are: `table` is that of the one which runs now. */
interface DdlProgress {
  readonly done: number;
  readonly total: number;
  readonly table?: string | undefined;
}

export type OnDdl = (progress: DdlProgress) => void;

/** Runs what was planned, statement by statement. */
export async function runPlanned(client: PgClient, ddl: readonly string[], onProgress: OnDdl): Promise<void> {
  const run = (statement: string) => client.query(statement);
  await runEach(ddl, (statement) => statement, run, onProgress);
}

/** A script may set a role, another search path, anything: what follows runs as if it had not. */
export async function runScript(
  client: PgClient,
  script: readonly ScriptStatement[],
  onProgress: OnDdl,
): Promise<void> {
  const { rows } = await client.query(`select name, setting from pg_settings where source = 'session'`);
  await runEach(
    script,
    ({ text }) => text,
    (statement) => runStatement(client, statement),
    onProgress,
  );
  await client.query('set session authorization default');
  await client.query('reset role');
  await client.query('reset all');
  await client.query(
    `select set_config(name, setting, false) from json_to_recordset($1::json) as before (name text, setting text)`,
    [JSON.stringify(rows)],
  );
}

/** @throws LoadstoneError CONFIG_INVALID */
export function scriptOf(ddl: string | undefined): readonly ScriptStatement[] | null {
  return ddl === undefined ? null : splitStatements(ddl);
}

async function runEach<Statement>(
  statements: readonly Statement[],
  textOf: (statement: Statement) => string,
  run: (statement: Statement) => Promise<unknown>,
  onProgress: OnDdl,
): Promise<void> {
  const total = statements.length;
  for (const [done, statement] of statements.entries()) {
    onProgress({ done, total, table: statementTable(textOf(statement)) });
    await run(statement);
  }
  onProgress({ done: total, total });
}

/** In the extended protocol the server itself refuses more than one statement at a time. */
async function runStatement(client: PgClient, { text, line }: ScriptStatement): Promise<void> {
  try {
    const statement = { text, queryMode: 'extended' };
    await client.query(statement);
  } catch (thrown) {
    if (isTransient(thrown)) throw thrown;
    throw toLoadstoneError(thrown, { action: `run line ${line + linesBefore(text, thrown)} of the DDL` });
  }
}

/** Where in its statement the server found the fault, in lines; it counts characters from 1. */
function linesBefore(text: string, thrown: unknown): number {
  const position = Number(thrown instanceof Error ? Reflect.get(thrown, 'position') : undefined);
  if (!Number.isInteger(position)) return 0;
  return [...text].slice(0, position - 1).filter((character) => character === '\n').length;
}
