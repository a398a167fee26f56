import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { converterOf, read } from './compile.ts';

type Sign = '.' | ',';
const BOTH: Sign[] = ['.', ','];

describe('the decimal rule', () => {
  test.each<[string, Sign[], string]>([
    ['300.5', ['.'], '300.5'],
    ['300,5', ['.'], 'BAD_VALUE'],
    ['300,5', BOTH, '300.5'],
    ['300,5', [','], '300.5'],
    ['1.234', BOTH, '1.234'],
    ['1.234', [',', '.'], '1234'],
    ['1,234', BOTH, '1234'],
    ['1,234', [',', '.'], '1.234'],
    ['1.234', [','], '1234'],
    ['1.234,5', BOTH, '1234.5'],
    ['1,234.5', [',', '.'], '1234.5'],
    ['1,234,567', BOTH, '1234567'],
    ['1.234.567', BOTH, '1234567'],
    ['1 234 567,25', BOTH, '1234567.25'],
    ['1\u00a0234', ['.'], '1234'],
    ['1\u202f234,5', [','], '1234.5'],
    ['1 234,567.5', ['.'], 'BAD_VALUE'],
    ['1234,567', ['.'], 'BAD_VALUE'],
    ['12,34', ['.'], 'BAD_VALUE'],
    ['1,2345', ['.'], 'BAD_VALUE'],
    ['0,123', ['.'], 'BAD_VALUE'],
    ['0,123', BOTH, '0.123'],
    ['1.5,000', BOTH, 'BAD_VALUE'],
    [',123', ['.'], 'BAD_VALUE'],
    ['1,,234', ['.'], 'BAD_VALUE'],
    ['1.2.3', BOTH, 'BAD_VALUE'],
    ['-.5', ['.'], '-0.5'],
    ['+5.', ['.'], '5'],
    ['.', ['.'], 'BAD_VALUE'],
    ['-', ['.'], 'BAD_VALUE'],
    ['1e5', ['.'], 'BAD_VALUE'],
    ['NaN', ['.'], 'BAD_VALUE'],
    ['٣', ['.'], 'BAD_VALUE'],
  ])('reads %j with signs %j as %s', (text, decimal, expected) => {
    expect(read(text, { type: 'numeric', decimal })).toBe(expected);
  });

  test.each([
    ['1e2', 'numeric', '100'],
    ['-1.50E+1', 'numeric', '-15.0'],
    ['1.5e-7', 'numeric(20,8)', '0.00000015'],
    ['1.5e-7', 'numeric(20,7)', 'BAD_VALUE'],
    ['12.345e2', 'numeric', '1234.5'],
    ['2e9', 'integer', '2000000000'],
    ['3e9', 'integer', 'BAD_VALUE'],
    ['1e999999', 'numeric', 'BAD_VALUE'],
    ['1e', 'numeric', 'BAD_VALUE'],
  ])('reads %j of a JSON file as %s: %s', (text, type, expected) => {
    expect(read(text, { type }, {}, 'json')).toBe(expected);
  });

  test('reads back a number written in any accepted style', () => {
    const style = fc.record({
      whole: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fraction: fc.stringMatching(/^[0-9]{0,6}$/),
      negative: fc.boolean(),
      sign: fc.constantFrom<Sign>('.', ','),
      separator: fc.constantFrom('', 'other', ' ', '\u00a0', '\u202f'),
    });
    fc.assert(
      fc.property(style, ({ whole, fraction, negative, sign, separator }) => {
        const mark = separator === 'other' ? (sign === '.' ? ',' : '.') : separator;
        const grouped = `${whole}`.replace(/\B(?=(\d{3})+$)/g, mark);
        const minus = negative ? '-' : '';
        const text = minus + grouped + (fraction === '' ? '' : sign + fraction);
        const value = read(text, { type: 'numeric', decimal: [sign] });
        expect(value).toBe(minus + whole + (fraction === '' ? '' : `.${fraction}`));
      }),
    );
  });
});

describe('numeric(p,s)', () => {
  test.each([
    ['999.99', '999.99'],
    ['1000', 'BAD_VALUE'],
    ['999.995', 'BAD_VALUE'],
    ['1.230', 'BAD_VALUE'],
    ['000999', '000999'],
    ['-0.01', '-0.01'],
  ])('numeric(5,2) makes %s %s', (text, expected) => {
    expect(read(text, { type: 'numeric(5,2)' })).toBe(expected);
  });

  test.each([
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['1.0049999', '1.00'],
    ['9.999', '10.00'],
    ['.999', '1.00'],
    ['999.995', 'BAD_VALUE'],
    ['999.994', '999.99'],
  ])('rounds %s to %s, half away from zero', (text, expected) => {
    expect(read(text, { type: 'numeric(5,2)', round: true })).toBe(expected);
  });

  test('accepts exactly the numbers that fit, by integer arithmetic', () => {
    const sizes = fc
      .integer({ min: 1, max: 8 })
      .chain((precision) => fc.tuple(fc.constant(precision), fc.nat(precision)));
    fc.assert(
      fc.property(
        sizes,
        fc.stringMatching(/^[0-9]{1,9}$/),
        fc.stringMatching(/^[0-9]{1,9}$/),
        fc.boolean(),
        (size, whole, fraction, round) => {
          const [precision, scale] = size;
          const unit = 10n ** BigInt(fraction.length);
          const doubled = (2n * BigInt(whole + fraction) * 10n ** BigInt(scale)) / unit;
          const scaled = (doubled + 1n) / 2n;
          const fits = scaled < 10n ** BigInt(precision) && (round || fraction.length <= scale);
          const value = read(`${whole}.${fraction}`, { type: `numeric(${precision},${scale})`, round });
          expect(value !== 'BAD_VALUE').toBe(fits);
          if (fits) {
            const [whole2 = '', fraction2 = ''] = String(value).split('.');
            expect(BigInt(whole2 + fraction2.padEnd(scale, '0'))).toBe(scaled);
          }
        },
      ),
    );
  });

  test('names what does not fit', () => {
    expect(converterOf({ type: 'numeric(5,2)' }).one('12345.5')).toEqual({
      code: 'BAD_VALUE',
      message: 'has 5 digits before the decimal sign, numeric(5,2) holds 3',
    });
  });
});

describe('integers', () => {
  const LIMITS = { smallint: 2n ** 15n, integer: 2n ** 31n, bigint: 2n ** 63n };
  test('accept exactly their range', () => {
    for (const [type, limit] of Object.entries(LIMITS)) {
      const near = fc.bigInt({ min: -3n, max: 3n }).map((step) => limit + step);
      const values = fc.oneof(
        near,
        near.map((value) => -value),
        fc.bigInt({ min: -limit * 3n, max: limit * 3n }),
      );
      fc.assert(
        fc.property(values, (value) => {
          const inRange = value >= -limit && value < limit;
          expect(read(`${value}`, { type })).toBe(inRange ? `${value}` : 'BAD_VALUE');
        }),
      );
    }
  });

  test('take decimals only when they may round', () => {
    expect(read('5.0', { type: 'integer' })).toBe('BAD_VALUE');
    expect(read('5.5', { type: 'integer', round: true })).toBe('6');
    expect(read('-0.4', { type: 'integer', round: true })).toBe('0');
    expect(read('2147483647.5', { type: 'integer', round: true })).toBe('BAD_VALUE');
    expect(read('1,234,567', { type: 'integer' })).toBe('1234567');
    expect(read('007', { type: 'integer' })).toBe('007');
    expect(read('-0', { type: 'integer' })).toBe('0');
    expect(read('0x1F', { type: 'integer' })).toBe('BAD_VALUE');
  });
});

describe('floating point', () => {
  test('reads back every finite number', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        expect(Number(read(`${value}`, { type: 'double precision' }))).toBe(Number(`${value}`));
      }),
    );
  });
  test.each([
    ['1,5E-7', 'double precision', '1.5e-7'],
    ['1e400', 'double precision', 'BAD_VALUE'],
    ['1e-400', 'double precision', 'BAD_VALUE'],
    ['0e-400', 'double precision', '0e-400'],
    ['1e39', 'real', 'BAD_VALUE'],
    ['NaN', 'double precision', 'BAD_VALUE'],
    ['Infinity', 'real', 'BAD_VALUE'],
    ['1e', 'real', 'BAD_VALUE'],
    ['e5', 'real', 'BAD_VALUE'],
  ])('makes %s as %s %s', (text, type, expected) => {
    expect(read(text, { type, decimal: BOTH })).toBe(expected);
  });
});
