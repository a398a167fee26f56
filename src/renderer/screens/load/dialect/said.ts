import type { CsvKnown } from '#contract/csv-settings';
import type { CsvDialectFacts } from '#contract/inference';
import { literalGlob } from '#contract/literal-glob';
import type { MappedColumn, Mapping } from '#contract/mapping';

/** What somebody says of how the files are written; what is left out is guessed. */
export interface Said {
  readonly encoding?: string;
  readonly csv?: CsvKnown;
  readonly decimal?: '.' | ',';
}

export type DialectKey = keyof CsvDialectFacts;
/** The value of a property, as what is guessed gives it. */
export type DialectValue<Key extends DialectKey> = CsvDialectFacts[Key]['value'];

/** What a mapping says of the files. */
export function saidOf({ source, tables }: Mapping): Said {
  const encoding = source.encoding === 'auto' ? {} : { encoding: source.encoding };
  if (source.format !== 'csv') return encoding;
  const { delimiter, columns, files: _, ...rest } = source.csv;
  const csv = { ...rest, ...(delimiter !== 'auto' && { delimiter }), ...(columns !== undefined && { columns }) };
  const [decimal] = tables.flatMap((table) => table.columns.flatMap((column) => column.decimal?.slice(0, 1) ?? []));
  return { ...encoding, csv, ...(decimal !== undefined && { decimal }) };
}

/** What was said of one property; undefined: nothing. */
export function saidValue<Key extends DialectKey>(said: Said, key: Key): DialectValue<Key> | undefined {
  const { encoding, decimal, csv } = said;
  const all: { readonly [One in DialectKey]?: DialectValue<One> | undefined } = { ...csv, encoding, decimal };
  return all[key];
}

/** Says something of one property; undefined takes it back. */
export function say<Key extends DialectKey>(said: Said, key: Key, value: DialectValue<Key> | undefined): Said {
  const isCsv = key !== 'encoding' && key !== 'decimal';
  const { [key as keyof Said]: _, ...others } = said;
  if (!isCsv) return value === undefined ? others : { ...others, [key]: value };
  const { [key as keyof CsvKnown]: __, ...csv } = said.csv ?? {};
  return { ...said, csv: value === undefined ? csv : { ...csv, [key]: value } };
}

/** What a mapping says of one file that is written unlike the others. */
export function saidOfFile({ source }: Mapping, path: string): Said {
  const own = source.csv.files.find(({ include }) => include.includes(literalGlob(path)));
  if (source.format !== 'csv' || own === undefined) return {};
  const { include: _, encoding, ...csv } = own;
  return { csv, ...(encoding !== undefined && { encoding }) };
}

/**
 * The mapping with what is said in it; of what is not said, what is guessed: the delimiter for each file as it is read.
 * What is said newly is said of all files; what else the mapping says of single ones stays.
 */
export function withSaid(mapping: Mapping, said: Said, guess: CsvDialectFacts | undefined): Mapping {
  const source = { ...mapping.source, encoding: said.encoding ?? 'auto' };
  if (source.format !== 'csv') return { ...mapping, source };
  const { csv } = source;
  const value = <Key extends keyof CsvKnown & DialectKey>(key: Key): DialectValue<Key> => {
    const own = saidValue(said, key);
    return own === undefined ? (guess?.[key].value ?? csv[key]) : own;
  };
  const settings: Mapping['source']['csv'] = {
    ...csv,
    delimiter: said.csv?.delimiter ?? 'auto',
    quote: value('quote'),
    escape: value('escape'),
    header: value('header'),
    skipLines: value('skipLines'),
    comment: value('comment'),
    // What is guessed stands on the columns.
    nullValues: [...(saidValue(said, 'nullValues') ?? csv.nullValues)],
    files: csv.files.map((file) => omit(file, newlySaid(said, mapping))),
  };
  const sign = said.decimal ?? guess?.decimal.value;
  const read = (column: MappedColumn): MappedColumn =>
    column.decimal === undefined || sign === undefined ? column : { ...column, decimal: [sign] };
  const tables = mapping.tables.map((table) => ({ ...table, columns: table.columns.map(read) }));
  return { ...mapping, source: { ...source, csv: settings }, tables };
}

function newlySaid(said: Said, mapping: Mapping): readonly string[] {
  const before = saidOf(mapping);
  const differs = (key: keyof CsvKnown) => JSON.stringify(said.csv?.[key]) !== JSON.stringify(before.csv?.[key]);
  const keys = (Object.keys(said.csv ?? {}) as (keyof CsvKnown)[]).filter(differs);
  return said.encoding === before.encoding ? keys : [...keys, 'encoding'];
}

function omit<Whole extends object>(whole: Whole, keys: readonly string[]): Whole {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key))) as Whole;
}
