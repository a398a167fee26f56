/** What to offer when a type is being chosen. */
export const COMMON_TYPES: readonly string[] = [
  'text',
  'varchar(50)',
  'varchar(100)',
  'varchar(255)',
  'integer',
  'bigint',
  'smallint',
  'numeric',
  'numeric(15,2)',
  'double precision',
  'boolean',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'uuid',
  'json',
  'jsonb',
  'bytea',
];

export type TypeProblem = 'empty' | 'unknown' | 'no_numbers' | 'many_numbers' | 'size' | 'dimensions';

const LONGEST_TEXT = 10_485_760;
const MOST_DIGITS = 1000;
const MOST_SECOND_DIGITS = 6;
const MOST_BITS = 53;

/** The ranges of the numbers a type may have in brackets. */
type Ranges = readonly (readonly [least: number, most: number])[];

const LENGTH: Ranges = [[1, LONGEST_TEXT]];
const SECONDS: Ranges = [[0, MOST_SECOND_DIGITS]];
const DIGITS: Ranges = [
  [1, MOST_DIGITS],
  [0, MOST_DIGITS],
];

const TYPES: ReadonlyMap<string, Ranges> = new Map([
  ...named([], 'text boolean bool date uuid json jsonb bytea real float4 float8'),
  ...named([], 'smallint int2 integer int int4 bigint int8'),
  ...named(LENGTH, 'varchar char character bpchar'),
  ...named(DIGITS, 'numeric decimal dec'),
  ...named(SECONDS, 'time timestamp timestamptz'),
  ['float', [[1, MOST_BITS]]],
  ['double precision', []],
  ['character varying', LENGTH],
  ['char varying', LENGTH],
  ['time without time zone', SECONDS],
  ['timestamp without time zone', SECONDS],
  ['timestamp with time zone', SECONDS],
]);

function named(ranges: Ranges, names: string): [string, Ranges][] {
  return names.split(' ').map((name) => [name, ranges]);
}

// name, (numbers), the words after them ("with time zone"), array marks
const SHAPE =
  /^([a-z][a-z0-9_ ]*?) ?(?:\( ?(\d+(?: ?, ?\d+)*) ?\))? ?((?:with|without) time zone)? ?((?:\[ ?\d* ?\] ?)*)$/;

/** What keeps a type from being used, judged as the load itself will; null: nothing. */
export function typeProblem(text: string): TypeProblem | null {
  const spelled = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^pg_catalog\./, '');
  if (spelled === '') return 'empty';
  const [, base = '', list, zone, marks = ''] = SHAPE.exec(spelled) ?? [];
  const ranges = TYPES.get(zone === undefined ? base : `${base} ${zone}`);
  if (ranges === undefined) return 'unknown';
  const numbers = list === undefined ? [] : list.split(',').map(Number);
  if (numbers.length > ranges.length) return ranges.length === 0 ? 'no_numbers' : 'many_numbers';
  const fits = numbers.every((number, at) => {
    const [least, most] = ranges[at] ?? [0, 0];
    return number >= least && number <= most;
  });
  if (!fits) return 'size';
  return marks.split('[').length > 2 ? 'dimensions' : null;
}
