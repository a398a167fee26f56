import { describe, expect, test } from 'vitest';
import { changedByCast } from '#engine/check/lossy-casts';
import { doubledKey } from '#engine/map/convert/doubled-key';
import { keepValue } from '#engine/map/convert/keep-value';
import { type ColumnType, parseColumnType, type ScalarType } from '#engine/model/column-type';

const scalar = (text: string): ScalarType => {
  const type: ColumnType = parseColumnType(text, '');
  if (type.kind === 'array') throw new Error('a scalar is meant');
  return type;
};

describe('values are looked at only where the types can change one:', () => {
  test.each([
    ['varchar(20)', 'text'],
    ['text', 'varchar(20)'],
    ['integer', 'bigint'],
    ['bigint', 'integer'],
    ['numeric(10,4)', 'numeric(10,2)'],
    ['double precision', 'numeric'],
    ['real', 'double precision'],
    ['timestamp', 'timestamp(0)'],
    ['text', 'uuid'],
    ['jsonb', 'json'],
    ['char(3)', 'char(9)'],
  ])('%s into %s costs nothing', (from, to) => {
    expect(keepValue(scalar(from), scalar(to))).toBeNull();
  });

  test.each(['mood', 'inet', 'xml', 'citext', 'bit varying', 'public.geometry(Point,4326)', 'int4range', 'tsvector'])(
    'no statement asks about the type %s',
    (castTo) => {
      const column = { castTo, mappedType: 'text' } as Parameters<typeof changedByCast>[0];
      expect(changedByCast(column, 'given')).toBeNull();
    },
  );
});

describe('a value that would become another one is told with what it would be:', () => {
  test.each([
    ['bigint', 'real', '16777217', 'would become 16777216 in'],
    ['numeric', 'double precision', '9007199254740993', 'would become 9007199254740992 in'],
    ['numeric', 'real', '-0.123456789', 'would become -0.12345679 in'],
    ['numeric', 'real', '1234.56789', 'would become 1234.5679 in'],
    ['numeric', 'real', '0.00000000123456789', 'would become 1.2345679e-9 in'],
    ['text', 'integer', '007', 'would become 7 in'],
    ['text', 'char(9)', 'ab ', 'ends with blanks'],
    ['json', 'jsonb', '{"a":1,"b":{"a":1,"a":2}}', 'holds the key "a" twice'],
  ])('%s into %s: %s', (from, to, given, said) => {
    const objection = keepValue(scalar(from), scalar(to))?.(given, given);
    expect(objection).toEqual({ code: 'BAD_VALUE', message: expect.stringContaining(said) });
  });

  test.each(['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', '["a","a"]', '{"a":"a\\",\\"a","b":"a"}', '{"a":{},"b":{}}', '""'])(
    'no key stands twice in %s',
    (json) => {
      expect(doubledKey(json)).toBeUndefined();
    },
  );

  test('keys are the same however they are spelled', () => {
    expect(doubledKey('{"a":[{}],"\\u0061":2}')).toBe('a');
  });
});
