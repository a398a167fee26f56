import { expect } from 'vitest';
import type { PgClient } from '#engine/postgres/client';
import { keyOf, type ModelTable, type Values } from './model.ts';

export interface Found {
  readonly values: Values;
  readonly xmin: string;
}

/** All rows by table and key. */
export async function readTables(
  client: PgClient,
  schema: string,
  tables: readonly ModelTable[],
): Promise<Map<string, Map<string, Found>>> {
  const all = new Map<string, Map<string, Found>>();
  for (const table of tables) {
    const { rows } = await client.query<Record<string, string | null> & { loadstone_xmin: string }>(
      `select ${table.columns.map((column) => `${column}::text`).join(', ')}, xmin::text as loadstone_xmin from ${schema}.${table.name}`,
    );
    const found = rows.map(({ loadstone_xmin: xmin, ...values }) => [keyOf(table, values), { values, xmin }] as const);
    expect(new Set(found.map(([key]) => key)).size).toBe(found.length);
    all.set(table.name, new Map(found));
  }
  return all;
}

type AnyState = ReadonlyMap<string, ReadonlyMap<string, { readonly values: Values }>>;

/** Tables as plain values that can be compared. */
export function contentsOf(state: AnyState) {
  return Object.fromEntries(
    [...state].map(([name, rows]) => [
      name,
      Object.fromEntries(
        [...rows].map(([key, { values }]) => [key, values] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ]),
  );
}
