import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDatabase, describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { retryBench } from '#tests/helpers/retry-bench';
import { outcomeOf, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const KEY = { key: ['id'] };
const refers = (column: string, to: string) => ({ references: [{ columns: [column], table: to, on: ['id'] }] });
const mapping = mappingOf(
  table('owner', { id: 'integer', n: 'integer' }, { ...KEY, records: '/r/owner' }),
  table(
    'car',
    {
      id: 'integer',
      n: 'integer',
      owner: { path: '$parent.id', type: 'integer' },
      next: 'integer',
      // A value of a row that another one may lack, or that is known at the end of the document only.
      age: { type: 'integer', lookup: [{ table: 'owner', where: { id: 'owner' }, take: 'n' }] },
      place: { path: '../../place', type: 'text' },
    },
    { ...KEY, records: '/r/owner/car', ...refers('next', 'car') },
  ),
  table('item', { id: 'integer', n: 'integer', owner: 'integer' }, { ...KEY, ...refers('owner', 'owner') }),
);

/** A cell is right as it stands, or wrong until it is corrected to that value. */
interface Cell {
  readonly value: number;
  readonly wrong: boolean;
}

interface Car {
  readonly n: Cell;
  readonly next: number | null;
}

interface File {
  readonly owners: readonly { readonly id: Cell; readonly n: Cell; readonly cars: readonly Car[] }[];
  readonly items: readonly { readonly n: Cell; readonly owner: number | null }[];
}

const cell = fc.record({ value: fc.integer({ min: 0, max: 99 }), wrong: fc.boolean() });
const car = fc.record({ n: cell, next: fc.option(fc.nat(7)) });
const file = fc.record({
  owners: fc.array(fc.record({ id: cell, n: cell, cars: fc.array(car, { maxLength: 3 }) }), { maxLength: 3 }),
  items: fc.array(fc.record({ n: cell, owner: fc.option(fc.nat(4)) }), { maxLength: 3 }),
});
/** Per round: which of the wrong cells are corrected (by a share of them), and whether the round is taken back. */
const rounds = fc.array(fc.record({ picks: fc.array(fc.boolean(), { minLength: 1 }), undo: fc.boolean() }), {
  ...{ minLength: 1, maxLength: 3 },
});

interface Written {
  readonly texts: Readonly<Record<string, string>>;
  /** Wrong cells as corrections name them, and what they should be. */
  readonly wrong: readonly (readonly [cell: string, right: string])[];
}

/** Writes the files, wrong cells as they are or corrected. Ids are unique over all files. */
function write(files: readonly File[], corrected: boolean): Written {
  const wrong: [string, string][] = [];
  const ids = { owner: 0, car: 0, item: 0 };
  const texts = files.map((content, index) => {
    let sequence = 0;
    const text = (column: string, { wrong: isWrong }: Cell, right: number) => {
      if (!isWrong) return String(right);
      wrong.push([`${index + 1}:${sequence}.${column}`, String(right)]);
      return corrected ? String(right) : `wrong ${right}`;
    };
    const optional = (name: string, value: number | null) => (value === null ? {} : { [name]: value + 1 });
    const owners = content.owners.map(({ id, n, cars }) => {
      sequence += 1;
      ids.owner += 1;
      const fields = { id: text('id', id, ids.owner), n: text('n', n, n.value) };
      const inner = cars.map((one) => {
        sequence += 1;
        ids.car += 1;
        return element('car', { id: ids.car, n: text('n', one.n, one.n.value), ...optional('next', one.next) });
      });
      return element('owner', fields, inner.join(''));
    });
    const items = content.items.map(({ n, owner }) => {
      sequence += 1;
      ids.item += 1;
      return element('item', { id: ids.item, n: text('n', n, n.value), ...optional('owner', owner) });
    });
    return [`${index}.xml`, document(...owners, ...items, `<place>p${index}</place>`)];
  });
  return { texts: Object.fromEntries(texts), wrong };
}

describeEachServer('rejects that are corrected and retried in any rounds', (server) => {
  const bench = loadBench(server);

  test('end as if the files had been right from the beginning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), rounds, async (files, steps) => {
        const { texts, wrong } = write(files, false);
        fc.pre(wrong.length > 0);
        await bench.sql('drop schema if exists loadstone cascade; drop table if exists owner, car, item cascade');
        for (const name of readdirSync(bench.folder)) rmSync(join(bench.folder, name));
        bench.write(texts);
        const rejected = await retryBench(bench, mapping, { skipLoaded: false });
        let left = wrong;
        for (const { picks, undo } of steps) {
          const now = left.filter((_, index) => picks[index % picks.length]);
          left = left.filter((each) => !now.includes(each));
          if (now.length > 0) await rejected.correct(Object.fromEntries(now));
          const open = (await rejected.page()).entries;
          if (open.length === 0) break;
          const rows = new Set(open.map(({ file: number, sequence }) => `${number}:${sequence}`)).size;
          await rejected.retry();
          const read = Object.values(rejected.last.report.tables).reduce((sum, counts) => sum + counts.read, 0);
          expect(read).toBe(rows);
          if (undo) await bench.undo(rejected.last);
        }
        if (left.length > 0) await rejected.correct(Object.fromEntries(left));
        // What refers to rows that no file has stays rejected; nothing else does.
        if ((await rejected.rejects()).length > 0) await rejected.retry();
        const result = {
          owner: await bench.rows('owner'),
          car: await bench.rows('car'),
          item: await bench.rows('item'),
        };
        expect(result).toEqual(await atOnce(write(files, true).texts));
      }),
      { numRuns: 6 },
    );
  });

  async function atOnce(texts: Readonly<Record<string, string>>) {
    using folder = temporaryFolder();
    await using database = await createDatabase(server);
    writeFiles(folder.path, texts);
    return (await outcomeOf(database, folder.path, mapping)).rows;
  }
});
