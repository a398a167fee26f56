import { LoadstoneError } from '#contract/errors';
import type { PgClient } from './client.ts';
import { INSUFFICIENT_PRIVILEGE } from './sql-states.ts';
import { sql as loads } from './target-schema/0001-loads.ts';
import { sql as resolutions } from './target-schema/0002-resolutions.ts';
import { sql as undo } from './target-schema/0003-undo.ts';
import { sql as corrections } from './target-schema/0004-corrections.ts';
import { sql as audit } from './target-schema/0005-audit.ts';
import { sqlStateOf } from './transient.ts';

/** Serialises the set-up; the number is arbitrary but ours. */
const INSTALL_LOCK = 4_710_001;

/**
 * What Loadstone keeps in the target, logged. Undo data and provenance are a table per load and target beside these,
 * typed as the target is. In order; a migration's number is its place, counted from 1. Released ones never change.
 */
const MIGRATIONS = [loads, resolutions, undo, corrections, audit];

// `create schema if not exists` would ask for the right to create schemas also where it is there.
const VERSIONS = `
do $$ begin
  if to_regnamespace('loadstone') is null then create schema loadstone; end if;
end $$;
create table if not exists loadstone.versions (number int primary key, installed_at timestamptz not null default now());`;

/** Changing tables needs them alone, and whoever waits for that lets nobody else at them. */
const LOCK_TIMEOUT = '5s';

/**
 * Other roles that were let into a former version's tables are let into the new ones in the same way; the insert into
 * the audit log ends every merge.
 */
const SHARE_NEW_TABLES = `
do $$ declare made regclass; granted record; begin
  for made in select oid::regclass from pg_class
    where relnamespace = 'loadstone'::regnamespace and relkind = 'r' and relacl is null
      and relname in ('versions', 'undo_conflicts', 'corrections', 'audit')
  loop
    for granted in select grantee, privilege_type from pg_class, aclexplode(relacl)
      where oid = 'loadstone.loads'::regclass and grantee <> relowner
    loop
      execute format('grant %s on %s to %s', granted.privilege_type, made,
        case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end);
    end loop;
  end loop;
end $$`;

/**
 * Makes sure the `loadstone` schema is there and of this version's form. Safe when several hosts call it at once.
 * @throws LoadstoneError SCHEMA_NEWER when a newer Loadstone has changed it.
 */
export async function installLoadstoneSchema(client: PgClient): Promise<void> {
  if ((await installedVersion(client)) === MIGRATIONS.length) return;
  await client.query(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`);
  try {
    await client.query('select pg_advisory_xact_lock($1)', [INSTALL_LOCK]);
    await client.query(VERSIONS);
    const version = await installedVersion(client);
    if (version > MIGRATIONS.length) throw newerSchema(version);
    for (const [place, migration] of MIGRATIONS.entries()) {
      if (place < version) continue;
      await client.query(migration);
      await client.query('insert into loadstone.versions (number) values ($1)', [place + 1]);
    }
    await client.query(SHARE_NEW_TABLES);
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw sqlStateOf(thrown) === INSUFFICIENT_PRIVILEGE ? await mayNotInstall(client, thrown) : thrown;
  }
}

async function mayNotInstall(client: PgClient, cause: unknown): Promise<LoadstoneError> {
  const { rows } = await client.query<{ owner: string }>(
    `select pg_get_userbyid(relowner) as owner from pg_class where oid = to_regclass('loadstone.loads')`,
  );
  const owner = rows[0]?.owner;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LoadstoneError({
    code: 'PERMISSION_DENIED',
    message: `The schema "loadstone", in which Loadstone keeps its books, could not be ${owner === undefined ? 'made' : 'brought to the form of this version'}: ${reason}. Nothing was loaded.`,
    remedy:
      owner === undefined
        ? 'Ask the owner of the database to GRANT CREATE on it, or connect as another user.'
        : `Connect once as ${owner}, who owns it; other users can then go on as before.`,
    sqlState: INSUFFICIENT_PRIVILEGE,
    cause,
  });
}

/**
 * Brings an installation of an older version to this one's form, so that what is read from it can be. Does nothing where
 * none is. To be called before a read-only transaction begins.
 */
export async function upgradeLoadstoneSchema(client: PgClient): Promise<void> {
  if ((await isLoadstoneInstalled(client)) && (await installedVersion(client)) < MIGRATIONS.length)
    await installLoadstoneSchema(client);
}

/** Whether there is an installation of any version. */
export async function isLoadstoneInstalled(client: PgClient): Promise<boolean> {
  return isThere(client, 'loadstone.rejects');
}

async function isThere(client: PgClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [name]);
  return rows[0]?.found ?? false;
}

/** @returns 0 where none is installed, or one from before versions were counted. */
async function installedVersion(client: PgClient): Promise<number> {
  if (!(await isThere(client, 'loadstone.versions'))) return 0;
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(number), 0) as version from loadstone.versions',
  );
  return rows[0]?.version ?? 0;
}

function newerSchema(version: number): LoadstoneError {
  return new LoadstoneError({
    code: 'SCHEMA_NEWER',
    message: `The schema "loadstone" of this database is of version ${version}; this Loadstone knows ${MIGRATIONS.length}. Nothing was loaded.`,
    remedy: 'Use the newer Loadstone that changed it.',
  });
}
