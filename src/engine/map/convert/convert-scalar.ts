import type { MappedColumn } from '#contract/mapping';
import type { ScalarType } from '#engine/model/column-type';
import { booleanConverter } from './boolean.ts';
import { byteaConverter } from './bytea.ts';
import type { ConvertText } from './converter.ts';
import { convertJson, convertJsonb } from './json.ts';
import { floatConverter, integerConverter, type NumberOptions, numericConverter } from './number.ts';
import { temporalConverter } from './temporal.ts';
import { textConverter } from './text.ts';
import { convertUuid } from './uuid.ts';

interface ScalarOptions {
  readonly column: MappedColumn;
  readonly numbers: NumberOptions;
  /** How the mapping's words are spelled before they are compared with values. */
  readonly spell: (word: string) => string;
  readonly place: string;
}

/** The conversion of one text to a value of `type`. */
export function scalarConverter(type: ScalarType, { column, numbers, spell, place }: ScalarOptions): ConvertText {
  switch (type.kind) {
    case 'text':
      return textConverter(null);
    case 'varchar':
    case 'char':
      return textConverter(type.length);
    case 'smallint':
    case 'integer':
    case 'bigint':
      return integerConverter(type.kind, numbers);
    case 'numeric':
      return numericConverter(type.precision, type.scale, numbers);
    case 'real':
    case 'double precision':
      return floatConverter(type.kind, numbers);
    case 'boolean':
      return booleanConverter({ true: column.true, false: column.false, spell, place });
    case 'date':
      return temporalConverter({ kind: 'date', precision: 0, formats: column.formats, round: column.round, place });
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return temporalConverter({ ...type, formats: column.formats, round: column.round, place });
    case 'uuid':
      return convertUuid;
    case 'json':
      return convertJson;
    case 'jsonb':
      return convertJsonb;
    case 'bytea':
      return byteaConverter(column.formats, place);
    default:
      return type satisfies never;
  }
}
