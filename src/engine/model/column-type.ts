import { LoadstoneError } from '#contract/errors';

/** A PostgreSQL type of one value. A null length, precision or scale means: none given. */
export type ScalarType =
  | { readonly kind: 'text' | 'boolean' | 'date' | 'uuid' | 'json' | 'jsonb' | 'bytea' }
  | { readonly kind: 'smallint' | 'integer' | 'bigint' | 'real' | 'double precision' }
  | { readonly kind: 'varchar'; readonly length: number | null }
  | { readonly kind: 'char'; readonly length: number }
  | { readonly kind: 'numeric'; readonly precision: number | null; readonly scale: number }
  | { readonly kind: 'time' | 'timestamp' | 'timestamptz'; readonly precision: number | null };

export type ColumnType = ScalarType | { readonly kind: 'array'; readonly element: ScalarType };

const LONGEST_TEXT = 10_485_760;
const MOST_DIGITS = 1000;

type Arguments = readonly number[];
interface Builder {
  readonly most: number;
  readonly build: (args: Arguments) => ScalarType | string;
}

const plain = (kind: 'text' | 'boolean' | 'date' | 'uuid' | 'json' | 'jsonb' | 'bytea'): Builder => ({
  most: 0,
  build: () => ({ kind }),
});
const number = (kind: 'smallint' | 'integer' | 'bigint' | 'real' | 'double precision'): Builder => ({
  most: 0,
  build: () => ({ kind }),
});

const varchar: Builder = {
  most: 1,
  build: ([length]) => {
    if (length === undefined) return { kind: 'varchar', length: null };
    return withinLength(length) ?? { kind: 'varchar', length };
  },
};
const char: Builder = {
  most: 1,
  build: ([length = 1]) => withinLength(length) ?? { kind: 'char', length },
};
const numeric: Builder = {
  most: 2,
  build: ([precision, scale = 0]) => {
    if (precision === undefined) return { kind: 'numeric', precision: null, scale: 0 };
    if (precision < 1 || precision > MOST_DIGITS) return `its precision must lie between 1 and ${MOST_DIGITS}`;
    if (scale < 0 || scale > MOST_DIGITS) return `its scale must lie between 0 and ${MOST_DIGITS}`;
    return { kind: 'numeric', precision, scale };
  },
};
const temporal = (kind: 'time' | 'timestamp' | 'timestamptz'): Builder => ({
  most: 1,
  build: ([precision]) => {
    if (precision === undefined) return { kind, precision: null };
    return precision <= 6 ? { kind, precision } : 'it keeps at most 6 digits of a second';
  },
});
const float: Builder = {
  most: 1,
  build: ([bits = 53]) => {
    if (bits < 1 || bits > 53) return 'its precision must lie between 1 and 53 bits';
    return { kind: bits <= 24 ? 'real' : 'double precision' };
  },
};

const BUILDERS: ReadonlyMap<string, Builder> = new Map([
  ['text', plain('text')],
  ...alias(varchar, 'varchar', 'character varying', 'char varying'),
  ...alias(char, 'char', 'character', 'bpchar'),
  ...alias(number('smallint'), 'smallint', 'int2'),
  ...alias(number('integer'), 'integer', 'int', 'int4'),
  ...alias(number('bigint'), 'bigint', 'int8'),
  ...alias(numeric, 'numeric', 'decimal', 'dec'),
  ...alias(number('real'), 'real', 'float4'),
  ...alias(number('double precision'), 'double precision', 'float8'),
  ['float', float],
  ...alias(plain('boolean'), 'boolean', 'bool'),
  ['date', plain('date')],
  ...alias(temporal('time'), 'time', 'time without time zone'),
  ...alias(temporal('timestamp'), 'timestamp', 'timestamp without time zone'),
  ...alias(temporal('timestamptz'), 'timestamptz', 'timestamp with time zone'),
  ['uuid', plain('uuid')],
  ['json', plain('json')],
  ['jsonb', plain('jsonb')],
  ['bytea', plain('bytea')],
]);

function alias(builder: Builder, ...names: readonly string[]): [string, Builder][] {
  return names.map((name) => [name, builder]);
}

function withinLength(length: number): string | undefined {
  return length >= 1 && length <= LONGEST_TEXT ? undefined : `its length must lie between 1 and ${LONGEST_TEXT}`;
}

// name, (arguments), the words after them ("with time zone"), array marks
const SHAPE =
  /^([a-z][a-z0-9_ ]*?) ?(?:\( ?(\d+(?: ?, ?\d+)*) ?\))? ?((?:with|without) time zone)? ?((?:\[ ?\d* ?\] ?)*)$/;

/**
 * Reads a type as PostgreSQL does: any case, any of its aliases, spaces where it allows them.
 * @param place where the mapping says it, e.g. `tables[0].columns[2].type`; stands in the message.
 * @throws LoadstoneError MAPPING_INVALID for a type that is unknown, not supported or badly sized.
 */
export function parseColumnType(text: string, place: string): ColumnType {
  const spelled = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^pg_catalog\./, '');
  const [, base = '', args, zone, marks = ''] = SHAPE.exec(spelled) ?? [];
  const builder = BUILDERS.get(zone === undefined ? base : `${base} ${zone}`);
  if (builder === undefined) throw invalid(text, place, 'it is not a type Loadstone can fill');
  const numbers = args === undefined ? [] : args.split(',').map(Number);
  if (numbers.length > builder.most) {
    throw invalid(text, place, builder.most === 0 ? 'it takes no number in brackets' : 'it has too many numbers');
  }
  const scalar = builder.build(numbers);
  if (typeof scalar === 'string') throw invalid(text, place, scalar);
  const dimensions = marks.split('[').length - 1;
  if (dimensions > 1) throw invalid(text, place, 'arrays have one dimension here');
  return dimensions === 1 ? { kind: 'array', element: scalar } : scalar;
}

function invalid(text: string, place: string, why: string): LoadstoneError {
  return new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${place}: the type "${text}" cannot be used: ${why}.`,
    remedy:
      'Write one of text, varchar(n), char(n), smallint, integer, bigint, numeric, numeric(p,s), real, double precision, ' +
      'boolean, date, time, timestamp, timestamptz, uuid, json, jsonb, bytea, or one of these followed by [].',
  });
}

/** @returns the type as SQL, one spelling per type, e.g. `varchar(255)`, `numeric(15,2)`, `timestamptz`, `text[]`. */
export function printColumnType(type: ColumnType): string {
  switch (type.kind) {
    case 'array':
      return `${printColumnType(type.element)}[]`;
    case 'varchar':
    case 'char':
      return type.length === null ? type.kind : `${type.kind}(${type.length})`;
    case 'numeric':
      return type.precision === null ? 'numeric' : `numeric(${type.precision},${type.scale})`;
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return type.precision === null ? type.kind : `${type.kind}(${type.precision})`;
    case 'text':
    case 'boolean':
    case 'date':
    case 'uuid':
    case 'json':
    case 'jsonb':
    case 'bytea':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double precision':
      return type.kind;
    default:
      return type satisfies never;
  }
}
