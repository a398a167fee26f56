import { createHash } from 'node:crypto';
import { canonicalJson } from '#contract/canonical-json';
import { LoadstoneError } from '#contract/errors';
import type { LoadSpec } from '#contract/load';
import type { Mapping } from '#contract/mapping';
import type { Resolutions } from '#contract/resolutions';
import { compileMapping } from '#engine/map/compile-mapping';
import { applyResolutions } from '#engine/model/apply-resolutions';
import { describeTables, type TargetFacts } from '#engine/model/describe-tables';
import type { LoadTable } from '#engine/model/load-table';
import { NameTable } from '#engine/model/name-table';
import { storedName, targetName } from '#engine/model/target-name';
import type { PgClient } from '#engine/postgres/client';
import { introspectTable, nameTaken, resolveSchema, type TargetTable } from '#engine/postgres/introspect';

/** A mapping joined with what the target holds at this moment. */
export interface LoadModel {
  readonly tables: readonly LoadTable[];
  readonly targets: readonly (TargetTable | null)[];
}

export type ModelSpec = Pick<LoadSpec, 'mapping' | 'schema' | 'onConflict' | 'resolutions'>;

/** @throws LoadstoneError MAPPING_INVALID, TARGET_MISMATCH, REFERENCE_CYCLE, RESOLUTIONS_INVALID. */
export async function readLoadModel(client: PgClient, spec: ModelSpec): Promise<LoadModel> {
  const { facts, targets } = await readTargets(client, spec);
  const tables = applyResolutions(describeTables({ ...facts, targets }), spec.resolutions);
  for (const { keep, exists, schema, table } of tables) {
    const taken = keep && !exists ? await nameTaken(client, schema, table) : null;
    if (taken !== null) throw cannotBeCreated(`${schema}.${table}`, taken);
  }
  return { tables, targets };
}

function cannotBeCreated(table: string, taken: string): LoadstoneError {
  return new LoadstoneError({
    code: 'TARGET_MISMATCH',
    message: `Table ${table} cannot be created: ${taken} has that name. Nothing was loaded.`,
    remedy: 'Choose another name or schema for the table in the mapping, or rename what is there.',
  });
}

/**
 * The tables as the mapping alone would have them, and beside them what the target has: also where the two do not fit.
 * @throws LoadstoneError MAPPING_INVALID, REFERENCE_CYCLE.
 */
export async function readWantedTables(client: PgClient, spec: ModelSpec): Promise<LoadModel> {
  const { facts, targets } = await readTargets(client, spec);
  return { tables: describeTables({ ...facts, targets: targets.map(() => null) }), targets };
}

async function readTargets(
  client: PgClient,
  spec: ModelSpec,
): Promise<{ readonly facts: Omit<TargetFacts, 'targets'>; readonly targets: readonly (TargetTable | null)[] }> {
  const { mapping } = spec;
  assertReadable(mapping);
  const { plans } = compileMapping(mapping, new NameTable());
  const wanted = spec.schema === undefined ? undefined : storedName(spec.schema, mapping);
  const schema = await resolveSchema(client, wanted);
  const targets: (TargetTable | null)[] = [];
  for (const table of mapping.tables) {
    const name = targetName(table.name, mapping);
    targets.push(table.keep ? await introspectTable(client, name.schema ?? schema, name.table) : null);
  }
  return { facts: { mapping, plans, schema, onConflict: spec.onConflict }, targets };
}

/**
 * What tells two mappings apart: their content, however it is laid out or ordered. A policy given with the load counts
 * as if the mapping said it, and so do the resolutions: files that were loaded under others are looked at again.
 */
export function mappingHash({
  mapping,
  onConflict,
  resolutions,
}: Pick<LoadSpec, 'mapping' | 'onConflict' | 'resolutions'>): string {
  const { $schema: _, ...said } = mapping;
  const content =
    onConflict === undefined ? said : { ...said, tables: said.tables.map((table) => ({ ...table, onConflict })) };
  return createHash('sha256')
    .update(canonicalJson({ ...content, resolutions: saidIn(resolutions) }))
    .digest('hex');
}

/** A document that says nothing counts as none. */
function saidIn(resolutions: Resolutions | undefined): Omit<Resolutions, '$schema' | 'version'> | undefined {
  if (resolutions === undefined) return undefined;
  const { $schema: _, version: _version, ...said } = resolutions;
  return Object.values(said).some((part) => Object.keys(part).length > 0) ? said : undefined;
}

/** Formats that the mapping format knows and this version does not read yet. */
function assertReadable({ source }: Mapping): void {
  if (source.format !== 'api') return;
  throw new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `source.format: "${source.format}" cannot be read by this version. Nothing was loaded.`,
    remedy: 'Use files of the format xml, csv or json.',
  });
}
