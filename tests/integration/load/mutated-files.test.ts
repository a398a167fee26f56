import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { createDatabase, embeddedServer } from '#tests/helpers/database';
import { runLoad, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const FILES = 400;
const RECORDS = 12;

const MAPPING: MappingInput = {
  version: 1,
  name: 'mutated',
  source: { format: 'xml' },
  tables: [
    {
      name: 'item',
      records: 'list/item',
      columns: [
        { name: 'file', path: '$file', type: 'text' },
        { name: 'place', path: '$line', type: 'integer' },
        { name: 'name', path: 'name', type: 'text', onExtraValues: 'ignore' },
        { name: 'size', path: '@size', type: 'text' },
      ],
    },
  ],
};

/** A small generator, so that a failing seed can be run again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function original(): string {
  const items = Array.from(
    { length: RECORDS },
    (_, i) => `  <item size="${i}"><!-- thửa ${i} --><name>Nguyễn &amp; Trần <![CDATA[<${i}>]]></name></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<list>\n${items.join('\n')}\n</list>\n`;
}

/** Bytes cut out, doubled, changed or put in: what broken disks, editors and transfers do. */
function mutate(bytes: Buffer, next: (below: number) => number): Buffer {
  const at = next(bytes.length);
  const length = 1 + next(20);
  const special = Buffer.from(['<', '>', '&', '"', ']]>', '\0', '</list>', 'ễ', '\xff'][next(9)] as string, 'latin1');
  switch (next(5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), special, bytes.subarray(at)]);
    case 3:
      return bytes.subarray(0, at);
    default: {
      const changed = Buffer.from(bytes);
      changed[at] = next(256);
      return changed;
    }
  }
}

/** @returns how many records an independent parser finds, or null when it refuses the document. */
function countRecords(bytes: Buffer): number | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text === '') return null;
    let records = 0;
    const open: string[] = [];
    const parser = new SaxesParser({ xmlns: false });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      if (tag.name === 'item' && open.at(-1) === 'list') records += 1;
      open.push(tag.name);
    });
    parser.on('closetag', () => open.pop());
    parser.write(text).close();
    return records;
  } catch {
    return null;
  }
}

it('loads a damaged file whole or not at all, and says which', async () => {
  using folder = temporaryFolder();
  await using database = await createDatabase(embeddedServer());
  const next = random(20_261_122);
  const files: Record<string, Buffer> = {};
  for (let i = 0; i < FILES; i += 1) files[`${String(i).padStart(3, '0')}.xml`] = mutate(Buffer.from(original()), next);
  writeFiles(folder.path, files);

  const expected = Object.entries(files).map(([path, bytes]) => ({ path, records: countRecords(bytes) }));
  const { report } = await runLoad(database, join(folder.path), MAPPING);

  expect(report.files.failures.map(({ path }) => path)).toEqual(
    expected.filter(({ records }) => records === null).map(({ path }) => path),
  );
  const rows = await database.query<{ path: string; records: number }>(
    'select file as path, count(*)::int as records from item group by file order by file collate "C"',
  );
  expect(rows).toEqual(expected.filter(({ records }) => (records ?? 0) > 0));
  // Both kinds must be there, or this test could not fail.
  expect(report.files.failed).toBeGreaterThan(FILES / 4);
  expect(report.files.loaded).toBeGreaterThan(FILES / 10);
});
