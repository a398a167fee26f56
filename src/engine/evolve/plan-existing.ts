import type { TableChange } from '#contract/tables-plan';
import { parseColumnType } from '#engine/model/column-type';
import type { LoadColumn, LoadReference, LoadTable } from '#engine/model/load-table';
import { addForeignKey, columnLine, commentOnColumn, createIndex } from '#engine/postgres/ddl';
import type { TargetColumn } from '#engine/postgres/introspect';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import { judgeType } from './judge-type.ts';
import { columnsOf, type ExistingTable, type RowFacts, wantedKey, wantedReferences } from './table-facts.ts';

/** A difference and what would settle it: a clause of the table's `alter table`, or statements of their own. */
export interface Proposal {
  readonly change: Omit<TableChange, 'outcome'>;
  readonly clause?: string;
  readonly statements?: readonly string[];
}

/** Everything in which an existing table differs from what the mapping needs. Pure. */
export function proposeForExisting(existing: ExistingTable, rows: RowFacts): Proposal[] {
  const { table } = existing;
  return [
    ...table.columns.flatMap((column) => proposeColumn(existing, column)),
    ...unfilled(existing),
    ...proposeKey(existing, rows),
    ...wantedReferences(table, existing.target).map((reference) => proposeReference(table, reference, rows)),
    ...proposeIndexes(existing),
  ];
}

function proposeColumn(existing: ExistingTable, column: LoadColumn): Proposal[] {
  const { table, target } = existing;
  const found = target.columns.find(({ name }) => name === column.name);
  if (found === undefined) return [addColumn(existing, column)];
  const about = { table: table.name, columns: [column.name], from: found.type, to: column.type };
  if (found.generated || found.identity === 'a') {
    const reason = 'the database generates its values: take it out of the mapping';
    return [{ change: { ...about, kind: 'fill-column', safety: 'impossible', reason } }];
  }
  return proposeType(existing, column, found, about);
}

/** A column that must be filled gets what it can: rows that are there have no value but the default. */
function addColumn({ table, facts }: ExistingTable, column: LoadColumn): Proposal {
  const mayRequire = column.default !== null || facts.isEmpty;
  const nullable = column.nullable || !mayRequire;
  const kept =
    column.default !== null ? 'the rows that are there get its default' : 'the rows that are there have no value';
  const relaxed = nullable && !column.nullable ? ', so it may be null' : '';
  const reason = facts.isEmpty ? 'the table has no rows yet' : `${kept}${relaxed}`;
  return {
    change: {
      table: table.name,
      kind: 'add-column',
      columns: [column.name],
      from: null,
      to: column.type,
      safety: 'safe',
      reason,
    },
    clause: `add column ${columnLine({ ...column, nullable })}`,
    statements: commentOnColumn(table, column),
  };
}

function proposeType(
  { table, facts }: ExistingTable,
  column: LoadColumn,
  found: TargetColumn,
  about: Pick<TableChange, 'table' | 'columns' | 'from' | 'to'>,
): Proposal[] {
  const verdict = verdictOf(found.type, column.type, table.key.includes(column.index));
  if (verdict.kind === 'holds') return [];
  const change = { ...about, kind: 'widen-type' } as const;
  if (verdict.kind === 'lossy') return [{ change: { ...change, safety: 'lossy', reason: verdict.why } }];
  const isNumericIdentity = found.identity !== '' && column.type.startsWith('numeric');
  const fixed = facts.fixed[column.name] ?? (isNumericIdentity ? 'an identity is a whole number' : undefined);
  if (fixed !== undefined) {
    return [{ change: { ...change, safety: 'impossible', reason: `its type cannot be altered: ${fixed}` } }];
  }
  const reason = verdict.rewrites
    ? 'every value is kept; PostgreSQL writes the table anew, after which earlier loads into it cannot be undone'
    : 'every value is kept';
  const collation = facts.collations[column.name];
  return [
    {
      change: { ...change, safety: 'safe', reason },
      clause: `alter column ${quoteIdentifier(column.name)} type ${column.type}${collation === undefined ? '' : ` collate ${collation}`}`,
    },
  ];
}

/** Values are cast to a type that we do not know, when they are loaded; but keys must be compared before that. */
function verdictOf(has: string, wants: string, isKey: boolean): ReturnType<typeof judgeType> {
  try {
    return judgeType(parseColumnType(has, ''), parseColumnType(wants, ''));
  } catch {
    return isKey ? { kind: 'lossy', why: 'Loadstone cannot compare keys of this type' } : { kind: 'holds' };
  }
}

function unfilled({ table, target }: ExistingTable): Proposal[] {
  const mapped = new Set(table.columns.map(({ name }) => name));
  return target.columns
    .filter(({ name, notNull, hasDefault, identity, generated }) => {
      const fillsItself = hasDefault || identity !== '' || generated;
      return notNull && !fillsItself && !mapped.has(name);
    })
    .map(({ name, type }) => ({
      change: {
        table: table.name,
        kind: 'fill-column',
        columns: [name],
        from: type,
        to: null,
        safety: 'impossible',
        reason: 'it may not be null, has no default, and the mapping does not fill it: map it, or give it a default',
      },
    }));
}

function proposeKey({ table, target }: ExistingTable, { keyConflict }: RowFacts): Proposal[] {
  const key = wantedKey(table, target);
  if (key.length === 0) return [];
  const kind = target.primaryKey.length === 0 ? 'primary key' : 'unique';
  const change = { table: table.name, kind: 'add-key', columns: key, from: null, to: kind } as const;
  if (keyConflict !== null) return [{ change: { ...change, safety: 'impossible', reason: keyConflict } }];
  const name = quoteQualified(table.schema, table.table);
  const statement = `alter table ${name} add ${kind} (${key.map(quoteIdentifier).join(', ')})`;
  const reason = 'a load tells rows apart by it, and the rows that are there allow it';
  return [{ change: { ...change, safety: 'safe', reason }, statements: [statement] }];
}

function proposeReference(table: LoadTable, reference: LoadReference, { orphans }: RowFacts): Proposal {
  const columns = columnsOf(table, reference);
  const to = `${reference.schema}.${reference.table} (${reference.on.join(', ')})`;
  const change = { table: table.name, kind: 'add-reference', columns, from: null, to } as const;
  const lost = orphans.get(reference.index) ?? 0;
  if (lost > 0) {
    return { change: { ...change, safety: 'impossible', reason: `rows that are there and refer to nothing: ${lost}` } };
  }
  const isKnown = orphans.has(reference.index);
  const reason = isKnown ? 'the rows that are there allow it' : 'the server judges the rows that are there';
  return { change: { ...change, safety: 'safe', reason }, statements: [addForeignKey(table, reference)] };
}

/** Without an index, deleting a row that is referred to reads the whole table. */
function proposeIndexes({ table, target, facts }: ExistingTable): Proposal[] {
  const key = wantedKey(table, target);
  const known = [...facts.indexes, ...(key.length > 0 ? [key] : [])];
  const wanted = new Map(table.references.map((one) => [columnsOf(table, one).join('\0'), columnsOf(table, one)]));
  return [...wanted.values()]
    .filter((columns) => !known.some((index) => leadsWith(index, columns)))
    .map((columns) => ({
      change: {
        table: table.name,
        kind: 'add-index',
        columns,
        from: null,
        to: null,
        safety: 'safe',
        reason: 'a reference starts from it',
      },
      statements: [createIndex(table, columns)],
    }));
}

function leadsWith(index: readonly string[], columns: readonly string[]): boolean {
  const leading = index.slice(0, columns.length);
  return leading.length === columns.length && columns.every((column) => leading.includes(column));
}
