import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guessDialect, inferMapping } from '#engine/door';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const run = { signal: AbortSignal.timeout(20_000) };

async function typeOfCode(sampleBytes?: number) {
  const options = sampleBytes === undefined ? {} : { sampleBytes };
  const { mapping, report } = await inferMapping([folder.path], options, run);
  const types = mapping.tables.map(({ columns }) => columns.find(({ name }) => name === 'code')?.type);
  const doubts = report.uncertain.filter(({ column }) => column === 'code').map(({ code }) => code);
  return { types, doubts };
}

const rows = (count: number, pad: string) =>
  Array.from({ length: count }, (_, at) => `${at},${18_071 + (at % 1_000)},${pad}\n`).join('');

describe('08071 is never a number', () => {
  test('when it stands in the last line of the last file alone', async () => {
    writeFiles(folder.path, {
      '1.csv': `n,code\n1,18071\n5,18071\n`,
      '2.csv': `n,code\n2,18072\n`,
      '3.csv': `n,code\n3,18073\n4,08071\n`,
    });
    expect(await typeOfCode()).toEqual({ types: ['text'], doubts: ['TYPE_LEADING_ZERO'] });
  });

  test('when it stands behind what the dialect is guessed from', async () => {
    writeFiles(folder.path, { '1.csv': `n,code,x\n${rows(20_000, 'x'.repeat(30))}0,08071,\n` });
    const { columns } = await guessDialect([folder.path], {}, run);
    expect(columns.map(({ type }) => type)).toEqual(['integer', 'text', 'text']);
    expect(await typeOfCode()).toEqual({ types: ['text'], doubts: ['TYPE_LEADING_ZERO'] });
  });

  test('when it stands behind the sample: codes of one length stay text there', async () => {
    writeFiles(folder.path, { '1.csv': `n,code,x\n${rows(20_000, 'x'.repeat(30))}0,08071,\n` });
    expect(await typeOfCode(300_000)).toEqual({ types: ['text'], doubts: ['TYPE_LEADING_ZERO'] });
  });

  test('when a null token, a quote or blanks stand around it', async () => {
    writeFiles(folder.path, { '1.csv': `n,code\n1,NULL\n2, 08071 \n3,"12"\n4,\n` });
    expect((await typeOfCode()).types).toEqual(['text']);
  });

  test.each([
    ['a.json', '[{"n":1,"code":18071},{"n":2,"code":"08071"}]'],
    ['a.jsonl', '{"n":1,"code":18071}\n{"n":2,"code":"08071"}\n'],
    ['a.xml', '<r><i n="1"><code>18071</code></i><i n="2"><code>08071</code></i></r>'],
  ])('in %s', async (name, content) => {
    writeFiles(folder.path, { [name]: content });
    expect(await typeOfCode()).toEqual({ types: ['text'], doubts: ['TYPE_LEADING_ZERO'] });
  });
});
