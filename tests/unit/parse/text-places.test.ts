import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvSchema } from '#contract/csv-settings';
import { TextWindows } from '#engine/load/text-windows';
import { NameTable } from '#engine/model/name-table';
import type { TextPlace, TreeHandler } from '#engine/model/tree-handler';
import { type ParseStreamOptions, parseFile } from '#engine/parse/parse-file';

type Format = 'xml' | 'csv' | 'json';

/** Hears a document and cuts every element of one depth out of its text by the places the parser tells. */
async function recordsOf(
  text: string,
  format: Format,
  depth: number,
  cuts: readonly number[],
  path = 'a',
): Promise<string[]> {
  const utf8 = Buffer.from(text);
  const found: (readonly [number, number])[] = [];
  let decoded = '';
  let place: TextPlace | null = null;
  let [level, start] = [0, 0];
  const handler: TreeHandler = {
    wantsText: true,
    wantsAttributes: true,
    locate: (known) => {
      place = known;
    },
    open() {
      level += 1;
      if (level === depth) start = place?.start() ?? -1;
    },
    attribute() {},
    text() {},
    unresolvedEntity() {},
    unresolvedAttributeEntity() {},
    close() {
      if (level === depth) found.push([start, place?.stop() ?? -1]);
      level -= 1;
    },
    brokenRecord() {
      found.push([place?.start() ?? -1, place?.stop() ?? -1]);
    },
  };
  const source = { format, encoding: 'UTF-8', csv: csvSchema.parse({ delimiter: ',', columns: ['n', 'm'] }) };
  const options: ParseStreamOptions = {
    ...{ path, source, names: new NameTable({ prefixes: format === 'xml' }), handler },
    onText: (piece) => {
      decoded += piece.toString('latin1');
    },
  };
  await parseFile(inPieces(utf8, cuts), options);
  expect(decoded).toBe(utf8.toString('latin1'));
  return found.map(([from, to]) => utf8.toString('utf8', from, to));
}

async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    if (to > from) yield bytes.subarray(from, to);
    from = Math.max(from, to);
  }
}

const cuts = fc.array(fc.nat(100_000), { maxLength: 8 });
const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', 'ờ', '😀', '\n', ' '), maxLength: 12 }), {
  maxLength: 12,
});

describe('where a record stands is told exactly, however the file comes in pieces', () => {
  test('of XML', async () => {
    await fc.assert(
      fc.asyncProperty(words, cuts, async (texts, at) => {
        const records = texts.map((text, i) => (text === '' ? `<x a="${i}>"/>` : `<x>${text}<y>é</y ></x >`));
        const document = `<?xml version="1.0"?>\n<r><!-- <x> -->${records.join('\r\n ờ ')}</r>`;
        expect(await recordsOf(document, 'xml', 2, at)).toEqual(records);
      }),
    );
  });

  test('of CSV, broken records too', async () => {
    await fc.assert(
      fc.asyncProperty(words, cuts, async (texts, at) => {
        const records = texts.map((text, i) => (i % 3 === 2 ? 'a,b,c,d' : `"${text}",${i}`));
        expect(await recordsOf(['n,m', ...records, ''].join('\r\n'), 'csv', 2, at)).toEqual(records);
      }),
    );
  });

  test('of JSON, as one document and line by line', async () => {
    await fc.assert(
      fc.asyncProperty(words, cuts, async (texts, at) => {
        const records = texts.map((text, i) => (i % 3 === 2 ? `${i}` : JSON.stringify({ text, list: [i, [text]] })));
        if (records.length > 0) {
          expect(await recordsOf(`[ ${records.join(' ,\n')} ]`, 'json', 2, at)).toEqual(records);
        }
        const lines = ['{"first": 1}', ...records.map((record, i) => (i % 4 === 3 ? '{"ờ" 1}' : record))];
        expect(await recordsOf(`${lines.join('\n')}\n`, 'json', 2, at, 'a.jsonl')).toEqual(lines);
      }),
    );
  });
});

describe('stretches of a text', () => {
  test('keep lines and characters as they are counted in the whole', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', 'ờ', '😀', '\n', '\r', '\r\n'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.nat(100), fc.nat(100), cuts, (whole, a, b, at) => {
        const bytes = Buffer.from(whole);
        const [from, to] = [Math.min(a, b) % (bytes.length + 1), Math.max(a, b)];
        const windows = new TextWindows([{ from, to }], []);
        const places = [...new Set(at.map((cut) => cut % (bytes.length + 1)))].sort((x, y) => x - y);
        [...places, bytes.length].reduce((start, end) => {
          windows.add(bytes.subarray(start, end));
          return end;
        }, 0);
        windows.end();
        const before = new TextDecoder().decode(bytes.subarray(0, from), { stream: true }).split(/\r\n|[\r\n]/);
        const isInCharacter = ((bytes[from] ?? 0) & 0xc0) === 0x80;
        // A CR whose LF follows is one line end with it: what stands behind the CR is told as the next line's beginning.
        fc.pre(!(bytes[from - 1] === 0x0d && bytes[from] === 0x0a));
        expect(windows.positionAt(from)).toEqual({
          line: before.length,
          column: [...(before.at(-1) ?? '')].length + 1 + (isInCharacter ? 1 : 0),
        });
      }),
    );
  });
});
