import { appendFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoadReport } from '#contract/load';
import { FailedLoad } from '#engine/door';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { countLine, failureOf, outcomeOf, runLoad } from '#tests/helpers/run-load';

const KEY = { key: ['id'] };
const items = (...values: readonly (string | number)[]) => document(...values.map((id) => element('t', { id })));
const mapping = mappingOf(table('t', { id: 'integer' }, KEY));
/** Everything of a database that a load may have made. */
const TRACES = `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'loadstone') order by 1`;

/** What is known of a load that fails as a whole. */
async function failedReport(work: Promise<unknown>): Promise<LoadReport> {
  const thrown = await work.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof FailedLoad)) throw thrown;
  return thrown.report;
}

describeEachServer('errors', (server) => {
  const bench = loadBench(server);
  const linked = mappingOf(
    table(
      'child',
      { id: 'integer', t: 'integer' },
      { ...KEY, records: '/r/child', references: [{ columns: ['t'], table: 't', on: ['id'] }] },
    ),
    table('t', { id: 'integer' }, { ...KEY, records: '/r/t' }),
  );

  test('with --on-error file lose whole files, also those that refer to what is lost', async () => {
    bench.write({
      'a.xml': items(1, 'x'),
      'b.xml': document(element('child', { id: 1, t: 1 }), element('t', { id: 2 })),
      'c.xml': document(element('child', { id: 2, t: 2 })),
      'd.xml': document(element('child', { id: 3, t: 3 }), element('t', { id: 3 })),
    });
    expect(await bench.load(linked, { onError: 'file' })).toEqual({
      counts: { child: '1 read, 1 inserted', t: '1 read, 1 inserted' },
      failed: ['a.xml:3 FILE_HAS_REJECTS', 'b.xml:2 FILE_HAS_REJECTS', 'c.xml:2 FILE_HAS_REJECTS'],
      rows: { child: ['id=3, t=3'], t: ['id=3'] },
    });
  });

  test('with --on-error file include what only the database objects to', async () => {
    await bench.sql('create table t (id int primary key check (id <> 2))');
    bench.write({ 'a.xml': items(1, 2), 'b.xml': items(3) });
    expect(await bench.load(mapping, { onError: 'file' })).toEqual({
      counts: { t: '1 read, 1 inserted' },
      failed: ['a.xml:3 FILE_HAS_REJECTS'],
      rows: { t: ['id=3'] },
    });
  });

  test('with --on-error abort leave everything as it was', async () => {
    bench.write({ 'a.xml': items(1), 'b.xml': items('x') });
    const reject = await bench.failure(mapping, { onError: 'abort' });
    bench.write({ 'b.xml': '<r>' });
    const file = await bench.failure(mapping, { onError: 'abort' });
    const tables = await bench.sql(`select tablename from pg_tables where schemaname = 'public'`);
    expect({ reject, file, tables }).toEqual({ reject: 'ABORTED_ON_REJECT', file: 'ABORTED_ON_REJECT', tables: [] });
  });

  test('that fail the load are told with it, as what was read, not as what was merged', async () => {
    await bench.sql('create table t (id int primary key); insert into t values (1)');
    bench.write({ 'a.xml': items(1, 2, 'x'), 'b.xml': '<r>' });
    const abort = await failedReport(bench.run(mapping, { onError: 'abort' }));
    const limit = await failedReport(bench.run(mapping, { maxRejects: { rows: 0 } }));
    const told = {
      state: 'failed',
      files: {
        found: 2,
        loaded: 0,
        unchanged: 0,
        failed: 1,
        failures: [{ path: 'b.xml', code: 'XML_NOT_WELL_FORMED' }],
      },
      tables: { t: { read: 3, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 1 } },
      rejects: { total: 1, byReason: { BAD_VALUE: 1 }, sample: [{ path: 'a.xml', line: 4, value: 'x' }] },
    };
    expect([abort, limit]).toMatchObject([told, told]);
    expect([abort.undo, limit.undo]).toEqual([undefined, undefined]);
  });

  test('beyond --max-rejects, as a number or a share of the rows read, merge nothing', async () => {
    bench.write({ 'a.xml': items(1, 2, 3, 'x', 'y') });
    const limits = { rows1: { rows: 1 }, rows2: { rows: 2 }, percent39: { percent: 39 }, percent40: { percent: 40 } };
    const found: Record<string, string> = {};
    for (const [name, maxRejects] of Object.entries(limits)) {
      const ended = await bench.run(mapping, { maxRejects, skipLoaded: false }).catch((error) => error.code);
      found[name] = typeof ended === 'string' ? ended : ended.report.state;
    }
    expect(found).toEqual({
      rows1: 'TOO_MANY_REJECTS',
      rows2: 'succeeded_with_rejects',
      percent39: 'TOO_MANY_REJECTS',
      percent40: 'succeeded_with_rejects',
    });
  });

  test('in all files fail the load', async () => {
    bench.write({ 'a.xml': '<r>', 'b.xml': '' });
    expect(await bench.failure(mapping)).toBe('ALL_FILES_FAILED');
    expect((await failedReport(bench.run(mapping))).files).toMatchObject({
      found: 2,
      loaded: 0,
      failed: 2,
      failures: [
        { path: 'a.xml', code: 'XML_NOT_WELL_FORMED' },
        { path: 'b.xml', code: 'EMPTY_FILE' },
      ],
    });
  });
});

describeEachServer('a dry run', (server) => {
  const bench = loadBench(server);

  test('says what a load would do, and leaves no trace', async () => {
    bench.write({ 'a.xml': items(1, 2, 'x') });
    await bench.sql('create table other (id int)');
    const dry = await bench.run(mapping, { dryRun: true, schema: 'fresh' });
    const kept = await bench.sql(
      `select (select count(*)::int from loadstone.loads) as loads, (select count(*)::int from loadstone.files) as files,
         (select count(*)::int from loadstone.rejects) as rejects, (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = 'loadstone' and relname ~ '^(inserted|before)') as undo`,
    );
    const schemas = await bench.sql(`select nspname from pg_namespace where nspname !~ '^pg_' order by 1`);
    const real = await bench.run(mapping, { schema: 'fresh' });
    const counts = (run: typeof dry) => countLine(run.report.tables.t ?? (undefined as never));
    expect({
      dry: counts(dry),
      undo: dry.report.undo,
      kept,
      schemas: schemas.map(({ nspname }) => nspname),
      real: counts(real),
    }).toEqual({
      dry: '3 read, 2 inserted, 1 rejected',
      undo: undefined,
      kept: [{ loads: 0, files: 0, rejects: 0, undo: 0 }],
      schemas: ['information_schema', 'loadstone', 'public'],
      real: '3 read, 2 inserted, 1 rejected',
    });
  });

  test('into existing tables changes nothing in them', async () => {
    bench.write({ 'a.xml': document(element('t', { id: 1, x: 'new' }), element('t', { id: 2, x: 'new' })) });
    await bench.sql(`create table t (id int primary key, x text); insert into t values (1, 'old')`);
    const both = mappingOf(table('t', { id: 'integer', x: 'text' }, { ...KEY, onConflict: 'overwrite' }));
    const { report } = await bench.run(both, { dryRun: true });
    expect({
      said: countLine(report.tables.t ?? (undefined as never)),
      rows: await bench.rows('t'),
      traces: await bench.sql(TRACES),
    }).toEqual({
      said: '2 read, 1 inserted, 1 updated',
      rows: ['id=1, x=old'],
      traces: [{ name: 'public.t' }],
    });
  });
});

describeEachServer('files that were loaded before', (server) => {
  const bench = loadBench(server);
  const files = async (paths: string | string[] = bench.folder, map = mapping, changes = {}) => {
    const { report } = await runLoad(bench.database, paths, map, changes);
    return `${report.files.loaded} loaded, ${report.files.unchanged} unchanged`;
  };

  test('are left out, until their content changes', async () => {
    bench.write({ 'a.xml': items(1), 'b.xml': items(2), 'c.xml': items(3) });
    const first = await files();
    const again = await files();
    utimesSync(join(bench.folder, 'a.xml'), new Date(), new Date(Date.now() - 5_000));
    const touched = await files();
    writeFileSync(join(bench.folder, 'b.xml'), items(9));
    const sameSize = await files();
    appendFileSync(join(bench.folder, 'c.xml'), '<!-- more -->');
    const longer = await files();
    expect({ first, again, touched, sameSize, longer, rows: await bench.rows('t') }).toEqual({
      first: '3 loaded, 0 unchanged',
      again: '0 loaded, 3 unchanged',
      touched: '0 loaded, 3 unchanged',
      sameSize: '1 loaded, 2 unchanged',
      longer: '1 loaded, 2 unchanged',
      rows: ['id=1', 'id=2', 'id=3', 'id=9'],
    });
  });

  test('are loaded again with another mapping, on request, after an undo, or into a new table', async () => {
    bench.write({ 'a.xml': items(1) });
    const run = await bench.run(mapping);
    const otherMapping = await files(bench.folder, { ...mapping, name: 'another' });
    const onRequest = await files(bench.folder, mapping, { skipLoaded: false });
    // As if the later loads had never been: what they say of the same files is not asked.
    await bench.sql(
      `update loadstone.loads set state = 'undone'
       where load_id <> (select load_id from loadstone.loads order by merged_at limit 1)`,
    );
    await bench.undo(run);
    const afterUndo = await files();
    await bench.sql('drop table t');
    const afterDrop = await files();
    const otherSchema = await files(bench.folder, mapping, { schema: 'elsewhere' });
    const unchanged = await files();
    expect({ otherMapping, onRequest, afterUndo, afterDrop, otherSchema, unchanged }).toEqual({
      otherMapping: '1 loaded, 0 unchanged',
      onRequest: '1 loaded, 0 unchanged',
      afterUndo: '1 loaded, 0 unchanged',
      afterDrop: '1 loaded, 0 unchanged',
      otherSchema: '1 loaded, 0 unchanged',
      unchanged: '0 loaded, 1 unchanged',
    });
  });

  test('are looked at again when what they brought is gone, or another policy is to decide', async () => {
    bench.write({ 'a.xml': items(1), 'b.xml': items(2) });
    const run = await bench.run(mapping);
    // This load finds everything there, brings nothing, and must not vouch for rows it did not bring.
    const identical = await files(bench.folder, mapping, { skipLoaded: false });
    await bench.undo(run);
    const afterUndo = await files();
    await bench.sql('truncate t');
    const afterTruncate = await files();
    const underAnotherPolicy = await files(bench.folder, mapping, { onConflict: 'overwrite' });
    const unchanged = await files(bench.folder, mapping, { onConflict: 'overwrite' });
    expect({ identical, afterUndo, afterTruncate, underAnotherPolicy, unchanged, rows: await bench.rows('t') }).toEqual(
      {
        identical: '2 loaded, 0 unchanged',
        afterUndo: '2 loaded, 0 unchanged',
        afterTruncate: '2 loaded, 0 unchanged',
        underAnotherPolicy: '2 loaded, 0 unchanged',
        unchanged: '0 loaded, 2 unchanged',
        rows: ['id=1', 'id=2'],
      },
    );
  });

  test('are known by their content where another folder has the same names', async () => {
    bench.write({ 'one/a.xml': items(1), 'one/b.xml': items(2), 'two/a.xml': items(1), 'two/b.xml': items(3) });
    const one = await files(join(bench.folder, 'one'));
    const two = await files(join(bench.folder, 'two'));
    expect({ one, two, rows: await bench.rows('t') }).toEqual({
      one: '2 loaded, 0 unchanged',
      two: '1 loaded, 1 unchanged',
      rows: ['id=1', 'id=2', 'id=3'],
    });
  });

  test('and failed, or lay beyond the limit, are tried again', async () => {
    bench.write({ 'a.xml': items(1), 'b.xml': '<r>', 'c.xml': items(3) });
    const limited = await files(bench.folder, mapping, { limit: 2 });
    bench.write({ 'b.xml': items(2) });
    const rest = await files(bench.folder, mapping, { limit: 1 });
    const last = await files(bench.folder, mapping, { limit: 1 });
    expect({ limited, rest, last, rows: await bench.rows('t') }).toEqual({
      limited: '1 loaded, 0 unchanged',
      rest: '1 loaded, 1 unchanged',
      last: '1 loaded, 2 unchanged',
      rows: ['id=1', 'id=2', 'id=3'],
    });
  });
});

describeEachServer('the chosen paths', (server) => {
  const bench = loadBench(server);

  test('may be one file, which no include rule leaves out', async () => {
    bench.write({ 'sub/data.txt': items(1), 'a.xml': items(2) });
    expect(await outcomeOf(bench.database, join(bench.folder, 'sub/data.txt'), mapping)).toEqual({
      counts: { t: '1 read, 1 inserted' },
      rows: { t: ['id=1'] },
    });
  });

  test('may be several, with the same names below, and one twice', async () => {
    bench.write({ 'one/x/a.xml': items(1), 'two/x/a.xml': items(2), 'b.xml': items(3) });
    const where = mappingOf(table('t', { id: 'integer', file: { type: 'text', path: '$file' } }, KEY));
    const paths = ['one/x', 'two/x', 'b.xml', 'two/x'].map((path) => join(bench.folder, path));
    const first = await outcomeOf(bench.database, paths, where);
    const { report } = await runLoad(bench.database, paths, where);
    expect({ first, again: [report.files.found, report.files.unchanged] }).toEqual({
      first: {
        counts: { t: '3 read, 3 inserted' },
        rows: { t: ['id=1, file=x/a.xml', 'id=2, file=x/a.xml', 'id=3, file=b.xml'] },
      },
      again: [3, 3],
    });
  });

  test('list what is left out with its reason', async () => {
    bench.write({ 'a.xml': items(1), 'b.csv': '', 'old/c.xml': items(2), 'd.xml': items(3) });
    const { report } = await bench.run({ ...mapping, source: { format: 'xml', exclude: ['old/**'] } }, { limit: 1 });
    expect(report.files.skipped).toEqual([
      { path: 'b.csv', reason: 'not matched by include: **/*.xml' },
      { path: 'd.xml', reason: 'beyond --limit 1' },
      { path: 'old/c.xml', reason: 'matched by exclude: old/**' },
    ]);
  });

  test('that hold nothing to load, or do not exist, are errors', async () => {
    bench.write({ 'a.csv': '' });
    const nothing = await bench.failure(mapping);
    const missing = await failureOf(runLoad(bench.database, join(bench.folder, 'missing'), mapping));
    expect({ nothing, missing: missing.code }).toEqual({ nothing: 'NO_FILES', missing: 'PATH_NOT_FOUND' });
  });
});

describeEachServer('files that change under the load', (server) => {
  const bench = loadBench(server);

  test('are loaded as they are when they are read, and known by that content', async () => {
    bench.write({ 'a.xml': items(1), 'b.xml': items(2) });
    const first = await bench.load(mapping, { afterScan: () => bench.write({ 'a.xml': items(10, 11) }) });
    const { report } = await bench.run(mapping);
    expect({ first, unchanged: report.files.unchanged }).toEqual({
      first: { counts: { t: '3 read, 3 inserted' }, rows: { t: ['id=10', 'id=11', 'id=2'] } },
      unchanged: 2,
    });
  });

  test('or vanish, or cannot be read, fail alone and are named', async () => {
    bench.write({ 'a.xml': items(1), 'b.xml': items(2) });
    symlinkSync(join(bench.folder, 'nowhere'), join(bench.folder, 'c.xml'));
    const outcome = await bench.load(mapping, { afterScan: () => rmSync(join(bench.folder, 'a.xml')) });
    expect(outcome).toEqual({
      counts: { t: '1 read, 1 inserted' },
      failed: ['a.xml FILE_UNREADABLE', 'c.xml FILE_UNREADABLE'],
      rows: { t: ['id=2'] },
    });
  });
});
