import { type MappingInput, mappingSchema } from '#contract/mapping';
import { compileConverter } from '#engine/map/convert/compile-converter';
import type { ColumnConverter } from '#engine/map/convert/converter';

type Column = MappingInput['tables'][number]['columns'][number];

/** The converter of a column of one table, as a load compiles it. */
export function converterOf(
  column: Partial<Column>,
  defaults: MappingInput['defaults'] = {},
  format: MappingInput['source']['format'] = 'xml',
): ColumnConverter {
  const mapping = mappingSchema.parse({
    version: 1,
    name: 'test',
    source: { format },
    defaults,
    tables: [{ name: 't', columns: [{ name: 'c', path: 'c', type: 'text', ...column }] }],
  });
  return compileConverter(mapping.tables[0]!.columns[0]!, mapping);
}

/** What one text becomes: the value, or the code of its rejection. */
export function read(
  raw: string,
  column: Partial<Column>,
  defaults: MappingInput['defaults'] = {},
  format: MappingInput['source']['format'] = 'xml',
): unknown {
  const value = converterOf(column, defaults, format).one(raw);
  return typeof value === 'object' && value !== null ? value.code : value;
}
