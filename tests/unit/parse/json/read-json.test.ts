import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTable } from '#engine/model/name-table';
import { JsonReader } from '#engine/parse/json/json-reader';
import { failure, type Heard, type HeardFile, hear } from '../records.ts';

const JSON_SOURCE = { format: 'json' } as const;
const read = (content: string | Buffer, chunkSize?: number): Promise<HeardFile> =>
  hear(content, JSON_SOURCE, chunkSize);

/** What the records hold, or the error's code and place. */
async function items(content: string | Buffer): Promise<unknown> {
  const heard = await read(content);
  return failure(heard) ?? heard.records.map(([name, record]) => (name === 'item' ? record : [name, record]));
}

describe('records are', () => {
  it.each([
    ['the items of an array', '[{"a":1},{"a":2}]', [[['a', '1']], [['a', '2']]]],
    ['lines, empty ones left out', '{"a":1}\n\n \r\n{"a":2}\n', [[['a', '1']], [['a', '2']]]],
    ['one object', ' {\n"a" : 1 } ', [[['a', '1']]]],
    ['objects behind each other', '{"a":1}{"a":2} {"a":3}', [[['a', '1']], [['a', '2']], [['a', '3']]]],
    ['arrays behind each other', '[1]\n[2,3]', ['1', '2', '3']],
    ['plain values', '[1,"x",true,false,1.50]', ['1', 'x', 'true', 'false', '1.50']],
    ['none', '[]', []],
  ])('%s', async (_, text, expected) => {
    expect(await items(text)).toEqual(expected);
  });
});

describe('inside a record', () => {
  it.each<[string, string, Heard]>([
    ['objects are elements', '{"a":{"b":{"c":"x"}}}', [['a', [['b', [['c', 'x']]]]]]],
    [
      'arrays repeat the element of their key',
      '{"a":[1,{"b":2}],"c":3}',
      [
        ['a', '1'],
        ['a', [['b', '2']]],
        ['c', '3'],
      ],
    ],
    [
      'arrays in arrays are elements with items',
      '{"a":[[1,2],[],[[3]]]}',
      [
        [
          'a',
          [
            ['item', '1'],
            ['item', '2'],
          ],
        ],
        ['a', ''],
        ['a', [['item', [['item', '3']]]]],
      ],
    ],
    [
      'null is no element',
      '{"a":null,"b":[null,1],"c":{}}',
      [
        ['b', '1'],
        ['c', ''],
      ],
    ],
    [
      'keys are names as written',
      '{"":1,"a:b":2,"Diện tích (m²)":3,"\\u0061":4}',
      [
        ['', '1'],
        ['a:b', '2'],
        ['Diện tích (m²)', '3'],
        ['a', '4'],
      ],
    ],
    [
      'escapes are characters',
      '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u1ED1\\uD83D\\uDE00đ😀"}',
      [['a', '"\\/\b\f\n\r\tố😀đ😀']],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await items(text)).toEqual([expected]);
  });

  it('numbers keep their text', async () => {
    expect(await items('[12345678901234567890.10e+5,-0,0.1]')).toEqual(['12345678901234567890.10e+5', '-0', '0.1']);
  });

  it('a key may stand in several objects, in and beside each other', async () => {
    const text = '{"a":{"a":1,"b":{"a":2}},"b":[{"a":3},{"a":4}]}';
    expect(await items(text)).toHaveLength(1);
  });
});

it('records stand in the lines where they begin', async () => {
  const { lines } = await read('[\r\n {"a":\n1},\r\r {"a":2}\n]', 1);
  expect(lines).toEqual([2, 5]);
});

describe('a file is refused with line and column', () => {
  it.each([
    ['', 'EMPTY_FILE 1:1'],
    [' \n ', 'JSON_NOT_WELL_FORMED 2:2'],
    ['{"a":1', 'JSON_NOT_WELL_FORMED 1:7'],
    ['[1,\n 2', 'JSON_NOT_WELL_FORMED 2:3'],
    ['[1,]', 'JSON_NOT_WELL_FORMED 1:4'],
    ['[,1]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['{"a":1,}', 'JSON_NOT_WELL_FORMED 1:8'],
    ['{a:1}', 'JSON_NOT_WELL_FORMED 1:2'],
    ['{"a" 1}', 'JSON_NOT_WELL_FORMED 1:6'],
    ["{'a':1}", 'JSON_NOT_WELL_FORMED 1:2'],
    ['[1 2]', 'JSON_NOT_WELL_FORMED 1:4'],
    ['[1}', 'JSON_NOT_WELL_FORMED 1:3'],
    ['{"a":1]', 'JSON_NOT_WELL_FORMED 1:7'],
    [']', 'JSON_NOT_WELL_FORMED 1:1'],
    ['[1]]', 'JSON_NOT_WELL_FORMED 1:4'],
    ['{"a":1},{"a":2}', 'JSON_NOT_WELL_FORMED 1:8'],
    ['[01]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['[1.]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['[+1]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['[NaN]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['[True]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['[1] // x', 'JSON_NOT_WELL_FORMED 1:5'],
    ['["x', 'JSON_NOT_WELL_FORMED 1:2'],
    ['["x\n"]', 'JSON_NOT_WELL_FORMED 1:4'],
    ['["đ\\x"]', 'JSON_NOT_WELL_FORMED 1:4'],
    ['["\\u12G4"]', 'JSON_NOT_WELL_FORMED 1:3'],
    ['["\\uD83D"]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['["\\uDE00\\uD83D"]', 'JSON_NOT_WELL_FORMED 1:2'],
    ['{"a":1,\n "\\u0061":2}', 'JSON_NOT_WELL_FORMED 2:2'],
    ['{"a":{"b":1,"a":2},"a":2}', 'JSON_NOT_WELL_FORMED 1:20'],
    ['\u00a0[]', 'JSON_NOT_WELL_FORMED 1:1'],
  ])('%j', async (text, expected) => {
    expect(failure(await read(text))).toBe(expected);
    expect(failure(await read(text, 1))).toBe(expected);
  });

  it('when a byte cannot be decoded', async () => {
    const bytes = Buffer.concat([Buffer.from('[1,\n"Đ'), Buffer.of(0xc3), Buffer.from('"]')]);
    for (const size of [undefined, 1]) {
      const heard = await read(bytes, size);
      expect([failure(heard), heard.error?.message]).toEqual([
        'ENCODING_INVALID_BYTES 2:3',
        'The byte at offset 7 cannot be decoded as UTF-8.',
      ]);
    }
  });

  it('beyond its limits', () => {
    const handler = { wantsText: true, wantsAttributes: false, open() {}, attribute() {}, text() {}, close() {} };
    const told = { ...handler, unresolvedEntity() {}, unresolvedAttributeEntity() {} };
    const limits = { depth: 3, names: 2, tokenBytes: 100_000 };
    const tryRead = (chunks: readonly string[]) => {
      const names = new NameTable({ prefixes: false });
      const reader = new JsonReader({ path: 'a.json', encoding: 'auto', names, handler: told, limits });
      for (const chunk of chunks) reader.write(Buffer.from(chunk), false);
      reader.write(Buffer.alloc(0), true);
    };
    expect(() => tryRead(['[[[]]]'])).not.toThrow();
    expect(() => tryRead(['[[[[]]]]'])).toThrow('more than 3 deep');
    expect(() => tryRead(['{"a":1,"b":2,"c":3}'])).toThrow('more than 2 different keys');
    expect(() => tryRead(['["', ...Array.from({ length: 9 }, () => 'x'.repeat(30_000)), '"]'])).toThrow(
      'longer than 100000',
    );
  });
});

describe('encodings are found by byte order mark or zeros', () => {
  const text = '[{"tên":"Ánh"}]';
  it.each([
    ['UTF-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16LE without mark', Buffer.from(text, 'utf16le')],
    ['UTF-16BE without mark', Buffer.from(text, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    expect(await items(bytes)).toEqual([[['tên', 'Ánh']]]);
  });
});

describe('like JSON.parse', () => {
  it('hears any values it wrote, in chunks of any size', async () => {
    const values = fc.array(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), fc.integer({ min: 1, max: 9 }), async (all, asLines, chunkSize) => {
        const text =
          asLines && !all.some(Array.isArray)
            ? all.map((value) => JSON.stringify(value)).join('\n')
            : JSON.stringify(all, null, 1);
        const whole = await read(text);
        expect(whole.error).toBeUndefined();
        expect(whole.records).toEqual(all.flatMap((value) => heardOf('item', value, true)));
        expect(await read(text, chunkSize)).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('refuses what it refuses', async () => {
    const letters = fc.array(fc.constantFrom(...'[]{}:,"\\ 1-.eE0atrue', 'null', '"a"', '\n'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(letters, async (parts) => {
        // In an array: several values behind each other are no JSON text, but a file may hold them.
        const text = `[${parts.join('')}]`;
        fc.pre(!/\]\s*[[{"\dtfn-]/.test(text.slice(0, -1)));
        const heard = await read(text);
        const isDuplicate = heard.error?.message.includes('stands twice') ?? false;
        fc.pre(!isDuplicate);
        expect(heard.error === undefined).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The elements a value makes under a name. */
function heardOf(name: string, value: unknown, isItem: boolean): [string, Heard][] {
  if (value === null) return [];
  if (Array.isArray(value)) {
    if (!isItem) return value.flatMap((item) => heardOf(name, item, true));
    const inner = value.flatMap((item) => heardOf('item', item, true));
    return [[name, inner.length > 0 ? inner : '']];
  }
  if (typeof value !== 'object') return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  const inner = Object.entries(value as object).flatMap(([key, member]) => heardOf(key, member, false));
  return [[name, inner.length > 0 ? inner : '']];
}
