import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { infer, mapped, type NamedRow } from './support.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

const NAMESPACES = 'xmlns:p="urn:p" xmlns:q="urn:q"';
const value = fc.oneof(
  fc.constantFrom(
    '-0',
    '+1',
    '1.0',
    '1.000',
    'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  ),
  fc.constantFrom('', ' ', '0', '1', '7', '007', '-3', '12.50', '1,5', '1.234,5', '2147483648', '99999999999999999999'),
  fc.constantFrom(
    'true',
    'false',
    'yes',
    'no',
    '2020-02-29',
    '2021-02-29',
    '2020-01-01T10:00:00',
    '2020-01-01T10:00:00Z',
  ),
  fc.constantFrom(
    '13/02/2020',
    '02/13/2020',
    '02/03/2020',
    '10:30',
    '1e5',
    '1.5e-7',
    'x',
    'Nguyễn Văn A',
    'a\nb',
    '+84 1',
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    .map((date) => date.toISOString()),
  fc.uuid(),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const long = `p:${'x'.repeat(70)}`;
const name = fc.constantFrom(
  'a',
  'b',
  'id',
  'ref',
  'value',
  'file',
  'place',
  'parent_id',
  'p:a',
  'q:a',
  'p:b',
  'Đất',
  'xmin',
  long,
);
const attributeName = fc.constantFrom('id', 'b', 'file', 'p:id', 'xml:lang');

function elementOf(depth: number): fc.Arbitrary<Element> {
  const child: fc.Arbitrary<Element | string> =
    depth === 0
      ? value
      : fc.oneof(
          { weight: 4, arbitrary: elementOf(depth - 1) },
          { weight: 1, arbitrary: fc.constantFrom('', '\n  ', 'stray') },
        );
  const leaf: fc.Arbitrary<(Element | string)[]> = value.map((text) => [text]);
  return fc.record({
    name,
    attributes: fc.dictionary(attributeName, value, { maxKeys: 2 }),
    children: fc.oneof(
      { weight: 2, arbitrary: leaf },
      { weight: 3, arbitrary: fc.array(child, { maxLength: 5, size: 'max' }) },
    ),
  });
}

const documents = fc.array(elementOf(4), { minLength: 1, maxLength: 3 });

function print({ name, attributes, children }: Element, root = false): string {
  const written = Object.entries(attributes).map(([key, text]) => ` ${key}="${escaped(text)}"`);
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : print(child))).join('');
  return `<${name}${root ? ` ${NAMESPACES}` : ''}${written.join('')}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return [...text]
    .filter((character) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd]|[\u{10000}-\u{10ffff}]/u.test(character))
    .map((character) => (/[&<>"\r\n\t]/.test(character) ? `&#${character.codePointAt(0)};` : character))
    .join('');
}

/** Values of attributes and own texts that are not empty. */
function countValues({ attributes, children }: Element): number {
  const text = children
    .filter((child) => typeof child === 'string')
    .map(clean)
    .join('');
  const below = children.filter((child) => typeof child !== 'string').map(countValues);
  const own = [...Object.values(attributes).map(clean), text].filter((one) => one.trim() !== '').length;
  return below.reduce((sum, count) => sum + count, own);
}

function clean(text: string): string {
  return escaped(text).replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

function filesOf(elements: readonly Element[]) {
  return Object.fromEntries(elements.map((element, at) => [`${at}.xml`, print(element, true)]));
}

function assertLinked({ tables }: MappingInput, rows: readonly NamedRow[]): void {
  for (const { name, key = [], references = [] } of tables) {
    const own = rows.filter(({ table }) => table === name);
    const keys = own.map(({ values }) => JSON.stringify(key.map((column) => values[column] ?? null)));
    if (key.length > 0) expect(new Set(keys).size, `keys of ${name}`).toBe(own.length);
    for (const { columns, table, on } of references) {
      const known = new Set(
        rows
          .filter((row) => row.table === table)
          .map(({ values }) => JSON.stringify(on.map((column) => values[column]))),
      );
      for (const { values } of own) {
        const wanted = columns.map((column) => values[column]);
        if (wanted.includes(undefined)) continue;
        expect(known.has(JSON.stringify(wanted)), `${name} → ${table} ${wanted}`).toBe(true);
      }
    }
  }
}

describe('the inferred mapping of any documents', () => {
  test('takes all of their values, rejects none, has unique keys and references that are found', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (elements) => {
        const files = filesOf(elements);
        const decided = await infer(files);
        const { rows, rejects } = await mapped(decided.mapping, files);
        expect(rejects).toEqual([]);
        assertLinked(decided.mapping, rows);
        if (decided.uncertain.some(({ decided: how }) => how.startsWith('one text of all'))) return;
        const links = new Map(
          decided.mapping.tables.map(({ name, columns }) => [
            name,
            new Set(columns.filter(({ path }) => String(path).startsWith('$')).map((column) => column.name)),
          ]),
        );
        const taken = rows.flatMap(({ table, values }) =>
          Object.keys(values).filter((column) => !links.get(table)?.has(column)),
        );
        expect(taken.length).toBe(elements.reduce((sum, element) => sum + countValues(element), 0));
      }),
      { numRuns: Number(process.env.INFER_RUNS ?? 400) },
    );
  });
});
