import { expect, test } from 'vitest';
import { LoadstoneError } from '#contract/errors';
import { NameTable } from '#engine/model/name-table';
import { CsvScanner } from '#engine/parse/csv/csv-scanner';
import { sourceOf } from '../records.ts';

/** Reads a file under tight limits: what it is refused with, and which broken records were told. */
function read(chunks: readonly string[]): { readonly refused: string | null; readonly broken: readonly string[] } {
  const broken: string[] = [];
  const handler = {
    wantsText: true,
    wantsAttributes: false,
    open() {},
    attribute() {},
    text() {},
    unresolvedEntity() {},
    unresolvedAttributeEntity() {},
    close() {},
    brokenRecord: (_name: number, line: number, _raw: string, message: string) => broken.push(`${line} ${message}`),
  };
  const shape = { ...sourceOf({}).csv, delimiter: ',', columns: null };
  const limits = { recordBytes: 100_000, fields: 3 };
  const names = new NameTable({ prefixes: false });
  const scanner = new CsvScanner({ path: 'a.csv', shape, names, handler, limits });
  try {
    for (const chunk of chunks) scanner.write(Buffer.from(chunk), false);
    scanner.write(Buffer.alloc(0), true);
    return { refused: null, broken };
  } catch (error) {
    if (!(error instanceof LoadstoneError)) throw error;
    return { refused: `${error.code} ${error.place?.line}:${error.place?.column} ${error.message}`, broken };
  }
}

const endless = Array.from({ length: 20 }, () => 'x\n'.repeat(10_000));

test('a record without end is given up at its limit, with the place where its quote opens', () => {
  const message = 'The field whose quotation mark opens here is not over after 100000 bytes.';
  expect(read(['a,b\n1,2\n', '3,"', ...endless]).refused).toBe(`CSV_LIMIT_EXCEEDED 3:3 ${message}`);
});

test('a line without end is given up at its limit', () => {
  const message = 'The record that begins here is not over after 100000 bytes.';
  const line = endless.map((part) => part.replaceAll('\n', ' '));
  expect(read(['a,b\n1,2\n', ...line]).refused).toBe(`CSV_LIMIT_EXCEEDED 3:1 ${message}`);
});

test('a quote that opens chunks before the end of the file is named with its place', () => {
  expect(read(['a,b\n1,2\n', '"', 'x\n', 'y\n', 'z']).refused).toContain('CSV_UNCLOSED_QUOTE 3:1');
});

test('a record of more fields than the limit is broken', () => {
  expect(read(['a,b\n1,2,3,4\n5,6\n'])).toEqual({
    refused: null,
    broken: ['2 The record has more than 3 fields'],
  });
});
