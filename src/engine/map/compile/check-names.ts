import type { MappedTable, Mapping } from '#contract/mapping';
import { MOST_COLUMNS, SYSTEM_COLUMNS } from '#engine/model/table-limits';
import { storedName, targetName } from '#engine/model/target-name';
import type { Problems } from './problems.ts';

/** PostgreSQL cuts longer identifiers silently. */
const MAX_NAME_BYTES = 63;

/** Tables and columns by number, found by the name they have in PostgreSQL. */
export interface NameIndex {
  table(written: string): number | null;
  column(table: number, written: string): number | null;
}

export function indexNames(mapping: Mapping): NameIndex {
  const tables = new Map(mapping.tables.map((table, index) => [tableKey(table.name, mapping), index]));
  const columns = mapping.tables.map(
    (table) => new Map(table.columns.map((column, index) => [storedName(column.name, mapping), index])),
  );
  return {
    table: (written) => tables.get(tableKey(written, mapping)) ?? null,
    column: (table, written) => columns[table]?.get(storedName(written, mapping)) ?? null,
  };
}

/** Names that are too long or meet in PostgreSQL, and names that stand for nothing. */
export function checkNames(mapping: Mapping, index: NameIndex, problems: Problems): void {
  checkTableNames(mapping, problems);
  for (const [number, table] of mapping.tables.entries()) {
    const place = `tables[${number}]`;
    checkColumnNames(mapping, table, place, problems);
    checkColumnCount(table, place, problems);
    const known = (column: string, at: string) => {
      if (exactColumn(table, column) === null) unknownColumn(table, column, `${place}.${at}`, problems);
    };
    for (const [at, column] of table.key.entries()) known(column, `key[${at}]`);
    checkRepeats(table.key, `${place}.key`, mapping, problems);
    for (const [at, reference] of table.references.entries()) {
      for (const [i, column] of reference.columns.entries()) known(column, `references[${at}].columns[${i}]`);
      checkReferenceTarget(mapping, index, reference, `${place}.references[${at}]`, problems);
    }
    if (typeof table.onConflict === 'object') {
      for (const column of Object.keys(table.onConflict.columns)) known(column, 'onConflict.columns');
    }
  }
}

function checkColumnCount({ name, columns }: MappedTable, place: string, problems: Problems): void {
  if (columns.length <= MOST_COLUMNS) return;
  problems.add(
    `${place}.columns`,
    `table "${name}" has ${columns.length} columns, and a table of PostgreSQL takes ${MOST_COLUMNS} beside what Loadstone keeps with a row`,
    'Split it into several tables with the same records and key, or leave columns out.',
  );
}

/** @returns the number of a column named as its own table writes it: one spelling per name keeps every stage simple. */
export function exactColumn(table: MappedTable, written: string): number | null {
  const found = table.columns.findIndex(({ name }) => name === written);
  return found < 0 ? null : found;
}

export function unknownColumn(table: MappedTable, column: string, place: string, problems: Problems): void {
  const names = table.columns.map(({ name }) => name);
  const meant = names.find((name) => name.toLowerCase() === column.toLowerCase());
  const remedy = meant === undefined ? `Use one of its columns: ${names.join(', ')}.` : `Write it as "${meant}".`;
  problems.add(place, `table "${table.name}" has no column "${column}"`, remedy);
}

function checkTableNames(mapping: Mapping, problems: Problems): void {
  const seen = new Map<string, number>();
  for (const [number, { name }] of mapping.tables.entries()) {
    const place = `tables[${number}].name`;
    const parts = name.split('.');
    if (parts.length > 2 || parts.includes('')) {
      problems.add(place, `"${name}" is not a table's name`, 'Write table or schema.table.');
    }
    for (const part of parts) checkLength(part, place, problems);
    const key = tableKey(name, mapping);
    const other = seen.get(key);
    seen.set(key, other ?? number);
    if (other !== undefined) {
      const same = `"${name}" and tables[${other}] "${mapping.tables[other]?.name}" are the same table`;
      problems.add(place, same, 'Map a table once; choose its records with * or //, or rename one of the two.');
    }
  }
}

function checkColumnNames(mapping: Mapping, table: MappedTable, place: string, problems: Problems): void {
  const names = table.columns.map(({ name }) => name);
  for (const [at, name] of names.entries()) checkLength(name, `${place}.columns[${at}].name`, problems);
  const seen = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    const stored = storedName(name, mapping);
    if (SYSTEM_COLUMNS.has(stored)) {
      const why = `every table in PostgreSQL has a hidden column "${stored}" of its own`;
      problems.add(`${place}.columns[${at}].name`, why, `Rename it, e.g. "${name}_2"; the path may stay as it is.`);
    }
    const other = seen.get(stored);
    seen.set(stored, other ?? name);
    if (other === undefined) continue;
    const why = `"${name}" and "${other}" are the same column in PostgreSQL`;
    problems.add(`${place}.columns[${at}].name`, why, foldRemedy(name, other));
  }
}

function checkRepeats(names: readonly string[], place: string, mapping: Mapping, problems: Problems): void {
  const stored = names.map((name) => storedName(name, mapping));
  const repeated = stored.findIndex((name, at) => stored.indexOf(name) < at);
  if (repeated >= 0) problems.add(place, `"${names[repeated]}" stands in it twice`, 'Name each column once.');
}

function foldRemedy(name: string, other: string): string {
  return name === other ? 'Rename one of them.' : 'Rename one of them, or set "quoteNames": true.';
}

function checkLength(name: string, place: string, problems: Problems): void {
  const bytes = Buffer.byteLength(name);
  if (bytes <= MAX_NAME_BYTES) return;
  const why = `"${name}" has ${bytes} bytes, PostgreSQL keeps ${MAX_NAME_BYTES}`;
  problems.add(place, why, 'Shorten the name; the path may stay as it is.');
}

function checkReferenceTarget(
  mapping: Mapping,
  index: NameIndex,
  reference: MappedTable['references'][number],
  place: string,
  problems: Problems,
): void {
  const target = index.table(reference.table);
  const table = target === null ? undefined : mapping.tables[target];
  if (target === null || table === undefined) return;
  if (!table.keep) {
    const why = `"${reference.table}" never reaches the target (keep: false)`;
    problems.add(`${place}.table`, why, 'Refer to a table that is kept, or use a lookup.');
  }
  reference.on.forEach((column, at) => {
    if (index.column(target, column) === null) unknownColumn(table, column, `${place}.on[${at}]`, problems);
  });
}

function tableKey(written: string, mapping: Mapping): string {
  const { schema, table } = targetName(written, mapping);
  return JSON.stringify([schema, table]);
}
