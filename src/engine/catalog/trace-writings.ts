import type { PgClient } from '#engine/postgres/client';
import { quoteIdentifier, quoteQualified } from '#engine/postgres/quote';
import type { KnownRow } from './known-row.ts';
import { type Snapshot, snapshotOf, snapshotValues } from './snapshot.ts';
import type { KeptTable, TracedLoad } from './traced-load.ts';

/** A load that wrote the row. */
export interface Writing {
  readonly load: TracedLoad;
  readonly act: 'inserted' | 'changed';
  readonly path: string | null;
  readonly line: number | null;
  /** The number that the row showed after it. */
  readonly writer: string;
  /** What it found; null: no row. */
  readonly before: Snapshot | null;
}

/** What is kept has no index: of very many loads only the newest are looked at. */
const MOST_LOADS = 200;
const LONGEST_MS = 15_000;

/** @returns the loads that wrote the row, newest first; `truncated`: there are older ones that were not looked at. */
export async function findWritings(
  client: PgClient,
  loads: readonly TracedLoad[],
  row: KnownRow,
  signal: AbortSignal,
): Promise<{ readonly writings: readonly Writing[]; readonly truncated: boolean }> {
  const kept = loads.filter(({ dropped }) => !dropped);
  const writings: Writing[] = [];
  const until = performance.now() + LONGEST_MS;
  for (const [looked, load] of kept.entries()) {
    signal.throwIfAborted();
    if (looked === MOST_LOADS || performance.now() > until) return { writings, truncated: true };
    if (load.before !== null) writings.push(...(await findIn(client, load, load.before, 'changed', row)));
    if (load.inserted !== null) writings.push(...(await findIn(client, load, load.inserted, 'inserted', row)));
  }
  return { writings, truncated: false };
}

async function findIn(
  client: PgClient,
  load: TracedLoad,
  kept: KeptTable,
  act: Writing['act'],
  { known }: KnownRow,
): Promise<readonly Writing[]> {
  const key = load.key_columns;
  const isTellable = kept.keyTypes.length === key.length && key.length > 0 && key.every((name) => known.has(name));
  if (!isTellable) return [];
  const equal = key.map((name, i) => `b.${quoteIdentifier(name)} = ($${i + 3}::text)::${kept.keyTypes[i]}`);
  const snapshot =
    act === 'changed' ? `, ${snapshotValues('b', kept.columns)}, b."loadstone:xmin"::text as writer` : '';
  const { rows } = await client.query<
    { path: string | null; line: number | null; own: string } & Record<string, unknown>
  >(
    `select (select f.path from loadstone.files f where f.load_id = $1 and f.file = b."loadstone:file") as path,
       b."loadstone:line" as line, coalesce(b."loadstone:writer"::text, $2) as own${snapshot}
     from ${quoteQualified('loadstone', kept.name)} b where ${equal.join(' and ')} limit 1`,
    [load.load_id, load.writer, ...key.map((name) => known.get(name))],
  );
  return rows.map((found) => ({
    load,
    act,
    path: found.path,
    line: found.line,
    writer: found.own,
    before: act === 'changed' ? snapshotOf(kept.columns, found) : null,
  }));
}
