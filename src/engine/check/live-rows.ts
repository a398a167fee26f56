import type { LoadTable } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { ResolvedRows } from './resolve-columns.ts';

/**
 * Which staged rows are still in the running, as SQL. Most loads reject nothing, so the joins that leave rows out (or
 * null their references) are written only for tables that need them.
 */
export class LiveRows {
  readonly names: StagingNames;
  readonly #resolved: ResolvedRows;
  readonly #withDead = new Set<number>();
  readonly #nulled = new Map<number, Set<number>>();

  constructor(names: StagingNames, resolved: ResolvedRows) {
    this.names = names;
    this.#resolved = resolved;
  }

  noteDead(table: number, count: number): void {
    if (count > 0) this.#withDead.add(table);
  }

  noteNulled(table: number, reference: number, count: number): void {
    if (count === 0) return;
    this.#nulled.set(table, (this.#nulled.get(table) ?? new Set()).add(reference));
  }

  /** All of the table's rows that take part in the load, rejected or not. */
  relation(table: LoadTable): string {
    return this.#resolved.relation(table.index);
  }

  /** @returns a parenthesised select of file, seq, line, a…, c… of the table's rows that are neither rejected nor left out. */
  select(table: LoadTable): string {
    const nulled = [...(this.#nulled.get(table.index) ?? [])];
    const joins = nulled.map(
      (reference) =>
        `left join ${this.names.nulled} n${reference} on n${reference}.tab = ${table.index} and n${reference}.ref = ${reference}
           and n${reference}.file = s.file and n${reference}.seq = s.seq`,
    );
    const columns = [
      's.file',
      's.seq',
      's.line',
      ...table.slots.map((_, slot) => `s.a${slot}`),
      ...table.columns.map(({ index }) => nulledColumn(table, index, nulled)),
    ];
    const alive = this.#withDead.has(table.index)
      ? `where not exists (select from ${this.names.dead} d where d.file = s.file and d.seq = s.seq)`
      : '';
    return `(select ${columns.join(', ')} from ${this.relation(table)} s ${joins.join(' ')} ${alive})`;
  }
}

function nulledColumn(table: LoadTable, column: number, nulled: readonly number[]): string {
  const references = nulled.filter((reference) => table.references[reference]?.columns.includes(column));
  if (references.length === 0) return `s.c${column}`;
  const isKept = references.map((reference) => `n${reference}.file is null`).join(' and ');
  return `case when ${isKept} then s.c${column} end as c${column}`;
}
