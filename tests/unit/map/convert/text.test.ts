import fc from 'fast-check';
import { expect, test } from 'vitest';
import { converterOf, read } from './compile.ts';

test('trims, normalises, maps and then takes empty as null, in this order', () => {
  const column = { type: 'text', values: { ['Nữ '.normalize('NFD')]: '0', none: '' } };
  expect(read(` ${'Nữ'.normalize('NFD')}\n`, column, { normalize: 'NFC' })).toBe('0');
  expect(read(' none ', column)).toBeNull();
  expect(read('\u00a0\t ', column)).toBeNull();
  expect(read('other', column)).toBe('other');
});

test('takes what a column calls no value as null, before anything else is asked of it', () => {
  const column = { type: 'integer', nullValues: ['NA', ' - '], values: { NA: '7' } };
  expect([read('NA', column), read(' - ', column), read('5', column)]).toEqual([null, null, '5']);
  expect([read('na', column), read('', { nullValues: [''], emptyAsNull: false })]).toEqual(['BAD_VALUE', null]);
});

test('leaves text as it is when told so', () => {
  expect(read(' a ', { trim: false })).toBe(' a ');
  expect(read('', { emptyAsNull: false })).toBe('');
  expect(read('e\u0301', {})).toBe('e\u0301');
  expect(read('', { type: 'integer', emptyAsNull: false })).toBe('BAD_VALUE');
});

test('composes to NFC exactly as String.normalize does', () => {
  const { one } = converterOf({ trim: false, emptyAsNull: false }, { normalize: 'NFC' });
  const unit = fc.oneof(
    fc.constantFrom('a', 'ê', 'ễ', '\u0301', '\u0323', '\u0340', 'Å', '\u1ea0', '\u1ef9', '가', '\u1100'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = units.join('').replaceAll('\0', '');
      expect(one(text)).toBe(text.normalize('NFC'));
    }),
  );
});

test('counts characters, not UTF-16 units, and never cuts', () => {
  expect(read('🏠🏠🏠', { type: 'varchar(3)' })).toBe('🏠🏠🏠');
  expect(read('🏠🏠🏠🏠', { type: 'varchar(3)' })).toBe('TOO_LONG');
  expect(read('abc ', { type: 'varchar(3)', trim: false })).toBe('TOO_LONG');
  expect(converterOf({ type: 'varchar(3)' }).one('abcd')).toEqual({
    code: 'TOO_LONG',
    message: 'has 4 characters, the column holds 3',
  });
});

test('keeps a text of n characters in varchar(n) and refuses it in varchar(n-1)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), (text) => {
      fc.pre(!text.includes('\0'));
      const characters = [...text].length;
      expect(read(text, { type: `varchar(${characters})`, trim: false })).toBe(text);
      expect(read(text, { type: `varchar(${characters - 1})`, trim: false })).toBe('TOO_LONG');
    }),
  );
});

test('refuses what no PostgreSQL text holds', () => {
  expect(read('a\0b', {})).toBe('BAD_VALUE');
  expect(read('a\ud83c', {})).toBe('BAD_VALUE');
  expect(read('["a\0"]', { type: 'json' })).toBe('BAD_VALUE');
});

test('never throws, whatever the type and the text', () => {
  const types = ['varchar(5)', 'char(3)', 'smallint', 'bigint', 'numeric', 'numeric(5,2)', 'real', 'double precision'];
  types.push('boolean', 'date', 'time', 'timestamp', 'timestamptz', 'uuid', 'json', 'jsonb', 'bytea');
  const converters = types.flatMap((type) => [
    converterOf({ type, round: true }, { decimal: [',', '.'], normalize: 'NFC' }),
    converterOf({ type: `${type}[]`, many: 'json' }),
  ]);
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[-+0-9.,eETZ: ]{0,20}$/),
    fc.json(),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const { one, many } of converters) {
        for (const value of [one(text), many([text, 'x', '1'])]) {
          if (typeof value === 'string') expect(value).not.toContain('\0');
          else if (value !== null) expect(['BAD_VALUE', 'TOO_LONG']).toContain(value.code);
        }
      }
    }),
  );
});
