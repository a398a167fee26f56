import { expect, it } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { REJECT_CODES, type RejectCode } from '#contract/rejects';
import { compileConverter } from '#engine/map/convert/compile-converter';
import { columnFacts } from '#renderer/components/rejects/column-facts.ts';
import { rejectSentence } from '#renderer/components/rejects/reject-sentence.ts';
import { rejectWords as en } from '#renderer/i18n/en/reject-words.ts';
import { rejectWords as vi } from '#renderer/i18n/vi/reject-words.ts';

interface Written {
  readonly type: string;
  readonly formats?: readonly string[];
}

/** What the window says when the engine itself refuses a value. */
function saidOf({ type, formats }: Written, value: string, language: typeof en = en): string {
  const column = { name: 'area', type, path: 'a', ...(formats && { formats: [...formats] }) };
  const mapping = mappingSchema.parse({
    version: 1,
    name: 'parcels',
    source: { format: 'xml' },
    tables: [{ name: 'thuadat', records: 'r', columns: [column] }],
  });
  const [mapped] = mapping.tables[0]?.columns ?? [];
  if (mapped === undefined) throw new Error('The mapping has a column.');
  const refused = compileConverter(mapped, mapping).one(value);
  if (refused === null || typeof refused === 'string') throw new Error(`${value} became ${refused}.`);
  return inWords(
    { ...refused, table: 'thuadat', column: 'area', value },
    columnFacts(mapping, 'thuadat', 'area'),
    language,
  );
}

function inWords(
  entry: Parameters<typeof rejectSentence>[0],
  facts: Parameters<typeof rejectSentence>[1] = null,
  language: typeof en = en,
): string {
  const { key, values, count } = rejectSentence(entry, facts);
  const texts: Readonly<Record<string, string>> = language.says;
  const text = texts[key] ?? texts[`${key}_${count === 1 ? 'one' : 'other'}`] ?? key;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: keyof typeof values) => values[name]);
}

it('says in a sentence why the engine refused a value, with what the engine knows of it', () => {
  const cases: readonly (readonly [Written, string, string])[] = [
    [{ type: 'integer' }, 'khoảng 4', '“khoảng 4” is not a whole number.'],
    [{ type: 'smallint' }, '40000', '“40000” is outside the range of smallint.'],
    [{ type: 'numeric(5,2)' }, '1.234', '“1.234” has 3 decimals; the column holds 2 and does not round.'],
    [{ type: 'numeric(5,2)' }, '12345', '“12345” has 5 digits before the decimal sign; the column holds 3.'],
    [
      { type: 'numeric(5,2)' },
      `1.${'1'.repeat(50)}`,
      `“1.${'1'.repeat(50)}” has more than 40 decimals; the column holds 2 and does not round.`,
    ],
    [{ type: 'numeric(5,0)' }, '1.5', '“1.5” has 1 decimal; the column holds 0 and does not round.'],
    [{ type: 'double precision' }, '1e999', '“1e999” is outside the range of double precision.'],
    [{ type: 'date' }, '31/02/2020', '“31/02/2020” cannot be taken as a date.'],
    [{ type: 'date', formats: ['dd/MM/yyyy'] }, 'x', '“x” is not written as dd/MM/yyyy, as the mapping asks.'],
    [{ type: 'date', formats: ['dd/MM/yyyy'] }, '31/02/2020', '“31/02/2020” cannot be: there is no such day or time.'],
    [{ type: 'date' }, '2020-01-02 03:04:05', '“2020-01-02 03:04:05” holds a time, which a date column cannot keep.'],
    [{ type: 'timestamp' }, 'hôm qua', '“hôm qua” cannot be taken as a date with a time.'],
    [{ type: 'time' }, 'trưa', '“trưa” cannot be taken as a time of day.'],
    [{ type: 'uuid' }, 'x', '“x” is not a UUID (32 hexadecimal digits).'],
    [{ type: 'jsonb' }, '{', '“{” is not JSON that jsonb can hold.'],
    [{ type: 'bytea' }, '!', '“!” cannot be read as bytes.'],
    [{ type: 'varchar(3)' }, 'năm chữ', 'The text has 7 characters; the column holds 3.'],
    [{ type: 'text' }, 'a\u0000b', '“a\u0000b” holds characters that the column cannot store.'],
  ];
  for (const [written, value, said] of cases) expect(saidOf(written, value), written.type).toBe(said);
  expect(saidOf({ type: 'numeric(8,2)' }, '4,5')).toBe('“4,5” is not a number; the decimal sign is “.”.');
  expect(saidOf({ type: 'boolean' }, 'có lẽ')).toMatch(/^“có lẽ” means neither yes nor no. Known words: true, t, /);
  expect(saidOf({ type: 'integer' }, 'khoảng 4', vi as typeof en)).toBe('“khoảng 4” không phải là số nguyên.');
});

it('names the table that a missing row is looked for in, and the rule of the database that was broken', () => {
  const entry = (code: RejectCode, message: string) => ({ code, message, table: 'hoso', column: 'maxa', value: '01' });
  expect(inWords(entry('MISSING_REFERENCE', 'maxa → donvi(ma): no such row, neither …'))).toBe(
    '“01” refers to a row of donvi that is neither in the load nor in the target.',
  );
  expect(
    inWords(
      entry('CONSTRAINT', 'duplicate key value violates unique constraint "hoso_so" (Key (so)=(1)) [SQLSTATE 23505]'),
    ),
  ).toBe('Another row has the same value where each may stand only once (rule “hoso_so”).');
  expect(inWords(entry('CONSTRAINT', 'it fell over [SQLSTATE XX000]'))).toBe('The database refused the row.');
});

it('has words in both languages for every reason, also when nothing more is known', () => {
  for (const code of REJECT_CODES) {
    const bare = { code, table: 't', message: '' };
    expect(inWords(bare), code).toMatch(/\.$/);
    expect(inWords(bare, null, vi as typeof en), code).not.toBe(inWords(bare));
  }
  for (const [key, text] of Object.entries(en.says)) {
    const places = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    expect(places(vi.says[key as keyof typeof en.says]), key).toEqual(places(text));
  }
});

it('cuts a long value, and makes white space visible where there is nothing else', () => {
  const said = (value: string) => inWords({ code: 'BAD_VALUE', table: 't', column: 'c', value, message: '' });
  expect(said('x'.repeat(500))).toBe(`“${'x'.repeat(60)}…” does not fit the column’s type.`);
  expect(said(' \t')).toBe('“␣⇥” does not fit the column’s type.');
});
