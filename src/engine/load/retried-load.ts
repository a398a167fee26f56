import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import type { LoadSpec } from '#contract/load';
import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { copyCorrections, planRejected } from '#engine/stage/plan-rejected';
import { mappingHash } from './load-model.ts';
import { recordsHash } from './records-hash.ts';

interface RootLoad {
  readonly load_id: string;
  readonly state: 'merged' | 'undone';
  readonly mapping_hash: string;
  readonly records_hash: string | null;
}

/** @returns the load that rejected the rows first: a retry has no rejects of its own. null: the target does not know it. */
export async function rootOf(client: PgClient, loadId: string): Promise<RootLoad | null> {
  const { rows } = await client.query<RootLoad>(
    `select r.load_id, r.state, r.mapping_hash, r.records_hash
     from loadstone.loads l join loadstone.loads r on r.load_id = coalesce(l.retry_of, l.load_id) where l.load_id = $1`,
    [loadId],
  );
  return rows[0] ?? null;
}

/**
 * Holds the load whose rejects are retried until the transaction ends: one retry at a time decides what is open, nobody
 * takes the load back meanwhile, and nobody corrects what is just being loaded.
 * @returns its id.
 * @throws LoadstoneError RETRY_INVALID.
 */
export async function lockRetried(client: PgClient, loadId: string): Promise<string> {
  const { load_id: rootId } = assertRetryable(await rootOf(client, loadId));
  await client.query('select from loadstone.loads where load_id = $1 for update', [rootId]);
  // Whoever held it may have undone it.
  return assertRetryable(await rootOf(client, loadId)).load_id;
}

/** @throws LoadstoneError RETRY_INVALID for a load whose rejects are no longer to be loaded. */
export function assertRetryable(root: RootLoad | null): RootLoad {
  if (root === null) throw notMerged();
  if (root.state !== 'merged') throw undone();
  return root;
}

/**
 * Plans the retry of a load's rejects: the files that hold open ones, and what was written in their place.
 * @throws LoadstoneError RETRY_INVALID when there is nothing that this load could retry.
 */
export async function planRetry(
  client: PgClient,
  names: StagingNames,
  tables: readonly LoadTable[],
  { spec, signal }: { readonly spec: LoadSpec; readonly signal: AbortSignal },
): Promise<void> {
  const root = assertRetryable(await rootOf(client, spec.retry?.loadId ?? ''));
  assertSameRecords(root, spec);
  const files = spec.paths.map((path) => resolve(path));
  const locate = (folder: string, path: string) => locateBelow(files, folder, path);
  await planRejected(client, names, { rootId: root.load_id, locate, signal });
  const stray = await copyCorrections(client, names, root.load_id, tables);
  if (stray !== null) throw strayCorrection(stray);
}

function assertSameRecords(root: RootLoad, spec: LoadSpec): void {
  if (spec.onError === 'file') {
    throw invalid(
      'A retry takes single rows of its files, so "--on-error file" has no meaning for it',
      'Retry them with "row" or "abort".',
    );
  }
  const isSame =
    root.records_hash === null
      ? root.mapping_hash === mappingHash(spec)
      : root.records_hash === recordsHash(spec.mapping);
  if (isSame) return;
  throw invalid(
    'The mapping takes other records than the one that the rows were rejected with: its tables, their "records" or "include", or how the files are read, differ. Which row is which cannot be told',
    'Change only what is made of the records (columns, types, formats, words for null, keys, references), or load the files anew with this mapping.',
  );
}

/**
 * A file's place from what the manifest keeps of it. Of several chosen paths each folder's name stands before its files'
 * paths. What the manifest says is followed only below the chosen paths.
 */
export function locateBelow(chosen: readonly string[], folder: string, path: string): string | null {
  const root = resolve(folder);
  const own = `${basename(root)}/`;
  const isPrefixed = chosen.length > 1 && chosen.includes(root) && path.startsWith(own);
  const absolute = join(root, isPrefixed ? path.slice(own.length) : path);
  const isBelow = chosen.some((start) => {
    const way = relative(start, absolute);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  });
  return isBelow ? absolute : null;
}

function strayCorrection({ table, column }: { readonly table: string; readonly column: string }): LoadstoneError {
  return invalid(
    `A corrected value stands for column ${column} of ${table}, which the mapping does not have`,
    'Take the correction back, or keep the column in the mapping.',
  );
}

export function nothingOpen(): LoadstoneError {
  return invalid('Of this load no reject is open any more', 'There is nothing to be loaded.');
}

function notMerged(): LoadstoneError {
  return invalid(
    'The load is not in the target: it was never merged, or its record was removed',
    'Load the files; a load that stopped can be resumed.',
  );
}

function undone(): LoadstoneError {
  return invalid('The load was undone, and its rejects with it', 'Load its files anew.');
}

function invalid(fact: string, remedy: string): LoadstoneError {
  return new LoadstoneError({ code: 'RETRY_INVALID', message: `${fact}. Nothing was loaded.`, remedy });
}
