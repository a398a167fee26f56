import type { Mapping } from '#contract/mapping';
import type { NameTable } from '#engine/model/name-table';
import type { CompiledColumn, CompiledMapping } from './compile/compiled.ts';
import { compileMapping } from './compile-mapping.ts';

/**
 * Compiles a mapping so that every value comes as it stands in the file: nothing is converted, trimmed or refused. Several
 * values of one column come as the column's correction would be written.
 */
export function compileRaw(mapping: Mapping, names: NameTable): CompiledMapping {
  const compiled = compileMapping(mapping, names);
  return {
    ...compiled,
    tables: compiled.tables.map((table) => ({ ...table, columns: table.columns.map(rawColumn) })),
  };
}

function rawColumn(column: CompiledColumn): CompiledColumn {
  const isList = column.mapped.many === 'json';
  const many = (raws: readonly string[]) => (isList ? JSON.stringify(raws) : raws.join('; '));
  return { ...column, convert: { one: (raw) => raw, many }, narrow: null, missing: null, onExtraValues: 'ignore' };
}
