import { format as formatDate, isValid, parse } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { converterOf, read } from './compile.ts';

describe('default formats', () => {
  test.each([
    ['date', '2015-06-01', '2015-06-01'],
    ['date', '2015-06-01 00:00:00', '2015-06-01'],
    ['date', '2015-06-01T00:00:00.000', '2015-06-01'],
    ['date', '2015-06-01T00:00:01', 'BAD_VALUE'],
    ['date', '2015-06-01Z', 'BAD_VALUE'],
    ['date', '2016-02-29', '2016-02-29'],
    ['date', '2015-02-29', 'BAD_VALUE'],
    ['date', '1900-02-29', 'BAD_VALUE'],
    ['date', '2000-02-29', '2000-02-29'],
    ['date', '2015-02-30', 'BAD_VALUE'],
    ['date', '2015-13-01', 'BAD_VALUE'],
    ['date', '2015-00-01', 'BAD_VALUE'],
    ['date', '0000-01-01', 'BAD_VALUE'],
    ['date', '0001-01-01', '0001-01-01'],
    ['date', '01/06/2015', 'BAD_VALUE'],
    ['date', '20150601', 'BAD_VALUE'],
    ['date', '2015-6-1', 'BAD_VALUE'],
    ['date', '2015-06-01x', 'BAD_VALUE'],
    ['time', '10:30', '10:30:00'],
    ['time', '10:30:15,5', '10:30:15.5'],
    ['time', '24:00', 'BAD_VALUE'],
    ['time', '10:60', 'BAD_VALUE'],
    ['time', '10:30Z', 'BAD_VALUE'],
    ['time', '2015-06-01 10:30', 'BAD_VALUE'],
    ['timestamp', '2015-06-01', '2015-06-01 00:00:00'],
    ['timestamp', '2015-06-01T10:30', '2015-06-01 10:30:00'],
    ['timestamp', '2015-06-01T10:30:15', '2015-06-01 10:30:15'],
    ['timestamp', '2015-06-01 10:30:15.123456', '2015-06-01 10:30:15.123456'],
    ['timestamp', '2015-06-01 10:30:15.1234560', '2015-06-01 10:30:15.123456'],
    ['timestamp', '2015-06-01 10:30:15.1234567', 'BAD_VALUE'],
    ['timestamp', '2015-06-01T10:30:15Z', 'BAD_VALUE'],
    ['timestamp', '2015-06-01T10:30:60', 'BAD_VALUE'],
    ['timestamp', '2015-06-01T', 'BAD_VALUE'],
    ['timestamp', '2015-06-01  10:30', 'BAD_VALUE'],
    ['timestamp(3)', '2015-06-01 10:30:15.1234', 'BAD_VALUE'],
    ['timestamptz', '2015-06-01T10:30:15Z', '2015-06-01 10:30:15+00:00'],
    ['timestamptz', '2015-06-01 10:30:15+07', '2015-06-01 10:30:15+07:00'],
    ['timestamptz', '2015-06-01 10:30:15-0330', '2015-06-01 10:30:15-03:30'],
    ['timestamptz', '2015-06-01 10:30:15.5+07:00', '2015-06-01 10:30:15.5+07:00'],
    ['timestamptz', '2015-06-01 10:30:15', '2015-06-01 10:30:15'],
    ['timestamptz', '2015-06-01Z', '2015-06-01 00:00:00+00:00'],
    ['timestamptz', '2015-06-01 10:30:15+16:00', 'BAD_VALUE'],
    ['timestamptz', '2015-06-01 10:30:15+07:60', 'BAD_VALUE'],
    ['timestamptz', '2015-06-01 10:30:15+7', 'BAD_VALUE'],
  ])('%s of %s is %s', (type, text, expected) => {
    expect(read(text, { type })).toBe(expected);
  });

  test('rounds further digits of a second when told so', () => {
    const column = { type: 'timestamp(3)', round: true };
    expect(read('2015-06-01 10:30:15.1235', column)).toBe('2015-06-01 10:30:15.124');
    expect(read('2015-12-31 23:59:59.9996', column)).toBe('2015-12-31 23:59:60.000');
  });

  test('accepts exactly the days the calendar has', () => {
    const days = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(14), fc.nat(33));
    fc.assert(
      fc.property(days, ([year, month, day]) => {
        const text = `${`${year}`.padStart(4, '0')}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`;
        const moment = new Date(0);
        moment.setUTCFullYear(year, month - 1, day);
        const exists = year > 0 && moment.toISOString().startsWith(text);
        expect(read(text, { type: 'date' })).toBe(exists ? text : 'BAD_VALUE');
      }),
      { numRuns: 1000 },
    );
  });

  test('says why', () => {
    expect(converterOf({ type: 'date' }).one('2015-02-30')).toEqual({
      code: 'BAD_VALUE',
      message: 'cannot be: February 2015 has 28 days, not 30',
    });
  });
});

describe('own formats', () => {
  const FORMATS = [
    'yyyy-MM-dd HH:mm:ss',
    "yyyy-MM-dd'T'HH:mm:ss.SSS",
    'dd/MM/yyyy HH:mm:ss',
    'd/M/yyyy H:m:s',
    'dd MMM yyyy, hh:mm:ss a',
    "MMMM d, yyyy 'at' h:mm:ss aaa",
    'yyyyMMddHHmmss',
    "dd.MM.yyyy HH'h'mm'm'ss",
    "yyyy 'o''clock' MM dd HH mm ss",
    'uuuu-MM-dd HH:mm:ss',
  ];
  const moments = fc.date({ min: new Date(1000, 0, 1), max: new Date(9999, 11, 30), noInvalidDate: true });

  test('read back what date-fns writes', () => {
    for (const format of FORMATS) {
      const { one } = converterOf({ type: 'timestamp', formats: [format] });
      fc.assert(
        fc.property(moments, (moment) => {
          const fraction = format.includes('SSS') ? '.SSS' : '';
          const expected = formatDate(moment, `yyyy-MM-dd HH:mm:ss${fraction}`);
          expect(one(formatDate(moment, format))).toBe(expected);
        }),
        { numRuns: 50 },
      );
    }
  });

  test('accept nothing that date-fns reads otherwise', () => {
    const texts = fc.stringMatching(/^[0-3]?[0-9]\/[01]?[0-9]\/[0-9]{1,4} [0-2]?[0-9]:[0-6]?[0-9]$/);
    const format = 'dd/MM/yyyy HH:mm';
    const { one } = converterOf({ type: 'timestamp', formats: [format] });
    fc.assert(
      fc.property(texts, (text) => {
        const value = one(text);
        const moment = parse(text, format, new Date(2020, 0, 1));
        if (typeof value === 'string') expect(value).toBe(formatDate(moment, 'yyyy-MM-dd HH:mm:ss'));
        else if (/\/[1-9][0-9]{3} /.test(text)) expect(isValid(moment)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['1/6/2015', ['dd/MM/yyyy'], '2015-06-01'],
    ['01/06/15', ['dd/MM/yyyy'], 'BAD_VALUE'],
    ['01/06/69', ['dd/MM/yy'], '2069-06-01'],
    ['01/06/70', ['dd/MM/yy'], '1970-06-01'],
    ['2015-06-01', ['dd/MM/yyyy'], 'BAD_VALUE'],
    ['30/02/2015', ['dd/MM/yyyy', 'MM/dd/yyyy'], 'BAD_VALUE'],
    ['12/31/2015', ['dd/MM/yyyy', 'MM/dd/yyyy'], '2015-12-31'],
    ['2015-06-01T00:00:00+07:00', ["yyyy-MM-dd'T'HH:mm:ssXXX"], '2015-06-01'],
    ['2015-06-01T00:00:01Z', ["yyyy-MM-dd'T'HH:mm:ssXXX"], 'BAD_VALUE'],
  ])('a date column makes %s by %j %s', (text, formats, expected) => {
    expect(read(text, { type: 'date', formats })).toBe(expected);
  });

  test.each([
    ['Z', 'X', '+00:00'],
    ['+07', 'X', '+07:00'],
    ['+0730', 'X', '+07:30'],
    ['-0730', 'XX', '-07:30'],
    ['+07', 'XX', null],
    ['+07:30', 'XXX', '+07:30'],
    ['+07:30', 'xxx', '+07:30'],
    ['Z', 'xxx', null],
    ['+0730', 'XXX', null],
  ])('a zone %s by %s is %s', (zone, token, expected) => {
    const value = read(`2015-06-01 10:00 ${zone}`, { type: 'timestamptz', formats: [`yyyy-MM-dd HH:mm ${token}`] });
    expect(value).toBe(expected === null ? 'BAD_VALUE' : `2015-06-01 10:00:00${expected}`);
  });

  test.each([
    ['date', 'YYYY-MM-DD', /"YYYY" is not a token/],
    ['timestamp', 'yyyy-MM-ddTHH:mm', /"T" is not a token/],
    ['date', "yyyy-MM-dd'T", /a quote stays open/],
    ['date', 'yyyy-MM', /it has no day/],
    ['timestamp', 'yyyy-MM-dd hh:mm', /without halfDay/],
    ['timestamp', 'yyyy-MM-dd HH:mm a', /mixes hours/],
    ['date', 'dd-MM-yyyy dd', /says the day twice/],
    ['date', 'yyyyMd', /touches another number/],
    ['time', 'yyyy-MM-dd HH:mm', /no place for a date/],
    ['integer', 'yyyy', /does not go with the type integer/],
  ])('a %s column refuses the format %s', (type, format, message) => {
    expect(() => converterOf({ type, formats: [format] })).toThrow(message);
    expect(() => converterOf({ type, formats: [format] })).toThrow(/^tables\[0\]\.columns\[0\]/);
  });
});
