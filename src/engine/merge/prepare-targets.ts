import { targetOf } from '#engine/check/column-sql';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { tableDdl } from '#engine/postgres/ddl';
import { quoteIdentifier } from '#engine/postgres/quote';

/** Serialises loads that create tables, so that two loads of one mapping do not both create them. */
const CREATE_LOCK = 4_710_002;

export async function lockTableCreation(client: PgClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [CREATE_LOCK]);
}

/** Creates missing schemas and tables without keys and references: rows go in first. */
export async function createMissing(client: PgClient, tables: readonly LoadTable[]): Promise<void> {
  const missing = tables.filter((table) => table.keep && !table.exists);
  for (const schema of new Set(missing.map((table) => table.schema))) await createSchema(client, schema);
  for (const table of missing) await client.query(tableDdl(table).create);
}

/** `create schema if not exists` asks for the right to create even when the schema is there. */
async function createSchema(client: PgClient, schema: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`create schema ${quoteIdentifier(schema)}`);
}

/** Gives created tables their primary keys. */
export async function createKeys(client: PgClient, tables: readonly LoadTable[]): Promise<void> {
  const created = tables.filter((table) => table.keep && !table.exists).map(tableDdl);
  for (const ddl of created) if (ddl.primaryKey !== null) await client.query(ddl.primaryKey);
}

/** Says beside created tables where their rows come from; in one message, as there is one statement per column. */
export async function commentCreated(client: PgClient, tables: readonly LoadTable[]): Promise<void> {
  const comments = tables.filter((table) => table.keep && !table.exists).flatMap((table) => tableDdl(table).comments);
  if (comments.length > 0) await client.query(comments.join(';\n'));
}

/** References and indexes of created tables, once all keys are there: a reference needs the key it points to. */
export async function createReferences(client: PgClient, tables: readonly LoadTable[]): Promise<void> {
  const created = tables.filter((table) => table.keep && !table.exists).map(tableDdl);
  for (const statement of created.flatMap((ddl) => ddl.foreignKeys)) await client.query(statement);
  for (const statement of created.flatMap((ddl) => ddl.indexes)) await client.query(statement);
}

/** @returns every statement that creates what is missing, in order: what a preview shows. */
export function missingDdl(tables: readonly LoadTable[]): string[] {
  const created = tables.filter((table) => table.keep && !table.exists).map(tableDdl);
  return [
    ...created.map((ddl) => ddl.create),
    ...created.flatMap((ddl) => ddl.primaryKey ?? []),
    ...created.flatMap((ddl) => ddl.foreignKeys),
    ...created.flatMap((ddl) => ddl.indexes),
    ...created.flatMap((ddl) => ddl.comments),
  ];
}

/**
 * Keeps writers out until the transaction ends; readers go on. Always in the same order (schema, table), so that two
 * loads never wait for each other in a circle.
 */
export async function lockTargets(client: PgClient, tables: readonly LoadTable[]): Promise<void> {
  const names = tables
    .filter((table) => table.keep && table.exists)
    .map(targetOf)
    .sort();
  for (const name of names) await client.query(`lock table ${name} in share row exclusive mode`);
}
