import { createHash } from 'node:crypto';
import { canonicalJson } from '#contract/canonical-json';
import type { Mapping } from '#contract/mapping';

/**
 * Tells whether two mappings take the same records, table by table, of every file, so that a record has the same
 * sequence under both. What is made of a record's values may differ: columns, types, formats, words for null, keys,
 * references, policies.
 */
export function recordsHash({ source, tables }: Pick<Mapping, 'source' | 'tables'>): string {
  const taken = tables.map(({ name, include, records = null }) => ({ name, include, records }));
  const { format, caseSensitive } = source;
  const content = { format, caseSensitive, tables: taken, ...(format === 'csv' && { csv: recordsOfCsv(source.csv) }) };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** Where a CSV file's records begin and end; what is null in them, and how columns are called, is nothing of that. */
function recordsOfCsv({ files, ...dialect }: Mapping['source']['csv']) {
  return { ...withoutValues(dialect), files: files.map(withoutValues) };
}

const ABOUT_VALUES: ReadonlySet<string> = new Set(['nullValues', 'columns', 'encoding']);

function withoutValues(dialect: object): object {
  return Object.fromEntries(Object.entries(dialect).filter(([name]) => !ABOUT_VALUES.has(name)));
}
