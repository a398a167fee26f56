import { LoadstoneError } from '#contract/errors';
import { insertedValue, targetOf } from '#engine/check/column-sql';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier } from '#engine/postgres/quote';
import { LOCK_NOT_AVAILABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import { createKeys, createMissing, createReferences } from './prepare-targets.ts';

/** Someone else's lock must not hold up the start of a load: then the merge finds out. */
const LOCK_TIMEOUT = '3s';
/** What creating meets when another transaction did the same: the name is taken, or was while it waited. */
const DUPLICATES: ReadonlySet<string> = new Set(['42P07', '42P06', '42710', '23505']);

/**
 * Tries, before anything is staged, everything that the merge will do to the tables: creates the missing ones with keys
 * and references, and has each insert planned. So a wrong default, a reference to columns of another type or a missing
 * right is known in a second, not after an hour. Leaves no trace.
 *
 * @throws LoadstoneError TARGET_MISMATCH with the server's words.
 */
export async function trialMerge(client: PgClient, names: StagingNames, tables: readonly LoadTable[]): Promise<void> {
  try {
    await tryAll(client, names, tables);
  } catch (thrown) {
    if (sqlStateOf(thrown) === LOCK_NOT_AVAILABLE) return;
    if (sqlStateOf(thrown) === undefined || /^(08|57|53)/.test(sqlStateOf(thrown) ?? '')) throw thrown;
    // Another load has created some of the tables in the meantime: what they are now, the merge finds out.
    if (DUPLICATES.has(sqlStateOf(thrown) ?? '') && (await isAnyThere(client, tables))) return;
    throw asMismatch(thrown);
  }
}

async function tryAll(client: PgClient, names: StagingNames, tables: readonly LoadTable[]): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await createMissing(client, tables);
    await createKeys(client, tables);
    await createReferences(client, tables);
    for (const table of tables.filter(({ keep }) => keep)) await planInsert(client, names, table);
  } finally {
    await client.query('rollback');
  }
}

/** Whether one of the tables is there that were missing when they were looked for. */
async function isAnyThere(client: PgClient, tables: readonly LoadTable[]): Promise<boolean> {
  const missing = tables.filter(({ keep, exists }) => keep && !exists);
  const { rowCount } = await client.query(
    `select from unnest($1::text[], $2::text[]) missing (schema, name)
       join pg_namespace n on n.nspname = missing.schema
       join pg_class c on c.relnamespace = n.oid and c.relname = missing.name and c.relkind in ('r', 'p') limit 1`,
    [missing.map(({ schema }) => schema), missing.map(({ table }) => table)],
  );
  return rowCount === 1;
}

async function planInsert(client: PgClient, names: StagingNames, table: LoadTable): Promise<void> {
  const columns = table.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  // Every default is to be tried, also those that will stand in the staged rows by then.
  const plain = { ...table, references: [] };
  const values = table.columns.map((column) => insertedValue(`s.c${column.index}`, column, plain)).join(', ');
  await client.query(
    `explain insert into ${targetOf(table)} (${columns}) select ${values} from ${names.rows(table.index)} s`,
  );
}

function asMismatch(thrown: unknown): LoadstoneError {
  const { message, detail, code } = thrown as { message: string; detail?: string; code: string };
  const permission = code === '42501';
  return new LoadstoneError({
    code: permission ? 'PERMISSION_DENIED' : 'TARGET_MISMATCH',
    message: `The target cannot take these rows: ${message}${detail ? ` (${detail})` : ''}. Nothing was loaded.`,
    remedy: permission
      ? 'Ask the owner to GRANT what is missing, or connect as another user.'
      : 'Correct the mapping (types, defaults, keys, references), or the target table.',
    sqlState: code,
    cause: thrown,
  });
}
