import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import { parseColumnType, printColumnType } from '#engine/model/column-type';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import type { NameTable } from '#engine/model/name-table';
import type { CompiledColumn, CompiledMapping } from './compile/compiled.ts';
import { compileMapping } from './compile-mapping.ts';
import { arrayElements, arrayLiteral } from './convert/array-literal.ts';
import { compileConverter } from './convert/compile-converter.ts';
import type { ColumnConverter, Converted } from './convert/converter.ts';
import { keeping, keepValue } from './convert/keep-value.ts';

/**
 * Compiles a mapping for tables that exist: a value must convert to the mapping's type and then, as strictly, to the
 * type the target really has, and a column that the target wants filled is wanted of the record. So a target that is
 * narrower than the mapping costs rejects with file and line, never a silent cut, and never another value.
 */
export function compileForTarget(mapping: Mapping, tables: readonly LoadTable[], names: NameTable): CompiledMapping {
  const compiled = compileMapping(withTargetNullability(mapping, tables), names);
  return {
    ...compiled,
    tables: compiled.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) => narrowColumn(column, mapping, tables[table.index] as LoadTable)),
    })),
  };
}

function withTargetNullability(mapping: Mapping, tables: readonly LoadTable[]): Mapping {
  return {
    ...mapping,
    tables: mapping.tables.map((table, t) => ({
      ...table,
      columns: table.columns.map((column, c) => ({
        ...column,
        nullable: column.nullable && (tables[t]?.columns[c]?.nullable ?? true),
      })),
    })),
  };
}

function narrowColumn(column: CompiledColumn, mapping: Mapping, table: LoadTable): CompiledColumn {
  const target = table.columns[column.index];
  if (target === undefined || target.castTo !== null || target.type === target.mappedType) return column;
  const second = compileSecond(target, mapping);
  const constant = column.constant === null ? null : second(column.constant);
  if (constant !== null && typeof constant === 'object') {
    throw new LoadstoneError({
      code: 'TARGET_MISMATCH',
      message: `Column ${target.name} of ${table.name} cannot hold its constant "${column.constant}": ${constant.message}`,
      remedy: `Change the constant, or the type ${target.type} of the target's column.`,
    });
  }
  const narrow: ColumnConverter = { one: second, many: ([first]) => (first === undefined ? null : second(first)) };
  return { ...column, constant, convert: chain(column.convert, second), narrow };
}

type ConvertValue = (value: string) => Converted;

/** The first conversion has trimmed, normalised and translated: the second one only judges the type. */
function compileSecond({ mappedType, type, written }: LoadColumn, mapping: Mapping): ConvertValue {
  const [from, to] = [parseColumnType(mappedType, ''), parseColumnType(type, '')];
  const plain = {
    name: written,
    type: to.kind === 'array' ? printColumnType(to.element) : type,
    nullable: true,
    round: false,
    trim: false,
    emptyAsNull: false,
  };
  const { one } = compileConverter(plain, { ...mapping, defaults: { ...mapping.defaults, decimal: ['.'] } });
  const keep = keepValue(from.kind === 'array' ? from.element : from, to.kind === 'array' ? to.element : to);
  const convert = keeping(keep, one);
  if (to.kind !== 'array') return convert;
  return (value) => convertElements(from.kind === 'array' ? arrayElements(value) : [value], convert);
}

function convertElements(given: readonly (string | null)[], convert: ConvertValue): Converted {
  const elements = given.map((element) => (element === null ? null : convert(element)));
  const bad = elements.find((element) => element !== null && typeof element === 'object');
  if (typeof bad === 'object' && bad !== null) return bad;
  return arrayLiteral(elements.map((element) => (typeof element === 'string' ? element : null)));
}

function chain(first: ColumnConverter, second: ConvertValue): ColumnConverter {
  const judge = (value: Converted) => (typeof value === 'string' ? second(value) : value);
  return { one: (raw) => judge(first.one(raw)), many: (raws) => judge(first.many(raws)) };
}
