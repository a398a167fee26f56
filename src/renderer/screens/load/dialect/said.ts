import type { CsvKnown } from '#contract/csv-settings';
import type { CsvDialectFacts } from '#contract/inference';
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

/** The mapping with what is said in it; of what is not said, what is guessed. */
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
    delimiter: value('delimiter'),
    quote: value('quote'),
    escape: value('escape'),
    header: value('header'),
    skipLines: value('skipLines'),
    comment: value('comment'),
    // What is guessed stands on the columns.
    nullValues: [...(saidValue(said, 'nullValues') ?? csv.nullValues)],
    // What is said is said of all files.
    files: csv.files.map((file) => omit(file, Object.keys(said.csv ?? {}))),
  };
  const sign = said.decimal ?? guess?.decimal.value;
  const read = (column: MappedColumn): MappedColumn =>
    column.decimal === undefined || sign === undefined ? column : { ...column, decimal: [sign] };
  const tables = mapping.tables.map((table) => ({ ...table, columns: table.columns.map(read) }));
  return { ...mapping, source: { ...source, csv: settings }, tables };
}

function omit<Whole extends object>(whole: Whole, keys: readonly string[]): Whole {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key))) as Whole;
}
