import type { LoadSpec } from '#contract/load';
import type { ResolvedRows } from '#engine/check/resolve-columns';
import { targetIdentity } from '#engine/merge/keep-record';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { mappingHash } from './load-model.ts';

interface LeaveOutOptions {
  /** As it was ordered. */
  readonly spec: LoadSpec;
  readonly tables: readonly LoadTable[];
  readonly resolved: ResolvedRows;
}

/**
 * Takes files out of a load that waited which another load has brought meanwhile, as its scan would have. Where a table
 * has no key nothing else would keep their rows from being there twice. To be called while no other load can merge.
 */
export async function leaveOutLoaded(
  client: PgClient,
  names: StagingNames,
  { spec, tables, resolved }: LeaveOutOptions,
): Promise<void> {
  if (!spec.skipLoaded || spec.retry !== undefined) return;
  const targets = await targetIdentity(client, tables);
  // While a target does not exist, nobody has loaded anything into it.
  if (targets === null) return;
  const { rows } = await client.query<{ id: number }>(
    `select p.id from ${names.plan} p join ${names.staged} s on s.file = p.id and s.code is null
     where exists (
       select from loadstone.files f join loadstone.loads l using (load_id)
       where l.mapping_hash = $1 and l.targets = $2 and l.state = 'merged' and f.counts and f.path = p.path and f.sha256 = s.sha256)`,
    [mappingHash(spec), targets],
  );
  if (rows.length === 0) return;
  const files = rows.map(({ id }) => id);
  const holders = [names.rejects, names.late, names.warnings, names.staged];
  for (const holder of [...holders, ...tables.map(({ index }) => resolved.relation(index))]) {
    await client.query(`delete from ${holder} where file = any($1::int[])`, [files]);
  }
  await client.query(`update ${names.plan} set unchanged = true where id = any($1::int[])`, [files]);
}
