import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { converterOf, read } from './compile.ts';

describe('boolean', () => {
  test('knows PostgreSQL’s words in any case', () => {
    for (const word of ['true', 'T', 'yes', 'Y', 'on', '1']) expect(read(word, { type: 'boolean' })).toBe('true');
    for (const word of ['False', 'f', 'NO', 'n', 'off', '0']) expect(read(word, { type: 'boolean' })).toBe('false');
    expect(read('maybe', { type: 'boolean' })).toBe('BAD_VALUE');
  });

  test('lets given words replace the default ones', () => {
    const column = { type: 'boolean', true: ['Có', '0'], false: ['không'] };
    expect(['có', 'CÓ', '0', 'KHÔNG', 'true', '1'].map((word) => read(word, column))).toEqual([
      'true',
      'true',
      'true',
      'false',
      'BAD_VALUE',
      'BAD_VALUE',
    ]);
    expect(read('no', { type: 'boolean', true: ['x'] })).toBe('false');
    expect(read('0', { type: 'boolean', true: ['0'] })).toBe('true');
  });

  test('minds the case where only it tells words apart', () => {
    const column = { type: 'boolean', true: ['Y'], false: ['y'] };
    expect([read('Y', column), read('y', column)]).toEqual(['true', 'false']);
  });

  test('refuses a word in both lists', () => {
    expect(() => converterOf({ type: 'boolean', true: ['1'], false: ['1'] })).toThrow(/"1" stands in both/);
  });
});

describe('uuid', () => {
  test('reads every form PostgreSQL reads', () => {
    const canonical = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
    const forms = [canonical, canonical.toUpperCase(), `{${canonical}}`, canonical.replaceAll('-', '')];
    forms.push('a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11', '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}');
    for (const form of forms) expect(read(form, { type: 'uuid' })).toBe(canonical);
  });
  test.each([
    'a0eebc99',
    '{a0eebc999c0b4ef8bb6d6bb9bd380a11',
    'a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11',
    'a0-eebc999c0b4ef8bb6d6bb9bd380a11',
    'g0eebc999c0b4ef8bb6d6bb9bd380a11',
    'a0eebc999c0b4ef8bb6d6bb9bd380a11-',
  ])('refuses %s', (text) => {
    expect(read(text, { type: 'uuid' })).toBe('BAD_VALUE');
  });
});

describe('bytea', () => {
  test('reads back hexadecimal and base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (array) => {
        const bytes = Buffer.from(array);
        const hex = `\\x${bytes.toString('hex')}`;
        expect(read(bytes.toString('hex').toUpperCase(), { type: 'bytea' })).toBe(hex);
        expect(read(hex, { type: 'bytea' })).toBe(hex);
        expect(read(bytes.toString('base64'), { type: 'bytea', formats: ['base64'] })).toBe(hex);
      }),
    );
  });
  test('tells the two apart by what fits, hex first, unless told otherwise', () => {
    expect(read('3q2+7w==', { type: 'bytea' })).toBe('\\xdeadbeef');
    expect(read('AAAA\n BBBC', { type: 'bytea', formats: ['base64'] })).toBe('\\x000000041042');
    expect(read('abcd', { type: 'bytea' })).toBe('\\xabcd');
    expect(read('abc', { type: 'bytea' })).toBe('BAD_VALUE');
    expect(() => converterOf({ type: 'bytea', formats: ['octal'] })).toThrow(/"octal" does not fit/);
  });
});

describe('json', () => {
  test('is kept as written when it parses', () => {
    expect(read(' {"b": 1.50, "a": [true]} ', { type: 'jsonb' })).toBe('{"b": 1.50, "a": [true]}');
    expect(read('{b: 1}', { type: 'json' })).toBe('BAD_VALUE');
    expect(read('NaN', { type: 'jsonb' })).toBe('BAD_VALUE');
  });
  test('is refused where jsonb could not keep it', () => {
    for (const text of ['"\\u0000"', '{"\\u0000": 1}', '["\\ud800"]', '1e200000', '[-1E-20000]']) {
      expect(read(text, { type: 'jsonb' })).toBe('BAD_VALUE');
    }
    expect(read('["\\u00e9 1e99999"]', { type: 'jsonb' })).toBe('["\\u00e9 1e99999"]');
    expect(read(`${'['.repeat(5000)}${']'.repeat(5000)}`, { type: 'json' })).toBe('BAD_VALUE');
  });
});

describe('several values', () => {
  const many = (column: Parameters<typeof converterOf>[0], raws: string[]) => converterOf(column).many(raws);
  test('join to one text, leaving out empty ones', () => {
    expect(many({ many: 'join' }, [' a ', '', 'b'])).toBe('a; b');
    expect(many({ many: 'join' }, ['', ' '])).toBeNull();
    expect(many({ many: 'join', type: 'varchar(3)' }, ['a', 'b'])).toMatchObject({ code: 'TOO_LONG' });
  });
  test('become a JSON list in text and json columns', () => {
    expect(many({ many: 'json', type: 'jsonb' }, [' a"b ', '', 'c'])).toBe('["a\\"b",null,"c"]');
    expect(converterOf({ many: 'json', type: 'text' }).one('a')).toBe('["a"]');
    expect(many({ many: 'json', type: 'text' }, [])).toBeNull();
  });
  test('become an array of converted elements', () => {
    expect(many({ many: 'json', type: 'integer[]' }, ['1', '', '2'])).toBe('{"1",NULL,"2"}');
    expect(many({ many: 'json', type: 'text[]' }, ['a"b\\', 'NULL', '{}'])).toBe('{"a\\"b\\\\","NULL","{}"}');
    expect(many({ many: 'json', type: 'date[]' }, ['2015-06-01', '2015-02-30'])).toEqual({
      code: 'BAD_VALUE',
      message: 'cannot be: February 2015 has 28 days, not 30 (value 2 of 2)',
    });
  });
  test('give the first or the last', () => {
    expect([many({ many: 'first' }, ['a', 'b']), many({ many: 'last' }, ['a', 'b']), many({}, ['a', 'b'])]).toEqual([
      'a',
      'b',
      'a',
    ]);
  });
  test('are refused where the type cannot keep them', () => {
    expect(() => converterOf({ type: 'text[]' })).toThrow(/needs "many": "json"/);
    expect(() => converterOf({ type: 'integer', many: 'json' })).toThrow(/needs an array type such as integer\[\]/);
    expect(() => converterOf({ type: 'integer', many: 'join' })).toThrow(/makes text/);
  });
});

test('refuses values that mean two things once normalised', () => {
  expect(() => converterOf({ values: { a: '1', ' a': '2' } })).toThrow(/"a" is listed twice/);
});
