import { LoadstoneError } from '#contract/errors';
import type { MappedColumn, Mapping } from '#contract/mapping';
import { type ColumnType, parseColumnType, printColumnType, type ScalarType } from '#engine/model/column-type';
import { arrayLiteral } from './array-literal.ts';
import { scalarConverter } from './convert-scalar.ts';
import type { BadValue, ColumnConverter, Converted, ConvertText } from './converter.ts';
import { compilePrepare, type PrepareText, toNfc } from './prepare-text.ts';

const JOINED_WITH = '; ';

/**
 * Compiles a column's conversion: trim, normalise, `nullValues`, `values`, empty as null, then by type. With `many: "json"` one text
 * becomes a list of one.
 * @throws LoadstoneError MAPPING_INVALID for a type, format or word list that cannot be used, naming its place.
 */
export function compileConverter(column: MappedColumn, mapping: Mapping): ColumnConverter {
  const place = placeOf(column, mapping);
  const type = parseColumnType(column.type, `${place}.type`);
  const element = type.kind === 'array' ? type.element : type;
  const objection = objectionTo(column, type, element);
  if (objection !== null) throw invalid(place, objection);
  const { defaults } = mapping;
  const trim = column.trim ?? defaults.trim;
  const normalize = column.normalize ?? defaults.normalize;
  const spell = compileSpelling(trim, normalize);
  const prepare = compilePrepare({
    trim,
    normalize,
    nullValues: column.nullValues === undefined ? null : new Set(column.nullValues.map(spell)),
    values: spelledValues(column.values, spell, place),
    emptyAsNull: column.emptyAsNull ?? defaults.emptyAsNull,
  });
  const numbers = {
    signs: column.decimal ?? defaults.decimal,
    round: column.round,
    scientific: mapping.source.format === 'json',
  };
  const convert = scalarConverter(element, { column, numbers, spell, place });
  return converterFor(column, type, prepare, convert);
}

function converterFor(column: MappedColumn, type: ColumnType, prepare: PrepareText, convert: ConvertText) {
  const one = (raw: string): Converted => {
    const text = prepare(raw);
    return text === null ? null : convert(text);
  };
  const first = (raws: readonly string[]) => (raws[0] === undefined ? null : one(raws[0]));
  if (column.many === 'join') return { one, many: (raws: readonly string[]) => joined(raws, prepare, convert) };
  if (column.many === 'last') return { one, many: (raws: readonly string[]) => first(raws.slice(-1)) };
  if (column.many !== 'json' && type.kind !== 'array') return { one, many: first };
  const many = (raws: readonly string[]): Converted => {
    if (raws.length === 0) return null;
    return type.kind === 'array' ? asArray(raws, one) : convert(JSON.stringify(raws.map(prepare)));
  };
  return { one: (raw: string) => many([raw]), many };
}

function asArray(raws: readonly string[], one: (raw: string) => Converted): string | BadValue {
  const elements: (string | null)[] = [];
  for (const raw of raws) {
    const value = one(raw);
    if (value !== null && typeof value !== 'string') {
      return { code: value.code, message: `${value.message} (value ${elements.length + 1} of ${raws.length})` };
    }
    elements.push(value);
  }
  return arrayLiteral(elements);
}

function joined(raws: readonly string[], prepare: PrepareText, convert: ConvertText): Converted {
  const texts = raws.map(prepare).filter((text) => text !== null);
  return texts.length === 0 ? null : convert(texts.join(JOINED_WITH));
}

function compileSpelling(trim: boolean, normalize: 'none' | 'NFC'): (word: string) => string {
  return (word) => {
    const ends = trim ? word.trim() : word;
    return normalize === 'NFC' ? toNfc(ends) : ends;
  };
}

function spelledValues(
  values: MappedColumn['values'],
  spell: (word: string) => string,
  place: string,
): ReadonlyMap<string, string> | null {
  if (values === undefined) return null;
  const table = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    const spelled = spell(key);
    if ((table.get(spelled) ?? value) !== value) {
      throw invalid(`${place}.values`, `"${spelled}" is listed twice, once it is trimmed and normalised`);
    }
    table.set(spelled, value);
  }
  return table;
}

/** @returns what in the column does not go with its type, or null. */
function objectionTo(column: MappedColumn, type: ColumnType, element: ScalarType): string | null {
  const isText = element.kind === 'text' || element.kind === 'varchar' || element.kind === 'char';
  const spelled = printColumnType(type);
  if (type.kind === 'array') {
    if (column.many !== 'json' && column.path !== undefined) return `an array column (${spelled}) needs "many": "json"`;
  } else if (column.many === 'json' && !isText && element.kind !== 'json' && element.kind !== 'jsonb') {
    return `"many": "json" needs an array type such as ${spelled}[], or json, jsonb or text, not ${spelled}`;
  }
  if (column.many === 'join' && !isText) return `"many": "join" makes text, which does not go with the type ${spelled}`;
  const hasFormats = ['date', 'time', 'timestamp', 'timestamptz', 'bytea'].includes(element.kind);
  if (column.formats !== undefined && !hasFormats) return `"formats" does not go with the type ${spelled}`;
  const hasWords = column.true !== undefined || column.false !== undefined;
  if (hasWords && element.kind !== 'boolean') return `"true" and "false" do not go with the type ${spelled}`;
  return null;
}

function placeOf(column: MappedColumn, mapping: Mapping): string {
  const table = mapping.tables.findIndex(({ columns }) => columns.includes(column));
  if (table < 0) return `column "${column.name}"`;
  return `tables[${table}].columns[${mapping.tables[table]?.columns.indexOf(column)}] ("${column.name}")`;
}

function invalid(place: string, why: string): LoadstoneError {
  return new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${place}: ${why}.`,
    remedy: 'Change the column’s type, or the key that does not go with it.',
  });
}
