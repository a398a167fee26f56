import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jobNumber, maxRejects, moment, wholeNumber } from '#cli/options/values';

describe('--max-rejects', () => {
  test.each([
    ['0', { rows: 0 }],
    ['100', { rows: 100 }],
    ['5%', { percent: 5 }],
    ['0.5%', { percent: 0.5 }],
    ['100%', { percent: 100 }],
  ])('reads %s', (text, expected) => {
    expect(maxRejects(text)).toEqual(expected);
  });

  test.each(['', '-1', '1.5', '%', '5 %', '100.1%', '5%%', 'all', '1e3'])('refuses %j', (text) => {
    expect(() => maxRejects(text)).toThrow(`--max-rejects does not accept "${text}".`);
  });
});

describe('a whole number', () => {
  const parse = wholeNumber('--workers', 1, 64);
  test('is taken within its bounds and refused outside', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (value) => {
        if (value >= 1 && value <= 64) expect(parse(String(value))).toBe(value);
        else expect(() => parse(String(value))).toThrow('--workers does not accept');
      }),
    );
  });
});

describe('--since', () => {
  const since = moment('--since');
  test('takes a day from its midnight here on, or a moment', () => {
    expect(since('2026-11-22')).toBe(new Date(2026, 10, 22).toISOString());
    expect(since('2026-11-22T14:05:00+07:00')).toBe('2026-11-22T07:05:00.000Z');
  });

  test.each(['', 'yesterday', '22/11/2026', '2026-13-01', '7'])('refuses %j', (text) => {
    expect(() => since(text)).toThrow(`--since does not accept "${text}".`);
  });
});

describe('the number of a job', () => {
  test.each([
    ['7', 7],
    ['#12', 12],
  ])('reads %s', (text, expected) => {
    expect(jobNumber(text)).toBe(expected);
  });

  test.each(['0', '07', '-1', '1.0', '', 'last'])('refuses %j', (text) => {
    expect(() => jobNumber(text)).toThrow(`"${text}" is not the number of a job.`);
  });
});
