import type { LoadColumn, LoadTable, ResolvedStep } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import { valueFamily } from '#engine/model/value-family';
import type { PgClient } from '#engine/postgres/client';
import { type Fill, type ResolutionStep, resolutionSteps } from './resolution-order.ts';

interface FilledColumn {
  readonly column: number;
  readonly value: string;
  readonly join: string;
}

/**
 * Fills what the mapper could not know, in SQL over staging: values that an ancestor learnt late, values of the
 * enclosing record's row, lookups, and defaults that other rows depend on. Staged rows are never changed: each step
 * makes a new version of the table beside the old one, so that a check can be run again at any time.
 */
export class ResolvedRows {
  readonly #client: PgClient;
  readonly #names: StagingNames;
  readonly #tables: readonly LoadTable[];
  readonly #current = new Map<number, string>();
  /** `table.column` of what somebody wrote into records himself: nothing else is filled in there. */
  #corrected: ReadonlySet<string> = new Set();
  #versions = 0;

  constructor(client: PgClient, names: StagingNames, tables: readonly LoadTable[]) {
    this.#client = client;
    this.#names = names;
    this.#tables = tables;
  }

  /** The relation that holds the table's rows as far as they are resolved. */
  relation(table: number): string {
    return this.#current.get(table) ?? this.#names.rows(table);
  }

  async resolve(): Promise<void> {
    const late = await this.#tablesWithLateValues();
    this.#corrected = await this.#correctedColumns();
    for (const step of resolutionSteps(this.#tables, late)) {
      if (step.circular) await this.#resolveCircle(step);
      else await this.#fillAll(step.fills);
    }
  }

  /** From here on there are only the rows that `wanted` (file, seq) names. */
  async keepOnly(wanted: string): Promise<void> {
    for (const { index } of this.#tables) {
      await this.#replace(index, `select s.* from ${this.relation(index)} s join ${wanted} w using (file, seq)`);
    }
  }

  /** Values come down one generation of enclosing records a round; what is still missing then takes its default. */
  async #resolveCircle({ fills }: ResolutionStep): Promise<void> {
    const defaults = fills.filter(({ kind }) => kind === 'default');
    const others = fills.filter(({ kind }) => kind !== 'default');
    for (let before = -1, filled = 0; filled > before; ) {
      before = filled;
      for (const fill of others) await this.#fillAll([fill]);
      filled = await this.#countFilled(others);
    }
    await this.#fillAll(defaults);
  }

  async #countFilled(fills: readonly Fill[]): Promise<number> {
    let filled = 0;
    for (const { table, column } of fills) {
      const { rows } = await this.#client.query<{ count: string }>(
        `select count(c${column}) from ${this.relation(table)}`,
      );
      filled += Number(rows[0]?.count);
    }
    return filled;
  }

  /** Fills of different columns. */
  async #fillAll(fills: readonly Fill[]): Promise<void> {
    for (const [table, members] of Map.groupBy(fills, (fill) => fill.table)) {
      await this.#nextVersion(this.#tables[table] as LoadTable, members);
    }
  }

  async #tablesWithLateValues(): Promise<ReadonlySet<string>> {
    const { rows } = await this.#client.query<{ tab: number; col: number | null }>(
      `select distinct tab, col from ${this.#names.late} where code is null`,
    );
    return new Set(rows.map((row) => `${row.tab}.${row.col}`));
  }

  async #correctedColumns(): Promise<ReadonlySet<string>> {
    const { rows } = await this.#client.query<{ tab: number; col: number }>(
      `select distinct tab, col from ${this.#names.corrected}`,
    );
    return new Set(rows.map((row) => `${row.tab}.${row.col}`));
  }

  async #nextVersion(table: LoadTable, fills: readonly Fill[]): Promise<void> {
    const parts = fills.map((fill, number) => this.#fillSql(table, fill, `f${number}`));
    const filled = new Map(parts.map((part) => [part.column, part.value]));
    const columns = [
      's.file',
      's.seq',
      's.line',
      ...table.slots.map((_, slot) => `s.a${slot}`),
      ...table.columns.map(({ index }) => `${filled.get(index) ?? `s.c${index}`} as c${index}`),
    ];
    const joins = parts.map((part) => part.join).join(' ');
    await this.#replace(table.index, `select ${columns.join(', ')} from ${this.relation(table.index)} s ${joins}`);
  }

  async #replace(table: number, select: string): Promise<void> {
    this.#versions += 1;
    // Not an unlogged table: a server that is killed while a transaction has made one may refuse its next start.
    const version = `pg_temp.r${table}_${this.#versions}`;
    await this.#client.query(`create temp table ${version} on commit drop as ${select}`);
    this.#current.set(table, version);
  }

  #fillSql(table: LoadTable, fill: Fill, alias: string): FilledColumn {
    const filled = this.#plainFillSql(table, fill, alias);
    if (fill.kind === 'default' || !this.#corrected.has(`${fill.table}.${fill.column}`)) return filled;
    const own = `k${alias}`;
    return {
      ...filled,
      value: `case when ${own}.file is null then ${filled.value} else s.c${fill.column} end`,
      join: `${filled.join} left join ${this.#names.corrected} ${own}
        on ${own}.file = s.file and ${own}.seq = s.seq and ${own}.tab = ${fill.table} and ${own}.col = ${fill.column}`,
    };
  }

  #plainFillSql(table: LoadTable, fill: Fill, alias: string): FilledColumn {
    const column = table.columns[fill.column] as LoadColumn;
    switch (fill.kind) {
      case 'late':
        return this.#lateSql(table, column, alias);
      case 'parent':
        return this.#parentSql(column, alias);
      case 'lookup':
        return this.#lookupSql(table, column, alias);
      case 'default':
        return { column: column.index, value: `coalesce(s.c${column.index}, (${column.default}))`, join: '' };
      default:
        return fill.kind satisfies never;
    }
  }

  #lateSql(table: LoadTable, column: LoadColumn, alias: string) {
    const anchors = table.slots.map((_, slot) => `(l.slot = ${slot} and l.anchor = s.a${slot})`).join(' or ');
    const join = `left join lateral (
      select l.value from ${this.#names.late} l
      where l.file = s.file and l.tab = ${table.index} and l.col = ${column.index} and l.code is null and (${anchors}) limit 1) ${alias} on true`;
    return { column: column.index, value: `coalesce(s.c${column.index}, ${alias}.value::${column.type})`, join };
  }

  #parentSql(column: LoadColumn, alias: string) {
    if (column.source.kind !== 'parent') throw new Error('a parent fill belongs to a parent column');
    const { slot, columns } = column.source;
    const parents = columns.map((parent) => {
      const value = this.#inFamilyOf(column, `c${parent.column}`, this.#typeOf(parent.table, parent.column));
      return `select file, seq, ${value} as value from ${this.relation(parent.table)}`;
    });
    const join = `left join (${parents.join(' union all ')}) ${alias} on ${alias}.file = s.file and ${alias}.seq = s.a${slot}`;
    return { column: column.index, value: `coalesce(s.c${column.index}, ${alias}.value)`, join };
  }

  #typeOf(table: number, column: number): string {
    return this.#tables[table]?.columns[column]?.type ?? 'text';
  }

  /** A value in a type that loses nothing of it: whether it fits the column is judged afterwards. */
  #inFamilyOf(column: LoadColumn, value: string, type: string): string {
    const wanted = valueFamily(column.type);
    return wanted === valueFamily(type) ? value : `${value}::${wanted}`;
  }

  /** The first chain of rows, in document order, that satisfies all steps. */
  #lookupSql(table: LoadTable, column: LoadColumn, alias: string) {
    if (column.source.kind !== 'lookup') throw new Error('a lookup fill belongs to a lookup column');
    const { steps } = column.source;
    const joins = steps.map((_, number) => this.#stepSql(table, steps, number));
    const order = steps.flatMap((_, number) => [`l${number}.file`, `l${number}.seq`]);
    const last = steps.length - 1;
    const { table: taken, take } = steps[last] as ResolvedStep;
    const value = this.#inFamilyOf(column, `l${last}.c${take}`, this.#typeOf(taken, take));
    const join = `left join (
      select distinct on (b.file, b.seq) b.file, b.seq, ${value} as value
      from ${this.relation(table.index)} b ${joins.join(' ')}
      order by b.file, b.seq, ${order.join(', ')}) ${alias} on ${alias}.file = s.file and ${alias}.seq = s.seq`;
    return { column: column.index, value: `${alias}.value`, join };
  }

  #stepSql(table: LoadTable, steps: readonly ResolvedStep[], number: number): string {
    const step = steps[number] as ResolvedStep;
    const before = steps[number - 1];
    const conditions = step.where.map(({ column, equals }) => {
      const [ours, type] =
        equals === '$value' && before !== undefined
          ? [`l${number - 1}.c${before.take}`, this.#typeOf(before.table, before.take)]
          : [`b.c${equals}`, this.#typeOf(table.index, equals as number)];
      const theirs = `l${number}.c${column}`;
      return type === this.#typeOf(step.table, column) ? `${theirs} = ${ours}` : `${theirs}::text = ${ours}::text`;
    });
    if (step.scope === 'file') conditions.push(`l${number}.file = b.file`);
    return `join ${this.relation(step.table)} l${number} on ${conditions.join(' and ')}`;
  }
}
