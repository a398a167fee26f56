import { LoadstoneError } from '#contract/errors';
import type { Mapping } from '#contract/mapping';
import type { LoadTable } from '#engine/model/load-table';
import type { NameTable } from '#engine/model/name-table';
import type { CompiledColumn, CompiledMapping } from './compile/compiled.ts';
import { compileMapping } from './compile-mapping.ts';
import { compileConverter } from './convert/compile-converter.ts';
import type { BadValue, ColumnConverter } from './convert/converter.ts';

/**
 * Compiles a mapping for tables that exist: a value must convert to the mapping's type and then, as strictly, to the
 * type the target really has, and a column that the target wants filled is wanted of the record. So a target that is
 * narrower than the mapping costs rejects with file and line, never a silent cut.
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
  // The first conversion has trimmed, normalised and translated: the second one only judges the type.
  const plain = {
    name: column.mapped.name,
    type: target.type,
    nullable: true,
    round: false,
    trim: false,
    emptyAsNull: false,
  };
  const second = compileConverter(plain, { ...mapping, defaults: { ...mapping.defaults, decimal: ['.'] } });
  const constant = column.constant === null ? null : second.one(column.constant);
  if (constant !== null && typeof constant === 'object') {
    throw new LoadstoneError({
      code: 'TARGET_MISMATCH',
      message: `Column ${target.name} of ${table.name} cannot hold its constant "${column.constant}": ${constant.message}`,
      remedy: `Change the constant, or the type ${target.type} of the target's column.`,
    });
  }
  return { ...column, constant, convert: chain(column.convert, second), narrow: second };
}

function chain(first: ColumnConverter, second: ColumnConverter): ColumnConverter {
  const judge = (value: string | null | BadValue) => (typeof value === 'string' ? second.one(value) : value);
  return { one: (raw) => judge(first.one(raw)), many: (raws) => judge(first.many(raws)) };
}
