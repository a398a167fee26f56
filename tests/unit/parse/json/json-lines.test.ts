import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure, type HeardFile, hear } from '../records.ts';

const read = (text: string, chunkSize?: number, path = 'a.jsonl'): Promise<HeardFile> =>
  hear(text, { format: 'json' }, chunkSize, path);

/** The ids of the records heard, and the broken lines. */
async function outcome(text: string, path?: string) {
  const heard = await read(text, undefined, path);
  expect(await read(text, 3, path)).toEqual(heard);
  const ids = heard.records.map(([, content]) => (Array.isArray(content) ? content[0]?.[1] : content));
  return { ids, broken: heard.broken.map(({ line, raw }) => `${line} ${raw}`), error: failure(heard) };
}

describe('a broken line of JSON lines', () => {
  it.each<[string, string, string[], string[]]>([
    ['breaks off', '{"id":1}\n{"id":2,"a":"x\n{"id":3}\n', ['1', '3'], ['2 {"id":2,"a":"x']],
    ['breaks off behind a comma', '{"id":1}\r\n{"id":2,\r\n{"id":3}\r\n', ['1', '3'], ['2 {"id":2,']],
    ['swallows none of the next', '{"id":1}\n{"id":2,"a":\n{"id":3}\n{"id":4}', ['1', '3', '4'], ['2 {"id":2,"a":']],
    ['is the first', '{"id":1,}\n{"id":2}\n{"id":3}', ['2', '3'], ['1 {"id":1,}']],
    ['is the last', '{"id":1}\n{"id":2}\n{"id":3', ['1', '2'], ['3 {"id":3']],
    ['ends in text', '{"id":1}\n{"id":2} x\n{"id":3},\n{"id":4}', ['1', '4'], ['2 {"id":2} x', '3 {"id":3},']],
    ['names a key twice', '{"id":1}\n{"id":2,"id":2}\n{"id":3}', ['1', '3'], ['2 {"id":2,"id":2}']],
    ['is no JSON at all', '{"id":1}\nerror: disk full\n{"id":3}', ['1', '3'], ['2 error: disk full']],
  ])('that %s is told with line and text, and the others are heard', async (_, text, ids, broken) => {
    expect(await outcome(text)).toEqual({ ids, broken, error: undefined });
    if (ids[0] === '1') expect((await outcome(text, 'a.json')).ids).toEqual(ids);
  });

  it('is told with why, and where in it', async () => {
    const { broken } = await read('{"id":1}\n {"id":2,"a":tru}\n');
    expect(broken).toEqual([
      { line: 2, raw: '{"id":2,"a":tru}', message: '"tru" is not a value of JSON (line 2, column 14)' },
    ]);
  });

  it('costs the whole file where no line can be read', async () => {
    expect(await outcome("{'id':1}\n{'id':2}\n")).toEqual({
      ids: [],
      broken: ["1 {'id':1}", "2 {'id':2}"],
      error: 'JSON_NOT_WELL_FORMED 1:2',
    });
  });
});

describe('values that take several lines', () => {
  it.each([
    ['written for people, behind each other', '{\n "id": 1\n}\n{\n "id": 2\n}\n', 'a.jsonl'],
    ['among others that take one', '{"id":1}\n{"id":\n2}\n', 'a.jsonl'],
    ['with others on the same line', '{"id":1}{"id":2}\n', 'a.jsonl'],
    ['in an array', '[{"id":1},\n{"id":2}]\n', 'a.jsonl'],
    ['in a file of any name', '{"id":1}\n\n{"id":2}\n', 'a.txt'],
  ])('%s are heard', async (_, text, path) => {
    expect(await outcome(text, path)).toEqual({ ids: ['1', '2'], broken: [], error: undefined });
  });

  it('are one document, refused whole, where nothing says that each line is a value', async () => {
    expect((await outcome('{"id":1,\n"a":{"id":2}\n"b":{"id":3}}\n', 'a.json')).error).toBe('JSON_NOT_WELL_FORMED 3:1');
  });
});

it('any lines, some of them cut anywhere: whole ones are heard, the others told, each once', async () => {
  const line = fc.record({
    value: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
    cut: fc.option(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (all, size) => {
        const lines = all.map(({ value, cut }, at) => {
          const text = JSON.stringify({ id: at, ...value, z: [{}] });
          // Cut inside, so that neither nothing nor a whole value is left.
          return cut === null ? text : text.slice(0, 1 + (cut % (text.length - 1)));
        });
        const whole = all.flatMap(({ cut }, at) => (cut === null ? [at + 1] : []));
        fc.pre(whole.length > 0);
        const text = `{"first":1}\n${lines.join('\n')}\n`;
        const heard = await read(text, size);
        expect(heard.error).toBeUndefined();
        expect(heard.lines).toEqual([1, ...whole.map((one) => one + 1)]);
        expect(heard.broken.map((one) => one.line)).toEqual(
          all.flatMap(({ cut }, at) => (cut === null ? [] : [at + 2])),
        );
      },
    ),
    { numRuns: 300 },
  );
});
