import { expect, test } from 'vitest';
import { parseColumnType, printColumnType } from '#engine/model/column-type';

const canonical = (text: string) => printColumnType(parseColumnType(text, 'here'));

test.each([
  ['text', 'TEXT', ' text '],
  ['varchar(255)', 'character varying(255)', 'VarChar ( 255 )', 'char varying(255)', 'pg_catalog.varchar(255)'],
  ['varchar', 'character varying'],
  ['char(1)', 'char', 'character', 'character(1)'],
  ['smallint', 'int2'],
  ['integer', 'int', 'INT4'],
  ['bigint', 'int8'],
  ['numeric', 'decimal', 'dec'],
  ['numeric(15,2)', 'NUMERIC (15, 2)', 'decimal(15,2)'],
  ['numeric(5,0)', 'numeric(5)'],
  ['real', 'float4', 'float(24)'],
  ['double precision', 'float8', 'float', 'float(53)', 'DOUBLE  PRECISION'],
  ['boolean', 'bool'],
  ['date'],
  ['time', 'time without time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timestamp(3)', 'timestamp(3) without time zone'],
  ['timestamptz', 'timestamp with time zone'],
  ['timestamptz(3)', 'timestamp (3) with time zone'],
  ['uuid'],
  ['json'],
  ['jsonb'],
  ['bytea'],
  ['text[]', 'TEXT [ ]', 'text[3]'],
  ['numeric(15,2)[]', 'decimal(15,2)[]'],
  ['timestamptz[]', 'timestamp with time zone[]'],
])('%s has one spelling', (expected, ...spellings) => {
  for (const spelling of [expected, ...spellings]) expect(canonical(spelling)).toBe(expected);
});

test.each([
  '',
  'strin',
  'varchar(0)',
  'varchar(1,2)',
  'varchar(x)',
  'text(5)',
  'numeric(0)',
  'numeric(1001)',
  'numeric(5,-2)',
  'timestamp(7)',
  'text[][]',
  'time with time zone',
  'date with time zone',
  'serial',
  'int; drop table x',
  'float(54)',
])('%j is refused with its place', (text) => {
  expect(() => parseColumnType(text, 'tables[0].columns[2].type')).toThrow(
    /^tables\[0\]\.columns\[2\]\.type: the type/,
  );
});
