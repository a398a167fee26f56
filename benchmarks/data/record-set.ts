import { createRandom } from './random.ts';
import { placeOf, RECORD_TABLES, type RecordTable, recordId, rowsOf, type TableName } from './record-tables.ts';

/** How many records, and which world they belong to: equal sets on every machine. */
export interface RecordSet {
  readonly seed: number;
  /** A multiple of ten. */
  readonly total: number;
}

export interface MadeRecord {
  readonly table: RecordTable;
  readonly values: readonly (string | null)[];
}

const TABLE_BY_NAME = new Map(RECORD_TABLES.map((table) => [table.name, table]));

/** Record `index` of the set, made without any other. */
export function makeRecord(set: RecordSet, index: number): MadeRecord {
  const { table: name, row } = placeOf(index);
  const table = TABLE_BY_NAME.get(name)!;
  const random = createRandom(set.seed, index);
  const referTo = (target: TableName): string => {
    const most = rowsOf(target, set.total) - 1;
    return recordId(set.seed, target, random.between(0, most));
  };
  const context = { random, id: recordId(set.seed, name, row), referTo };
  return { table, values: table.columns.map((column) => column.value(context)) };
}

export function toXml({ table, values }: MadeRecord): string {
  const fields = table.columns.map(({ name }, at) => {
    const value = values[at];
    return value == null ? '' : `    <${name}>${escapeXml(value)}</${name}>\n`;
  });
  return `  <${table.element}>\n${fields.join('')}  </${table.element}>\n`;
}

/** One line of COPY's text format. */
export function toCopyLine(values: readonly (string | null)[]): string {
  return `${values.map((value) => (value === null ? '\\N' : escapeCopy(value))).join('\t')}\n`;
}

export function expectedRows(total: number): Record<string, number> {
  return Object.fromEntries(RECORD_TABLES.map(({ name }) => [name, rowsOf(name, total)]));
}

/** The mapping file of the records. */
export function recordMapping(): object {
  return {
    version: 1,
    name: 'benchmark-records',
    source: { format: 'xml', include: ['**/*.xml'] },
    tables: RECORD_TABLES.map((table) => ({
      name: table.name,
      records: `DuLieuDatDai/${table.element}`,
      columns: table.columns.map(({ name, type }, at) =>
        at === 0 ? { name, path: name, type, nullable: false } : { name, path: name, type },
      ),
      key: [table.columns[0]!.name],
      references: table.references.map(({ column, table: target, on }) => ({
        columns: [column],
        table: target,
        on: [on],
      })),
    })),
  };
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const NEEDS_ESCAPE = /[\\\t\n\r]/;

function escapeCopy(value: string): string {
  if (!NEEDS_ESCAPE.test(value)) return value;
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
