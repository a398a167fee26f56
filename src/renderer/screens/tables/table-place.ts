import { useHashLocation } from 'wouter/use-hash-location';
import type { TableName } from '#contract/api/catalog';

/** What the address names: a connection (`embedded` or a saved one's id), and perhaps a table of it. */
export interface TablePlace {
  readonly connection: string | null;
  readonly table: TableName | null;
}

/** Read from the address as it stands: names of tables may hold any character. */
export function useTablePlace(): TablePlace {
  const [address] = useHashLocation();
  const [connection, schema, table] = address.split('/').slice(2).map(decode);
  return {
    connection: connection || null,
    table: schema && table ? { schema, table } : null,
  };
}

export function tableAddress(connection: string, table?: TableName): string {
  const parts = table === undefined ? [connection] : [connection, table.schema, table.table];
  return `/tables/${parts.map(encodeURIComponent).join('/')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
