import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';

/** What the record of a merged load says of one of its targets. */
export interface UndoTable {
  readonly position: number;
  readonly mapping_table: string;
  readonly target_schema: string;
  readonly target_table: string;
  readonly target_oid: number;
  readonly key_columns: readonly string[];
  readonly inserted_table: string | null;
  readonly before_table: string | null;
}

export function nameOf(table: Pick<UndoTable, 'target_schema' | 'target_table'>): string {
  return quoteQualified(table.target_schema, table.target_table);
}

export function onKey(table: UndoTable, a: string, b: string): string {
  return table.key_columns.map((key) => `${a}.${quoteIdentifier(key)} = ${b}.${quoteIdentifier(key)}`).join(' and ');
}
