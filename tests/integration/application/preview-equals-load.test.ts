import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PreviewReport } from '#contract/api/previews';
import type { FileFormat } from '#contract/file-formats';
import { type MappedColumn, type MappedTable, type Mapping, mappingSchema } from '#contract/mapping';
import { rejectEntrySchema } from '#contract/rejects';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { type OpenApp, openApp, rest } from './open-app.ts';

/** What a window shows before a load is what the load then does, asked and ordered as a window does it. */
let entry: string;
let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let opened: OpenApp;

beforeAll(() => {
  entry = builtWorker();
}, 120_000);
beforeEach(async () => {
  folder = temporaryFolder();
  database = await createDatabase(embeddedServer());
  opened = await openApp(folder.path, entry, { env: { PGPASSWORD: database.target.password } });
});
afterEach(async () => {
  await opened.app.close();
  await database.drop();
  folder.remove();
});

const FILES: Readonly<Record<FileFormat, Readonly<Record<string, string>>>> = {
  xml: {
    'in/a.xml': `<library><books>
      <book isbn="b1" year="1998"><title>Truyện  Kiều</title><price>12.50</price><author><name>Nguyễn Du</name></author></book>
      <book isbn="b2"><title/><price>9</price><author><name>X</name></author><author><name>Y</name><born>1901-02-03</born></author></book>
    </books></library>`,
    'in/b.xml': `<library><books>
      <book isbn="b3" year="2024"><title>"C" &amp; D \\N</title><price>1.05</price></book>
      <book isbn="b1" year="1999"><title>again</title><price>3</price></book>
    </books></library>`,
    'in/broken.xml': '<library><books><book isbn="b9">',
  },
  csv: {
    'in/people.csv': 'id;name;code;balance\n1;"An; of\nHuế";08071;1.234,50\n2;;01001;0,75\n3;" Lê ";00001;\n',
    'in/orders.csv': 'order_id;id;day\n10;1;31/12/2023\n11;2;30/11/2023\n12;2;02/12/2023\n13;3;01/12/2023;more\n',
  },
  json: {
    'in/events.jsonl': `${[
      '{"id":1,"user":{"name":"An"},"tags":["x","y"],"amount":12345678901234567890.5,"on":true}',
      '{"id":2,"user":{"name":"\\u0111"},"tags":[],"items":[{"sku":"s1","qty":2},{"sku":"s2","qty":70000}]}',
      '{"id":3,"items":[{"sku":"s1","qty":1}],"on":false}',
    ].join('\n')}\n`,
  },
};

/** As somebody changes a proposal in the designer. */
const BY_HAND: Readonly<Record<FileFormat, (mapping: Mapping) => Mapping>> = {
  xml: (mapping) =>
    changed(mapping, {
      'book.price': { name: 'gia', type: 'numeric(4,1)' },
      'book.year': { nullable: false },
      'author.name': { type: 'varchar(4)' },
    }),
  csv: (mapping) =>
    changed(mapping, { 'people.code': { type: 'smallint' }, 'people.name': { nullable: false, default: "'?'" } }),
  json: (mapping) => changed(mapping, { 'items.qty': { type: 'smallint', name: 'so_luong' }, 'events.on': null }),
};

describe.each(['xml', 'csv', 'json'] as const)('of %s files', (format) => {
  test('the rows and rejects shown of the proposed mapping are those that are loaded', async () => {
    const mapping = await proposed(format);
    const { shown, loaded } = await lookAndLoad(mapping);
    expect(shown).toEqual(loaded);
    expect(Object.values(shown.rows).flat().length).toBeGreaterThan(3);
  });

  test('and so are those of a mapping that was changed by hand, where it rejects', async () => {
    const mapping = BY_HAND[format](await proposed(format));
    const { shown, loaded } = await lookAndLoad(mapping);
    expect(shown).toEqual(loaded);
    expect(shown.rejects.length).toBeGreaterThan(0);
  });
});

async function proposed(format: FileFormat): Promise<Mapping> {
  writeFiles(folder.path, FILES[format]);
  const events = await rest(await opened.client.sources.infer({ paths: [join(folder.path, 'in')] }));
  const last = events.at(-1);
  if (last?.type !== 'inferred') throw new Error(JSON.stringify(last));
  return mappingSchema.parse(last.mapping);
}

/** @param changes by `table.column` of the proposal; null leaves the column out. */
function changed(mapping: Mapping, changes: Readonly<Record<string, Partial<MappedColumn> | null>>): Mapping {
  const known = mapping.tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
  expect(known).toEqual(expect.arrayContaining(Object.keys(changes)));
  const changeTable = (table: MappedTable): MappedTable => ({
    ...table,
    columns: table.columns.flatMap((column) => {
      const change = changes[`${table.name}.${column.name}`];
      return change === null ? [] : [{ ...column, ...change }];
    }),
  });
  return { ...mapping, tables: mapping.tables.map(changeTable) };
}

async function lookAndLoad(mapping: Mapping) {
  const { client } = opened;
  const { host, port, user, database: name } = database.target;
  const connection = { kind: 'server' as const, host, port, user, database: name, ssl: 'disable' as const };
  const paths = [join(folder.path, 'in')];
  const events = await rest(await client.previews.run({ connection, request: { paths, mapping, rows: 100 } }));
  const last = events.at(-1);
  if (last?.type !== 'report') throw new Error(JSON.stringify(last));
  const settings = { onError: 'row' as const, batchSize: 20_000, dryRun: false, skipLoaded: true };
  await client.jobs.start({ ...settings, connection, paths, mapping });
  await rest(await client.jobs.watch({ number: 1 }));
  const kept = await keptRejects();
  // A record may have several objections; a report tells the first of each.
  expect(kept).toEqual(expect.arrayContaining([...last.report.rejects.sample]));
  return { shown: shownIn(last.report), loaded: await loadedInto(mapping) };
}

function shownIn({ tables, rejects, files }: PreviewReport) {
  const rows = Object.fromEntries(Object.entries(tables).map(([table, shown]) => [table, shown.rows]));
  return { rows, rejects: rejects.sample, byReason: rejects.byReason, failures: files.failures };
}

/** What the screen of rejects shows after the load; of what it knows beside, a preview knows nothing. */
async function keptRejects() {
  const page = { offset: 0, limit: 100, sort: { by: 'place', descending: false }, filter: {} } as const;
  const { entries } = await opened.client.rejects.page({ job: 1, request: page });
  return entries.map((entry) => rejectEntrySchema.parse(entry));
}

/** What the tables hold, and what the job reports. */
async function loadedInto({ tables }: Mapping) {
  const rows: Record<string, unknown[]> = {};
  for (const { name, columns } of tables) {
    const values = columns.map((column) => `"${column.name.toLowerCase()}"::text`);
    const found = await database.query<{ row: unknown }>(
      `select array[${values.join(', ')}] as row from "${name}" order by ctid`,
    );
    rows[name] = found.map(({ row }) => row);
  }
  const { report } = await opened.client.jobs.show({ number: 1 });
  return {
    rows,
    rejects: report?.rejects.sample,
    byReason: report?.rejects.byReason,
    failures: report?.files.failures,
  };
}
