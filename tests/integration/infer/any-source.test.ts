import { cpSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type InferOptions, inferMapping } from '#engine/door';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { runLoad, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

let database: TestDatabase;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  folder = temporaryFolder();
});
afterEach(async () => {
  folder.remove();
  await database.drop();
});

async function inferAndLoad(options: InferOptions = {}, schema?: string) {
  const inferred = await inferMapping([folder.path], options, { signal: AbortSignal.timeout(60_000) });
  const { report } = await runLoad(database, folder.path, inferred.mapping, schema === undefined ? {} : { schema });
  return { ...inferred, loaded: report };
}

function inserted(tables: Readonly<Record<string, { readonly inserted: number; readonly rejected: number }>>) {
  return Object.fromEntries(Object.entries(tables).map(([name, counts]) => [name, [counts.inserted, counts.rejected]]));
}

describe('what is inferred loads without rejects', () => {
  test('from a folder of CSV files: a table per kind of file, references between them', async () => {
    const parcels = Array.from(
      { length: 30 },
      (_, at) => `${at + 1};0${8071 + (at % 3)};${(at % 28) + 1}/12/2020;${at},5`,
    );
    const owners = Array.from({ length: 40 }, (_, at) => `A${at};"Nguyễn; Văn ${at}";${(at % 30) + 1}`);
    writeFiles(folder.path, {
      'parcels.csv': `id;commune;issued;area\n${parcels.join('\n')}\n`,
      'owners-1.csv': `code;name;parcel_id\n${owners.slice(0, 20).join('\n')}\n`,
      'owners-2.csv': `code;name;parcel_id\n${owners.slice(20).join('\n')}\n`,
    });
    const { loaded } = await inferAndLoad();
    expect(inserted(loaded.tables)).toEqual({ owners: [40, 0], parcels: [30, 0] });
    const [row] = await database.query(
      'select sum(area)::text as area, min(commune) as commune, max(issued)::text as issued from parcels',
    );
    expect(row).toEqual({ area: '450.0', commune: '08071', issued: '2020-12-28' });
    const [joined] = await database.query(
      'select count(*)::int as n from owners o join parcels p on p.id = o.parcel_id',
    );
    expect(joined).toEqual({ n: 40 });
  });

  test('from CSV files with differing headers, of the same names, and without a record', async () => {
    writeFiles(folder.path, {
      'a.csv': 'id,name,since\n1,a,2020-01-31\n2,b,2020-02-01\n',
      '2020/a.csv': 'id,name\n3,c\n4,d\n5,e\n',
      '2021/a.csv': 'name,id\nf,6\n',
      '2021/empty.csv': 'id,name,since\n',
      'other/note.csv': 'id,note\n',
    });
    const { loaded, mapping } = await inferAndLoad();
    expect({ failed: loaded.files.failed, rejects: loaded.rejects.total }).toEqual({ failed: 0, rejects: 0 });
    const rows = Object.values(loaded.tables).map(({ inserted: count }) => count);
    expect(rows.toSorted()).toEqual([0, 2, 4]);
    const types = mapping.tables.map(({ columns }) => columns.map(({ name, type }) => `${name} ${type}`).join(', '));
    expect(types).toContain('id integer, name text, since date');
  });

  test('from JSON: nested objects become columns, arrays tables, big integers keep their digits', async () => {
    const orders = Array.from({ length: 25 }, (_, at) => ({
      id: at + 1,
      customer: { name: `C ${at}`, vip: at % 2 === 0 },
      lines: Array.from({ length: (at % 3) + 1 }, (__, line) => ({ sku: `00${line}`, qty: line + 1 })),
      tags: at % 4 === 0 ? ['a', 'b'] : [],
      ...(at % 5 === 0 && { 'Diện tích (m²)': at + 0.25 }),
    }));
    const text = JSON.stringify(orders).replaceAll('"vip"', '"big":12345678901234567890,"vip"');
    writeFiles(folder.path, { 'orders.json': text });
    const { loaded } = await inferAndLoad();
    const lines = orders.reduce((sum, order) => sum + order.lines.length, 0);
    expect(inserted(loaded.tables)).toEqual({ orders: [25, 0], lines: [lines, 0], tags: [14, 0] });
    const [row] = await database.query(
      'select (select sum(qty)::int from lines) as qty, (select min(customer_big) from orders) as big, (select count(*)::int from orders where customer_vip) as vips',
    );
    const qty = orders.flatMap((order) => order.lines).reduce((sum, line) => sum + line.qty, 0);
    expect(row).toEqual({ qty, big: '12345678901234567890', vips: 13 });
  });

  test('from dossiers of several shapes, encodings and faults', async () => {
    cpSync(join(import.meta.dirname, '../../../examples/land-records'), folder.path, { recursive: true });
    const { report, loaded } = await inferAndLoad();
    const rows = Object.fromEntries(report.tables.map(({ name, rows: count }) => [name, [count, 0]]));
    expect({ failed: loaded.files.failed, tables: inserted(loaded.tables) }).toEqual({
      failed: report.files.failed.length,
      tables: rows,
    });
  });

  test('from CSV files of different kinds that share a name, from one folder each', async () => {
    writeFiles(folder.path, {
      'hn/export.csv': 'id,name\n1,x\n',
      'sg/export.csv': 'code,price\nA,5\nB,6\n',
    });
    const { loaded } = await inferAndLoad();
    expect(inserted(loaded.tables)).toEqual({ hn_export: [1, 0], sg_export: [2, 0] });
  });

  test('where values are one key as uuids or numbers, though not as they are written', async () => {
    const uuid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
    writeFiles(folder.path, {
      'a.csv': `uuid,v\n${uuid.toUpperCase()},1\n${uuid},2\n`,
      'b.csv': 'id,w\n-0,1\n0,2\n5,3\n',
    });
    const { loaded } = await inferAndLoad();
    expect(inserted(loaded.tables)).toEqual({ a: [2, 0], b: [3, 0] });
  });

  test('where columns are named as PostgreSQL’s hidden ones, and where there are more than a table holds', async () => {
    const names = ['id', 'xmin', 'ctid', ...Array.from({ length: 1_700 }, (_, at) => `c${at}`)];
    const rows = [1, 2, 3].map((row) => names.map((_, at) => (at === 0 ? `k${row}` : `${at * row}`)).join(','));
    writeFiles(folder.path, { 'wide.csv': `${names.join(',')}\n${rows.join('\n')}\n` });
    const { loaded } = await inferAndLoad();
    expect(inserted(loaded.tables)).toEqual({ wide: [3, 0], wide_2: [3, 0] });
    const [row] = await database.query("select wide_ctid, c0, c1699 from wide join wide_2 using (id) where id = 'k3'");
    expect(row).toEqual({ wide_ctid: 6, c0: 9, c1699: 5106 });
  });

  test('from a sample, spread over the files and said to be one', async () => {
    const records = (file: number) =>
      Array.from({ length: 300 }, (_, at) => `<i id="${file}-${at}"><v>${at}</v><t>${'x'.repeat(900)}</t></i>`).join(
        '',
      );
    writeFiles(
      folder.path,
      Object.fromEntries([1, 2, 3, 4, 5, 6].map((file) => [`${file}.xml`, `<r>${records(file)}</r>`])),
    );
    const { report, loaded, mapping } = await inferAndLoad({ sampleBytes: 600_000 });
    expect(report.files).toEqual({ found: 6, read: 3, cut: 3, failed: [] });
    expect(report.uncertain.map(({ code }) => code)).toContain('SAMPLED');
    expect(mapping.tables.map(({ name, key }) => [name, key])).toEqual([['i', ['id']]]);
    expect(inserted(loaded.tables)).toEqual({ i: [1_800, 0] });
  });
});

interface Element {
  readonly name: string;
  readonly id: string | null;
  readonly children: readonly (Element | string)[];
}

const text = fc.oneof(
  fc.constantFrom('', '7', '08071', '1,5', 'true', '2020-02-29', 'Nguyễn'),
  fc.integer().map(String),
);
const elementOf = (depth: number): fc.Arbitrary<Element> =>
  fc.record({
    name: fc.constantFrom('a', 'b', 'ref', 'value'),
    id: fc.option(text),
    children:
      depth === 0 ? text.map((one) => [one]) : fc.array(fc.oneof(elementOf(depth - 1), elementOf(0)), { maxLength: 4 }),
  });

function print({ name, id, children }: Element): string {
  const inner = children.map((child) => (typeof child === 'string' ? child : print(child))).join('\n');
  return `<${name}${id === null ? '' : ` id="${id}"`}>${inner}</${name}>`;
}

test('any documents load whole into PostgreSQL with the mapping inferred from them', { timeout: 120_000 }, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(elementOf(3), { minLength: 1, maxLength: 3 }), async (elements) => {
      const schema = `run_${++run}`;
      await database.query(`create schema ${schema}`);
      folder.remove();
      writeFiles(folder.path, Object.fromEntries(elements.map((element, at) => [`${at}.xml`, print(element)])));
      const { loaded, report } = await inferAndLoad({}, schema);
      const rows = Object.fromEntries(report.tables.map(({ name, rows: count }) => [name, [count, 0]]));
      expect({ failed: loaded.files.failed, tables: inserted(loaded.tables) }).toEqual({ failed: 0, tables: rows });
      for (const { name, rows: count } of report.tables) {
        const [found] = await database.query(`select count(*)::int as n from ${schema}."${name.toLowerCase()}"`);
        expect(found).toEqual({ n: count });
      }
    }),
    { numRuns: 25 },
  );
});
