import type { LoadColumn, LoadTable, ResolvedStep } from '#engine/model/load-table';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

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
    for (const level of resolutionLevels(this.#tables, late)) {
      for (const { table, fills } of level) await this.#nextVersion(this.#tables[table] as LoadTable, fills);
    }
  }

  async #tablesWithLateValues(): Promise<ReadonlySet<string>> {
    const { rows } = await this.#client.query<{ tab: number; col: number | null }>(
      `select distinct tab, col from ${this.#names.late} where code is null`,
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
    this.#versions += 1;
    const version = this.#names.own(`r${table.index}_${this.#versions}`);
    await this.#client.query(`drop table if exists ${version}`);
    await this.#client.query(
      `create unlogged table ${version} with (autovacuum_enabled = false) as
       select ${columns.join(', ')} from ${this.relation(table.index)} s ${parts.map((part) => part.join).join(' ')}`,
    );
    this.#current.set(table.index, version);
  }

  #fillSql(table: LoadTable, fill: Fill, alias: string): { column: number; value: string; join: string } {
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
    const parents = columns.map(
      (parent) => `select file, seq, c${parent.column}::${column.type} as value from ${this.relation(parent.table)}`,
    );
    const join = `left join (${parents.join(' union all ')}) ${alias} on ${alias}.file = s.file and ${alias}.seq = s.a${slot}`;
    return { column: column.index, value: `coalesce(s.c${column.index}, ${alias}.value)`, join };
  }

  /** The first chain of rows, in document order, that satisfies all steps. */
  #lookupSql(table: LoadTable, column: LoadColumn, alias: string) {
    if (column.source.kind !== 'lookup') throw new Error('a lookup fill belongs to a lookup column');
    const { steps } = column.source;
    const joins = steps.map((_, number) => this.#stepSql(table, steps, number));
    const order = steps.flatMap((_, number) => [`l${number}.file`, `l${number}.seq`]);
    const last = steps.length - 1;
    const join = `left join (
      select distinct on (b.file, b.seq) b.file, b.seq, l${last}.c${steps[last]?.take} as value
      from ${this.relation(table.index)} b ${joins.join(' ')}
      order by b.file, b.seq, ${order.join(', ')}) ${alias} on ${alias}.file = s.file and ${alias}.seq = s.seq`;
    return { column: column.index, value: `${alias}.value`, join };
  }

  #stepSql(table: LoadTable, steps: readonly ResolvedStep[], number: number): string {
    const step = steps[number] as ResolvedStep;
    const before = steps[number - 1];
    const typeOf = (inTable: number, column: number) => this.#tables[inTable]?.columns[column]?.type;
    const conditions = step.where.map(({ column, equals }) => {
      const [ours, type] =
        equals === '$value' && before !== undefined
          ? [`l${number - 1}.c${before.take}`, typeOf(before.table, before.take)]
          : [`b.c${equals}`, typeOf(table.index, equals as number)];
      const theirs = `l${number}.c${column}`;
      return type === typeOf(step.table, column) ? `${theirs} = ${ours}` : `${theirs}::text = ${ours}::text`;
    });
    if (step.scope === 'file') conditions.push(`l${number}.file = b.file`);
    return `join ${this.relation(step.table)} l${number} on ${conditions.join(' and ')}`;
  }
}

interface Fill {
  readonly kind: 'late' | 'parent' | 'lookup' | 'default';
  readonly column: number;
}

interface TableFills {
  readonly table: number;
  readonly fills: readonly Fill[];
}

/**
 * Which columns of which tables can be filled together: a fill waits for the fills of the columns it reads.
 *
 * @param late `table.column` of the columns that late values exist for.
 */
function resolutionLevels(tables: readonly LoadTable[], late: ReadonlySet<string>): TableFills[][] {
  const waiting = tables.flatMap((table) => fillsOf(table, tables, late).map((fill) => ({ table: table.index, fill })));
  const levels: TableFills[][] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ table, fill }) => `${table}.${fill.column}`));
    const ready = waiting.filter(
      (one, place) =>
        readBy(tables, one.table, one.fill).every((read) => !open.has(read)) &&
        // A column with two fills (a late value, then its default) takes them one after the other.
        waiting.findIndex((other) => other.table === one.table && other.fill.column === one.fill.column) === place,
    );
    if (ready.length === 0) throw new Error('the compiler refuses lookups in a circle');
    levels.push(byTable(ready));
    for (const done of ready) waiting.splice(waiting.indexOf(done), 1);
  }
  return levels;
}

function byTable(fills: readonly { readonly table: number; readonly fill: Fill }[]): TableFills[] {
  const grouped = Map.groupBy(fills, ({ table }) => table);
  return [...grouped].map(([table, members]) => ({ table, fills: members.map(({ fill }) => fill) }));
}

function fillsOf(table: LoadTable, tables: readonly LoadTable[], late: ReadonlySet<string>): Fill[] {
  return table.columns.flatMap((column): Fill[] => {
    const fills: Fill[] = [];
    if (column.source.kind !== 'staged') fills.push({ kind: column.source.kind, column: column.index });
    if (late.has(`${table.index}.${column.index}`)) fills.push({ kind: 'late', column: column.index });
    if (column.default !== null && isReadByOthers(table, column, tables))
      fills.push({ kind: 'default', column: column.index });
    return fills;
  });
}

/** A default is settled before the merge only where its value decides about rows: in keys, references, and for children. */
function isReadByOthers(table: LoadTable, column: LoadColumn, tables: readonly LoadTable[]): boolean {
  if (table.key.includes(column.index)) return true;
  if (table.references.some((reference) => reference.columns.includes(column.index))) return true;
  const wanted = `${table.index}.${column.index}`;
  return tables.some((other) =>
    other.columns.some(({ index, source }) =>
      source.kind === 'staged'
        ? false
        : readBy(tables, other.index, { kind: source.kind, column: index }).includes(wanted),
    ),
  );
}

/** @returns `table.column` of every column that a fill reads. */
function readBy(tables: readonly LoadTable[], table: number, fill: Fill): string[] {
  const source = tables[table]?.columns[fill.column]?.source;
  if (source === undefined || fill.kind === 'late' || fill.kind === 'default') return [];
  if (source.kind === 'parent') return source.columns.map((parent) => `${parent.table}.${parent.column}`);
  if (source.kind === 'staged') return [];
  return source.steps.flatMap((step) => [
    `${step.table}.${step.take}`,
    ...step.where.flatMap(({ column, equals }) => [
      `${step.table}.${column}`,
      ...(equals === '$value' ? [] : [`${table}.${equals}`]),
    ]),
  ]);
}
