import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RejectRow } from '#contract/api/reject-pages';
import { withoutGuard } from '#contract/csv-text';
import { REJECTS_HEADER, rejectLine } from '#contract/rejects-csv';

const reject: RejectRow = {
  path: '1. Xã Mẫu/xml/a, b.xml',
  line: 12,
  table: 'thuadat',
  column: 'dienTich',
  field: 'dienTich',
  value: '1 "tấn"\nrưỡi',
  code: 'BAD_VALUE',
  message: 'is not a number',
  file: 3,
  sequence: 25,
  state: 'open',
  corrections: 0,
};

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\r', '\n', '\t', ' ', '1', 'A', '＝') }),
);
const entries: fc.Arbitrary<RejectRow> = fc.record({
  path: text,
  line: fc.nat(),
  table: text,
  column: text,
  field: text,
  value: text,
  code: fc.constantFrom('BAD_VALUE', 'TOO_LONG', 'CONSTRAINT'),
  message: text,
  file: fc.integer({ min: 1 }),
  sequence: fc.integer({ min: 1 }),
  state: fc.constant('open'),
  corrections: fc.constant(0),
});

describe('a reject as CSV', () => {
  test('has its columns in their order, quoted as RFC 4180 says', () => {
    expect(REJECTS_HEADER + rejectLine(reject)).toBe(
      'file,line,table,path,column,value,code,message,file_id,record\r\n' +
        '"1. Xã Mẫu/xml/a, b.xml",12,thuadat,dienTich,dienTich,"1 ""tấn""\nrưỡi",BAD_VALUE,is not a number,3,25\r\n',
    );
  });

  test('leaves cells empty where a row was rejected as a whole', () => {
    const { column: _, field: __, value: ___, ...whole } = reject;
    expect(rejectLine({ ...whole, path: 'a.xml' })).toBe('a.xml,12,thuadat,,,,BAD_VALUE,is not a number,3,25\r\n');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ["'=1", "''=1"],
    ['-5', '-5'],
    ['+84 912 345 678', '+84 912 345 678'],
    ['08071', '08071'],
    ['a=b', 'a=b'],
  ])('the value %j becomes the cell %j', (value, cell) => {
    expect(rejectLine({ ...reject, path: 'a.xml', value })).toBe(
      `a.xml,12,thuadat,dienTich,dienTich,${cell},BAD_VALUE,is not a number,3,25\r\n`,
    );
  });

  test('any reject is read back exactly by another CSV parser, once our apostrophe is taken off', () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), (rejects) => {
        const csv = REJECTS_HEADER + rejects.map(rejectLine).join('');
        const read = (parse(csv) as string[][]).slice(1).map((cells) => cells.map(withoutGuard));
        const written = rejects.map((entry) => [
          entry.path,
          String(entry.line),
          entry.table,
          entry.field,
          entry.column,
          entry.value,
          entry.code,
          entry.message,
          String(entry.file),
          String(entry.sequence),
        ]);
        expect(read).toEqual(written);
      }),
    );
  });

  test('no cell begins like a formula, unless it is a number', () => {
    fc.assert(
      fc.property(text, (value) => {
        const cell = (parse(rejectLine({ ...reject, value })) as string[][])[0]?.[5] ?? '';
        expect(/^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^[+-]?[\d., ]+$/.test(cell)).toBe(false);
      }),
    );
  });
});
