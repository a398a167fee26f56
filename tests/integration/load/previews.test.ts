import { expect, test } from 'vitest';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { createTables, prepareLoad, previewLoad, stageChunks } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { countLine, loadSpec, rejectLines } from '#tests/helpers/run-load';

const KEY = { key: ['id'] };
const signal = () => AbortSignal.timeout(60_000);
const TABLES = `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|loadstone$)' order by 1`;
const COMMENTS = `select c.relname as on, obj_description(c.oid, 'pg_class') as of,
    array(select col_description(c.oid, a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 order by a.attnum) as columns
  from pg_class c where c.relkind = 'r' and c.relname in ('item', 'kind') order by 1`;
const mapping = mappingOf(
  table(
    'Item',
    { id: 'integer', kind: 'text', n: { type: 'numeric(5,2)', path: 'n', default: '1' } },
    {
      ...KEY,
      records: '/r/item',
      references: [{ columns: ['kind'], table: 'kind', on: ['id'] }],
    },
  ),
  table('kind', { id: 'text' }, KEY),
);
const files = {
  'a.xml': document(
    element('item', { id: 1, kind: 'b', n: '2.5' }),
    element('item', { id: 2, kind: 'b' }),
    element('item', { id: 3, kind: 'c' }),
    element('item', { id: 'x', kind: 'b' }),
    element('kind', { id: 'b' }),
  ),
};

describeEachServer('a preview', (server) => {
  const bench = loadBench(server);
  const preview = async (input: MappingInput, rows = 100) => {
    const session = new DirectSession(bench.database.target);
    const request = { paths: [bench.folder], mapping: mappingSchema.parse(input), rows };
    return previewLoad(session, { request, signal: signal() }).finally(() => session.close());
  };

  test('shows the very rows that the load then brings, and leaves nothing', async () => {
    bench.write(files);
    const shown = await preview(mapping);
    const traces = await bench.sql(TABLES);
    const { report } = await bench.run(mapping);
    const brought = await bench.sql('select array[id::text, kind, n::text] as row from item order by id');
    expect({
      traces,
      columns: shown.tables.Item?.columns,
      rows: shown.tables.Item?.rows,
      counts: countLine(shown.tables.Item?.counts ?? (undefined as never)),
      rejects: shown.rejects,
      files: shown.files,
    }).toEqual({
      traces: [],
      columns: ['id', 'kind', 'n'],
      rows: brought.map(({ row }) => row),
      counts: '4 read, 2 inserted, 2 rejected',
      rejects: report.rejects,
      files: report.files,
    });
  });

  test('shows changed rows of an existing table, but not those that stay', async () => {
    bench.write({ 'a.xml': document(element('t', { id: 1, x: 'new' }), element('t', { id: 3, x: 'new' })) });
    await bench.sql(`create table t (id int primary key, x text); insert into t values (1, 'old'), (2, 'old')`);
    const shown = await preview(
      mappingOf(table('t', { id: 'integer', x: 'text' }, { ...KEY, onConflict: 'overwrite' })),
    );
    expect({ ddl: shown.ddl, rows: shown.tables.t?.rows.toSorted(), after: await bench.rows('t') }).toEqual({
      ddl: [],
      rows: [
        ['1', 'new'],
        ['3', 'new'],
      ],
      after: ['id=1, x=old', 'id=2, x=old'],
    });
  });

  test('shows rows also where the database refuses some', async () => {
    bench.write({ 'a.xml': document(element('t', { id: 1 }), element('t', { id: 2 }), element('t', { id: 3 })) });
    await bench.sql('create table t (id int primary key check (id <> 2)); insert into t values (9)');
    const shown = await preview(mappingOf(table('t', { id: 'integer' }, KEY)));
    expect(shown.tables.t?.rows).toEqual([['1'], ['3']]);
  });

  test('shows no more rows than asked for, of files loaded before too', async () => {
    bench.write(files);
    await bench.run(mapping);
    await bench.sql('drop table item, kind');
    await bench.run(mapping);
    await bench.sql('delete from item');
    const shown = await preview(mapping, 1);
    expect(shown.tables.Item?.rows).toEqual([['1', 'b', '2.50']]);
  });
});

describeEachServer('creating tables', (server) => {
  const bench = loadBench(server);
  const create = (dryRun: boolean) =>
    createTables({
      mapping: mappingSchema.parse(mapping),
      schema: 'made',
      target: bench.database.target,
      dryRun,
      signal: signal(),
    });

  test('is said by a dry run, done by a real one, and not done twice', async () => {
    const dry = await create(true);
    const before = await bench.sql(TABLES);
    const real = await create(false);
    const after = await bench.sql(TABLES);
    const again = await create(false);
    const comments = await bench.sql(COMMENTS);
    const { ddl, created, existing } = dry;
    expect({ ddl, created, existing, before, real: { ...real, dryRun: true }, after, comments, again }).toEqual({
      ddl: [
        'create schema "made"',
        'create table "made"."item" (\n  "id" integer not null,\n  "kind" text,\n  "n" numeric(5,2) default 1\n)',
        'create table "made"."kind" (\n  "id" text not null\n)',
        'alter table "made"."item" add primary key ("id")',
        'alter table "made"."kind" add primary key ("id")',
        'alter table "made"."item" add foreign key ("kind") references "made"."kind" ("id") on delete no action',
        'create index on "made"."item" ("kind")',
        `comment on table "made"."item" is 'from /r/item'`,
        `comment on column "made"."item"."id" is 'from id'`,
        `comment on column "made"."item"."kind" is 'from kind'`,
        `comment on column "made"."item"."n" is 'from n'`,
        `comment on table "made"."kind" is 'from /r/kind'`,
        `comment on column "made"."kind"."id" is 'from id'`,
      ],
      created: ['Item', 'kind'],
      existing: [],
      before: [],
      real: dry,
      after: [{ name: 'made.item' }, { name: 'made.kind' }],
      comments: [
        { on: 'item', of: 'from /r/item', columns: ['from id', 'from kind', 'from n'] },
        { on: 'kind', of: 'from /r/kind', columns: ['from id'] },
      ],
      again: {
        policy: 'evolve',
        state: 'equal',
        changes: [],
        ddl: [],
        dryRun: false,
        edited: false,
        created: [],
        existing: ['Item', 'kind'],
      },
    });
  });

  test('makes the tables that a load then fills', async () => {
    bench.write(files);
    await create(false);
    const { report } = await bench.run(mapping, { schema: 'made' });
    expect({
      counts: countLine(report.tables.Item ?? (undefined as never)),
      rows: await bench.rows('made.item'),
    }).toEqual({
      counts: '4 read, 2 inserted, 2 rejected',
      rows: ['id=1, kind=b, n=2.50', 'id=2, kind=b, n=1.00'],
    });
  });
});

describeEachServer('rejects', (server) => {
  const bench = loadBench(server);

  test('of a load that is not merged are those of its staging, afterwards all of them', async () => {
    bench.write(files);
    const merged = await bench.run(mapping);
    const spec = loadSpec(bench.folder, mapping, { skipLoaded: false });
    const session = new DirectSession(bench.database.target);
    const run = {
      spec,
      signal: signal(),
      onRetry: () => undefined,
      onProgress: () => undefined,
      onTiming: () => undefined,
    };
    const { fence, chunks } = await prepareLoad(session, { ...run, resume: false });
    const waiting = [...chunks];
    await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
    await session.close();
    const { target } = bench.database;
    expect({
      staged: await rejectLines(target, spec.loadId),
      merged: await rejectLines(target, merged.loadId),
      unknown: await rejectLines(target, '00000000-0000-4000-8000-000000000000'),
    }).toEqual({
      staged: ['a.xml:5 Item.id "x" BAD_VALUE'],
      merged: ['a.xml:4 Item.kind "c" MISSING_REFERENCE', 'a.xml:5 Item.id "x" BAD_VALUE'],
      unknown: [],
    });
  });

  test('of thousands of rows are all listed, in order', async () => {
    const count = 2_500;
    bench.write({
      'a.xml': document(...Array.from({ length: count }, (_, i) => element('t', { id: `x${i}`, n: 'y' }))),
    });
    const run = await bench.run(
      mappingOf(
        table('t', { id: 'integer', n: 'integer' }, KEY),
        table('other', { id: 'text' }, { ...KEY, records: '/r/t' }),
      ),
    );
    expect(await rejectLines(bench.database.target, run.loadId)).toEqual(
      Array.from({ length: count }, (_, i) => [
        `a.xml:${i + 2} t.id "x${i}" BAD_VALUE`,
        `a.xml:${i + 2} t.n "y" BAD_VALUE`,
      ]).flat(),
    );
  });
});
