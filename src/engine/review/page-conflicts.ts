import type { Conflict, ConflictPage, ConflictRequest } from '#contract/api/reviews';
import { conflictVersions } from '#engine/check/conflict-conditions';
import { differingFrom } from '#engine/check/differing-rows';
import { Parameters } from '#engine/check/parameters';
import { type ConflictEffect, readEffects } from '#engine/check/resolution-effects';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import type { ReviewNames } from '#engine/model/review-names';
import type { PgClient } from '#engine/postgres/client';
import { conflictFilter } from './conflict-filter.ts';

/** Characters shown of a value in a page, and of one in a conflict that is looked at alone. */
const SHOWN = 2_000;
const SHOWN_ALONE = 1_000_000;

export interface ConflictPageOptions {
  readonly names: ReviewNames;
  /** With what was decided about its conflicts. */
  readonly table: LoadTable;
  readonly request: ConflictRequest;
  /** All conflicts of the table. */
  readonly total: number;
}

/**
 * One page of a table's conflicts. Without a filter it is found by number, however many there are; with one, a first page
 * looks at every conflict once, and later ones go on where the one before ended.
 */
export async function pageConflicts(client: PgClient, options: ConflictPageOptions): Promise<ConflictPage> {
  const { table, request, total } = options;
  const { numbers, matching } = total === 0 ? NONE : await findNumbers(client, options);
  return {
    columns: reviewColumns(table),
    conflicts: numbers.length === 0 ? [] : await readConflicts(client, options, numbers),
    ...(isFirst(request) && { matching: matching ?? total }),
  };
}

export function reviewColumns(table: LoadTable): ConflictPage['columns'] {
  return table.columns.map(({ index, written, type, castTo }) => ({
    name: written,
    type: castTo ?? type,
    isKey: table.key.includes(index),
  }));
}

/** Only those are counted: a window keeps the number while it goes on. */
export function isFirst({ after, skip = 0 }: Pick<ConflictRequest, 'after' | 'skip'>): boolean {
  return after === 0 && skip === 0;
}

interface Found {
  readonly numbers: readonly string[];
  /** null: all of them. */
  readonly matching: number | null;
}

const NONE: Found = { numbers: [], matching: null };

async function findNumbers(client: PgClient, { names, table, request }: ConflictPageOptions): Promise<Found> {
  const { after, skip = 0, limit } = request;
  const relation = names.differing(table.index);
  const parameters = new Parameters();
  const filter = conflictFilter(table, request.filter, relation, parameters);
  const page = (from: string) =>
    `select number from ${from} where number > ${parameters.add(after, 'int8')} order by number offset ${parameters.add(skip, 'int8')} limit ${parameters.add(limit, 'int8')}`;
  if (filter === null) {
    const { rows } = await client.query<{ number: string }>(page(`${relation} d`), parameters.values);
    return { numbers: rows.map(({ number }) => number), matching: null };
  }
  const matching = `select d.number from ${differingFrom(table, relation)} d join ${names.plan} p on p.id = d.file where ${filter}`;
  if (!isFirst(request)) {
    const { rows } = await client.query<{ number: string }>(page(`(${matching}) d`), parameters.values);
    return { numbers: rows.map(({ number }) => number), matching: null };
  }
  const { rows } = await client.query<{ numbers: string[]; matching: string }>(
    `with hits as materialized (${matching}) select array(${page('hits')}) as numbers, (select count(*) from hits) as matching`,
    parameters.values,
  );
  return { numbers: rows[0]?.numbers ?? [], matching: Number(rows[0]?.matching) };
}

interface ConflictRow {
  readonly number: string;
  readonly path: string;
  readonly line: number;
  readonly repeats: number;
  readonly changed: readonly number[];
  readonly staged: readonly (string | null)[];
  readonly current: readonly (string | null)[];
}

async function readConflicts(
  client: PgClient,
  { names, table, request }: ConflictPageOptions,
  numbers: readonly string[],
): Promise<Conflict[]> {
  const relation = names.differing(table.index);
  const shown = request.limit === 1 ? SHOWN_ALONE : SHOWN;
  const text = (value: string) => `left((${value})::text, ${shown + 1})`;
  const texts = (of: (column: LoadColumn) => string) =>
    `array[${table.columns.map((column) => text(of(column))).join(', ')}]::text[]`;
  const { staged, current } = conflictVersions(table);
  const { rows } = await client.query<ConflictRow>(
    `select d.number, p.path, d.line, d.repeats, d.changed, ${texts(staged)} as staged, ${texts(current)} as current
     from ${differingFrom(table, relation, 'number = any($1::int8[])')} d join ${names.plan} p on p.id = d.file
     order by d.number`,
    [numbers],
  );
  const effects = await readEffects(client, table, relation, numbers.map(Number), text);
  return rows.map((row) => conflictOf(row, effects.get(Number(row.number)), shown));
}

function conflictOf(row: ConflictRow, effect: ConflictEffect | undefined, shown: number): Conflict {
  const { number, path, line, repeats, staged, current, changed } = row;
  const { outcome = 'skipped', choice = null, result = null } = effect ?? {};
  return {
    ...{ number: Number(number), path, line, repeats, outcome },
    values: staged.map((value, index) => ({
      new: shortened(value, shown),
      old: shortened(current[index] ?? null, shown),
      differs: changed.includes(index),
      ...(result !== null && { result: shortened(result[index] ?? null, shown) }),
    })),
    ...(choice !== null && { choice }),
  };
}

function shortened(value: string | null, shown: number): string | null {
  if (value === null || value.length <= shown) return value;
  const characters = [...value];
  return characters.length > shown ? `${characters.slice(0, shown).join('')}…` : value;
}
