import fc from 'fast-check';

/** A dialect in which a table is written. */
export interface WrittenDialect {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly escape: string | null;
  readonly lineEnd: string;
  /** Quotes fields that need none. */
  readonly quoteAll: boolean;
}

export type Table = readonly (readonly string[])[];

/** Characters that mean something in some dialect, and some that do not. */
const letters = fc.constantFrom(...'ab0,;|\t"\'\\\n\r #.-Đế村', '😀', '\r\n', '""', '\\"');
const text = fc.array(letters, { maxLength: 6 }).map((all) => all.join(''));

/** Two to four columns, one to eight rows. */
export const anyTable: fc.Arbitrary<Table> = fc
  .integer({ min: 2, max: 4 })
  .chain((columns) =>
    fc.array(fc.array(text, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
  );

export const anyDialect: fc.Arbitrary<WrittenDialect> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    quoting: fc.constantFrom<readonly [string | null, string | null][]>(
      ...(
        [
          ['"', '"'],
          ["'", "'"],
          ['"', '\\'],
          ["'", '\\'],
          [null, '\\'],
          [null, null],
        ] as const
      ).map((pair) => pair as never),
    ),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    quoteAll: fc.boolean(),
  })
  .map(({ quoting, ...rest }) => {
    const [quote, escapeSign] = quoting as unknown as readonly [string | null, string | null];
    return { ...rest, quote, escape: escapeSign };
  });

/** @returns null where the dialect has no way of writing the table. */
export function writeTable(table: Table, dialect: WrittenDialect): string | null {
  const lines = table.map((row) => {
    const fields = row.map((field) => writeField(field, dialect));
    return fields.includes(null) ? null : fields.join(dialect.delimiter);
  });
  return lines.includes(null) ? null : lines.map((line) => line + dialect.lineEnd).join('');
}

function writeField(field: string, dialect: WrittenDialect): string | null {
  const { delimiter, quote, escape: sign, quoteAll } = dialect;
  const isPlain = ![delimiter, quote, sign, '\n', '\r'].some((special) => special !== null && field.includes(special));
  if (quote === null) {
    if (isPlain) return field;
    if (sign === null) return null;
    return field.replaceAll(new RegExp(`[\\r\\n\\\\${delimiter}]`, 'g'), (letter) => sign + letter);
  }
  if (isPlain && !quoteAll) return field;
  if (sign === quote) return quote + field.replaceAll(quote, quote + quote) + quote;
  return quote + field.replaceAll(sign ?? '', `${sign}${sign}`).replaceAll(quote, sign + quote) + quote;
}
