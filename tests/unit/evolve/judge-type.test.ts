import { expect, test } from 'vitest';
import { judgeType } from '#engine/evolve/judge-type';
import { parseColumnType } from '#engine/model/column-type';

function verdict(has: string, wants: string): string {
  const judged = judgeType(parseColumnType(has, ''), parseColumnType(wants, ''));
  switch (judged.kind) {
    case 'holds':
      return 'holds';
    case 'widen':
      return judged.rewrites ? 'widen, written anew' : 'widen';
    case 'lossy':
      return judged.why;
    default:
      return judged satisfies never;
  }
}

test.each([
  ['varchar(5)', 'varchar(9)', 'widen'],
  ['varchar(5)', 'varchar', 'widen'],
  ['varchar(5)', 'text', 'widen'],
  ['char(5)', 'char(9)', 'widen, written anew'],
  ['char(5)', 'varchar(6)', 'widen, written anew'],
  ['char(5)', 'text', 'widen, written anew'],
  ['smallint', 'integer', 'widen, written anew'],
  ['smallint', 'numeric(5,0)', 'widen, written anew'],
  ['integer', 'bigint', 'widen, written anew'],
  ['integer', 'numeric(12,2)', 'widen, written anew'],
  ['bigint', 'numeric', 'widen, written anew'],
  ['numeric(5,2)', 'numeric(9,2)', 'widen'],
  ['numeric(5,2)', 'numeric(7,4)', 'widen, written anew'],
  ['numeric(5,2)', 'numeric', 'widen'],
  ['timestamp(0)', 'timestamp', 'widen'],
  ['timestamptz(3)', 'timestamptz(6)', 'widen'],
  ['time(0)', 'time(3)', 'widen'],
  ['integer[]', 'bigint[]', 'widen, written anew'],
  ['varchar(3)[]', 'text[]', 'widen, written anew'],
])('%s becomes %s without loss', (has, wants, expected) => {
  expect(verdict(has, wants)).toBe(expected);
});

test.each([
  ['text', 'varchar(9)'],
  ['varchar', 'text'],
  ['text', 'date'],
  ['varchar(9)', 'varchar(5)'],
  ['char(9)', 'varchar(9)'],
  ['bigint', 'smallint'],
  ['numeric(12,2)', 'integer'],
  ['numeric', 'numeric(5,2)'],
  ['double precision', 'integer'],
  ['timestamp', 'date'],
  ['timestamp', 'timestamp(0)'],
  ['json', 'jsonb'],
  ['uuid', 'uuid'],
  ['bigint[]', 'integer[]'],
])('a column of type %s holds what a mapping brings as %s', (has, wants) => {
  expect(verdict(has, wants)).toBe('holds');
});

test.each([
  [
    'numeric(10,4)',
    'numeric(10,2)',
    'numeric(10,4) has 6 digits before the point and 4 after it, numeric(10,2) has 8 digits before the point and 2 after it; numeric(12,4) would hold both',
  ],
  [
    'integer',
    'numeric(9,2)',
    'integer has no decimals, numeric(9,2) has 7 digits before the point and 2 after it; numeric(12,2) would hold both',
  ],
  [
    'numeric(18,0)',
    'bigint',
    'numeric(18,0) has 18 digits before the point and 0 after it, bigint has no decimals; numeric(19,0) would hold both',
  ],
  ['varchar(5)', 'char(9)', 'char(9) pads values with blanks'],
  ['varchar(5)', 'date', 'not every text is a value of type date'],
  ['integer', 'text', 'values of type integer would no longer compare and sort as what they are'],
  ['date', 'timestamp', 'a date has no time of day: midnight would be made up'],
  ['timestamptz', 'date', 'the time of day would be lost'],
  ['timestamp', 'timestamptz', 'which moment a time without zone means depends on who reads it'],
  ['timestamptz', 'timestamp', 'the zone of the values would be lost'],
  ['real', 'double precision', '0.1 would become 0.10000000149011612'],
  ['bigint', 'double precision', 'double precision keeps about 15 digits of a number'],
  ['real', 'numeric', 'numbers in floating point do not all have a value of type numeric'],
  ['jsonb', 'uuid', 'jsonb and uuid are different kinds of values'],
  ['integer[]', 'integer', 'integer[] and integer do not hold the same values'],
])('%s does not become %s: %s', (has, wants, why) => {
  expect(verdict(has, wants)).toBe(why);
});
