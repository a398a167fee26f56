import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { recordsHash } from '#engine/load/records-hash';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { countsOf, retryBench } from '#tests/helpers/retry-bench';
import { mergeReviewed, stageForReview } from '#tests/helpers/review-load';
import { failureOf } from '#tests/helpers/run-load';

const KEY = { key: ['id'] };
const item = table('item', { id: 'integer', n: 'integer', d: 'date' }, KEY);
const items = mappingOf(item);
const csvOf = (columns: Readonly<Record<string, string>>, rest: object = KEY): MappingInput => ({
  version: 1,
  name: 'test',
  source: { format: 'csv', csv: { delimiter: ',' } },
  tables: [{ ...table('item', columns, rest), records: undefined }],
});

describeEachServer('a retry of rejects', (server) => {
  const bench = loadBench(server);

  test('loads what was corrected, keeps the rest, and says so under the load that rejected it', async () => {
    bench.write({
      'a.xml': document(
        element('item', { id: 1, n: 'x', d: '2020-01-01' }),
        element('item', { id: 2, n: 2, d: '2020-01-01' }),
        element('item', { id: 3, n: 'y', d: '31/02/2020' }),
      ),
      'b.xml': document(element('item', { n: 4 }), element('item', { id: 'z', n: 5 })),
    });
    const rejected = await retryBench(bench, items);
    const kept = await rejected.correct({ '1:1.n': '10', '1:3.n': '30', '2:1.id': '4', '2:2.id': 'still z' });
    const counts = await rejected.retry();
    expect({
      kept,
      counts,
      state: rejected.last.report.state,
      files: rejected.last.report.files.loaded,
      rows: await bench.rows('item'),
      open: await rejected.rejects(),
      fixed: await rejected.rejects('fixed'),
      own: await bench.sql(`select count(*)::int from loadstone.rejects where load_id = '${rejected.last.loadId}'`),
    }).toEqual({
      kept: ['10', '30', '4', 'still z'],
      counts: { item: '4 read, 2 inserted, 2 rejected' },
      state: 'succeeded_with_rejects',
      files: 2,
      rows: ['id=1, n=10, d=2020-01-01', 'id=2, n=2, d=2020-01-01', 'id=4, n=4'],
      open: ['1:3 item.d "31/02/2020" BAD_VALUE', '2:2 item.id "still z" BAD_VALUE'],
      fixed: ['1:1 item.n "x" BAD_VALUE', '2:1 item.id MISSING_KEY'],
      own: [{ count: 0 }],
    });
    // Nothing of the file counts as loaded by the retry, and its rows can be traced to their lines.
    const [again, traced] = [
      await bench.run(items),
      await bench.sql(
        `select f.path, i."loadstone:line" as line from loadstone."inserted_${rejected.last.loadId.replaceAll('-', '')}_0" i
         join loadstone.files f on f.load_id = '${rejected.last.loadId}' and f.file = i."loadstone:file" where not f.counts order by 1`,
      ),
    ];
    expect({ unchanged: again.report.files.unchanged, traced }).toEqual({
      unchanged: 2,
      traced: [
        { path: 'a.xml', line: 2 },
        { path: 'b.xml', line: 2 },
      ],
    });
  });

  test('loads only what is still open, however often and through whichever of its jobs it is asked', async () => {
    bench.write({ 'a.xml': document(...['a', 'b', 'c'].map((n, i) => element('item', { id: i + 1, n }))) });
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:1.n': '1' });
    const rounds = [await rejected.retry()];
    await rejected.correct({ '1:2.n': null });
    const second = await bench.run(items, { retry: { loadId: rejected.last.loadId } });
    rounds.push(countsOf(second.report));
    await rejected.correct({ '1:3.n': ' 3 ' });
    rounds.push(await rejected.retry());
    expect({ rounds, rows: await bench.rows('item'), none: await failureOf(rejected.retry()) }).toEqual({
      rounds: [
        { item: '3 read, 1 inserted, 2 rejected' },
        { item: '2 read, 1 inserted, 1 rejected' },
        { item: '1 read, 1 inserted' },
      ],
      rows: ['id=1, n=1', 'id=2', 'id=3, n=3'],
      none: expect.objectContaining({ code: 'RETRY_INVALID' }),
    });
  });

  test('takes a mapping whose columns, types, formats and words for nothing are better', async () => {
    bench.write({ 'a.csv': 'id,n,d\n1,5,01/02/2020\n2,n/a,2020-02-01\n3,5.5,2020-02-01\n4,-,\n' });
    const rejected = await retryBench(bench, csvOf({ id: 'integer', n: 'integer', d: 'date' }));
    const better = csvOf({ id: 'integer', n: 'numeric', d: 'date' }, { key: ['id'] });
    better.tables[0]?.columns.splice(1, 2, {
      ...{ name: 'n', path: 'n', type: 'integer', nullValues: ['n/a', '-'] },
    });
    better.tables[0]?.columns.push({ name: 'd', path: 'd', type: 'date', formats: ['yyyy-MM-dd', 'dd/MM/yyyy'] });
    const counts = await rejected.retry({ mapping: better });
    expect({ counts, open: await rejected.rejects(), rows: await bench.rows('item') }).toEqual({
      counts: { item: '4 read, 3 inserted, 1 rejected' },
      open: ['1:3 item.n "5.5" BAD_VALUE'],
      rows: ['id=1, n=5, d=2020-02-01', 'id=2, d=2020-02-01', 'id=4'],
    });
  });

  test('refuses a mapping that takes other records, and whatever else it could not be sure of', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 1, n: 'x' }), element('other', { id: 1 })) });
    const rejected = await retryBench(bench, items);
    const refusal = async (work: Promise<unknown>) => (await failureOf(work)).code;
    const other = { ...item, records: 'item' };
    const refused = {
      records: await refusal(rejected.retry({ mapping: mappingOf(other) })),
      tables: await refusal(rejected.retry({ mapping: mappingOf(table('other', { id: 'integer' }, KEY), item) })),
      files: await refusal(rejected.retry({ mapping: mappingOf({ ...item, include: ['a*'] }) })),
      wholeFiles: await refusal(rejected.retry({ onError: 'file' })),
      unknown: await refusal(bench.run(items, { retry: { loadId: '00000000-0000-4000-8000-000000000000' } })),
    };
    // A load from before Loadstone knew which records a mapping takes: only its own mapping is sure to take the same.
    await bench.sql('update loadstone.loads set records_hash = null');
    const old = {
      same: await rejected.retry({ dryRun: true }),
      other: await refusal(rejected.retry({ mapping: mappingOf({ ...item, onConflict: 'overwrite' }) })),
    };
    expect(old).toEqual({ same: { item: '1 read, 1 rejected' }, other: 'RETRY_INVALID' });
    await bench.sql(`update loadstone.loads set records_hash = '${recordsHash(mappingSchema.parse(items))}'`);
    await rejected.correct({ '1:1.n': '1' });
    const without = mappingOf(table('item', { id: 'integer', d: 'date' }, KEY));
    expect({ ...refused, lostCorrection: await refusal(rejected.retry({ mapping: without })) }).toEqual({
      records: 'RETRY_INVALID',
      tables: 'RETRY_INVALID',
      files: 'RETRY_INVALID',
      wholeFiles: 'RETRY_INVALID',
      unknown: 'RETRY_INVALID',
      lostCorrection: 'RETRY_INVALID',
    });
    expect(await bench.sql(`select 1 from pg_namespace where nspname like 'loadstone_load%'`)).toEqual([]);
  });

  test('reads a file only as it was: one that changed or went loads nothing, and its rejects stay', async () => {
    bench.write({
      'a.xml': document(element('item', { id: 1, n: 'x' })),
      'b.xml': document(element('item', { id: 2, n: 'x' })),
      'c.xml': document(element('item', { id: 3, n: 'x' })),
      'd.xml': document(element('item', { id: 4, n: 'x' })),
    });
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:1.n': '1', '2:1.n': '2', '3:1.n': '3', '4:1.n': '4' });
    bench.write({ 'a.xml': document(element('item', { id: 9, n: 'x' })), 'b.xml': '<r><item>' });
    rmSync(join(bench.folder, 'c.xml'));
    const counts = await rejected.retry();
    expect({
      counts,
      failures: rejected.last.report.files.failures.map(({ path, code }) => `${path} ${code}`),
      open: await rejected.rejects(),
      rows: await bench.rows('item'),
      none: (await failureOf(rejected.retry())).code,
    }).toEqual({
      counts: { item: '1 read, 1 inserted' },
      failures: ['a.xml FILE_CHANGED', 'b.xml FILE_CHANGED', 'c.xml FILE_UNREADABLE'],
      open: ['1:1 item.n "x" BAD_VALUE', '2:1 item.n "x" BAD_VALUE', '3:1 item.n "x" BAD_VALUE'],
      rows: ['id=4, n=4'],
      none: 'ALL_FILES_FAILED',
    });
  });

  test('reads nothing that does not lie below its paths, whatever the target says', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 1, n: 'x' })) });
    const rejected = await retryBench(bench, items);
    // A target may belong to somebody who wants to know what lies elsewhere.
    await bench.sql(
      `alter table loadstone.files disable trigger user; update loadstone.files set path = '../../../../../etc/hostname'`,
    );
    const failure = await failureOf(rejected.retry());
    expect({ failure, view: (await rejected.record('1:1')).source }).toEqual({
      failure: { code: 'ALL_FILES_FAILED', message: expect.stringContaining('does not lie below the chosen paths') },
      view: 'elsewhere',
    });
  });

  test('finds what hangs from other rows of the file: parents, lookups, ancestors, values known late', async () => {
    const owner = table('owner', { id: 'integer', name: 'text', age: 'integer' }, KEY);
    const car = table(
      'car',
      {
        id: 'integer',
        owner: { path: '$parent.id', type: 'integer' },
        street: { path: '../../street', type: 'varchar(5)' },
        maker: { type: 'text', lookup: [{ table: 'maker', where: { code: 'code' }, take: 'name' }] },
        code: 'text',
        hp: 'integer',
      },
      { ...KEY, records: '/r/owner/car', references: [{ columns: ['owner'], table: 'owner', on: ['id'] }] },
    );
    const maker = table('maker', { code: 'text', name: 'text' }, { keep: false });
    const cars = (...parts: string[]) => parts.join('');
    const text = (owner1: string, owner2: string, street: string) =>
      document(
        element(
          'owner',
          { id: 1, name: 'A', age: owner1 },
          cars(element('car', { id: 1, code: 'f', hp: 'x' }), element('car', { id: 2, code: 'f', hp: 2 })),
        ),
        element('owner', { id: 2, name: 'B', age: owner2 }, element('car', { id: 3, code: 'g', hp: 3 })),
        element('maker', { code: 'f', name: 'Ford' }),
        element('maker', { code: 'g', name: 'GM' }),
        `<street>${street}</street>`,
      );
    bench.write({ 'a.xml': text('40', 'old', 'Here') });
    const rejected = await retryBench(bench, mappingOf(owner, car, maker));
    const before = await rejected.rejects();
    await rejected.correct({ '1:2.hp': '1' });
    const child = await rejected.retry();
    await rejected.correct({ '1:4.age': '50', '1:5.maker': 'Opel', '1:5.street': 'There' });
    const parent = await rejected.retry();
    expect({ before, child, parent, owner: await bench.rows('owner'), car: await bench.rows('car') }).toEqual({
      before: ['1:2 car.hp "x" BAD_VALUE', '1:4 owner.age "old" BAD_VALUE', '1:5 car.owner PARENT_REJECTED'],
      child: { owner: '1 read, 1 rejected', car: '2 read, 1 inserted, 1 rejected' },
      parent: { owner: '1 read, 1 inserted', car: '1 read, 1 inserted' },
      owner: ['id=1, name=A, age=40', 'id=2, name=B, age=50'],
      car: [
        'id=1, owner=1, street=Here, maker=Ford, code=f, hp=1',
        'id=2, owner=1, street=Here, maker=Ford, code=f, hp=2',
        'id=3, owner=2, street=There, maker=Opel, code=g, hp=3',
      ],
    });
  });

  test('puts what was written before what an ancestor says at its end, long after its rows', async () => {
    const many = Array.from({ length: 1_100 }, (_, i) => element('item', { id: i + 1 }));
    bench.write({ 'a.xml': document(...many, '<s>long</s>') });
    const late = mappingOf(table('item', { id: 'integer', s: { path: '../s', type: 'varchar(3)' } }, KEY));
    const rejected = await retryBench(bench, late);
    await rejected.correct({ '1:1.s': 'ok', '1:2.s': null, '1:1100.s': 'end' });
    expect([await rejected.retry(), await bench.rows('item')]).toEqual([
      { item: '1100 read, 3 inserted, 1097 rejected' },
      ['id=1, s=ok', 'id=1100, s=end', 'id=2'],
    ]);
  });

  test('judges references with all that is loaded by now: circles and rows that refer to their own table too', async () => {
    const node = table(
      'node',
      { id: 'integer', up: 'integer', w: 'integer' },
      { ...KEY, references: [{ columns: ['up'], table: 'node', on: ['id'] }] },
    );
    const pair = (name: string, other: string) =>
      table(
        name,
        { id: 'integer', o: 'integer', w: 'integer' },
        { ...KEY, references: [{ columns: ['o'], table: other, on: ['id'] }] },
      );
    bench.write({
      'a.xml': document(
        element('node', { id: 1, up: 2, w: 1 }),
        element('node', { id: 2, up: 3, w: 1 }),
        element('node', { id: 3, w: 'x' }),
        element('one', { id: 1, o: 1, w: 'x' }),
        element('two', { id: 1, o: 1, w: 1 }),
      ),
    });
    const rejected = await retryBench(bench, mappingOf(node, pair('one', 'two'), pair('two', 'one')));
    const before = await rejected.rejects();
    await rejected.correct({ '1:3.w': '3', '1:4.w': '4' });
    const counts = await rejected.retry();
    expect({ before, counts, node: await bench.rows('node'), one: await bench.rows('one') }).toEqual({
      before: [
        '1:1 node.up "2" MISSING_REFERENCE',
        '1:2 node.up "3" MISSING_REFERENCE',
        '1:3 node.w "x" BAD_VALUE',
        '1:4 one.w "x" BAD_VALUE',
        '1:5 two.o "1" MISSING_REFERENCE',
      ],
      counts: { node: '3 read, 3 inserted', one: '1 read, 1 inserted', two: '1 read, 1 inserted' },
      node: ['id=1, up=2, w=1', 'id=2, up=3, w=1', 'id=3, w=3'],
      one: ['id=1, o=1, w=4'],
    });
  });

  test('rejects again what the database still refuses, and loads it once that is corrected', async () => {
    await bench.sql(`create table item (id int primary key, n int check (n > 0), d date);
      create table part (id int primary key, item int references item, w int not null)`);
    const part = table(
      'part',
      { id: 'integer', item: 'integer', w: 'integer' },
      { ...KEY, references: [{ columns: ['item'], table: 'item', on: ['id'] }] },
    );
    bench.write({
      'a.xml': document(
        element('item', { id: 1, n: -1 }),
        element('item', { id: 2, n: 2 }),
        element('part', { id: 1, item: 1, w: 1 }),
        element('part', { id: 2, item: 7, w: 1 }),
      ),
    });
    const rejected = await retryBench(bench, mappingOf(item, part));
    const before = await rejected.rejects();
    const nothing = await rejected.retry();
    await rejected.correct({ '1:1.n': '1', '1:4.item': '2' });
    const counts = await rejected.retry();
    expect({ before, nothing, counts, item: await bench.rows('item'), part: await bench.rows('part') }).toEqual({
      before: ['1:1 item CONSTRAINT', '1:3 part.item "1" MISSING_REFERENCE', '1:4 part.item "7" MISSING_REFERENCE'],
      nothing: { item: '1 read, 1 rejected', part: '2 read, 2 rejected' },
      counts: { item: '1 read, 1 inserted', part: '2 read, 2 inserted' },
      item: ['id=1, n=1', 'id=2, n=2'],
      part: ['id=1, item=1, w=1', 'id=2, item=2, w=1'],
    });
  });

  test('reads another text in the place of a CSV or JSON line that is broken', async () => {
    bench.write({ 'a.csv': 'id,n,note\n1,1,"a"b\n2,2,ok\n3,3\n4,4,"x",y\n5,5,z\n' });
    const rejected = await retryBench(bench, csvOf({ id: 'integer', n: 'integer', note: 'text' }));
    const kept = await rejected.correct({
      '1:1': '1,one,"a ""b"""',
      '1:3': '3,3,"two\nlines"',
      '1:4': '4,4,"x",y',
      '1:1.n': '7',
    });
    const first = await rejected.retry();
    const open = await rejected.rejects();
    const cells = await rejected.correct({ '1:1.n': '1', '1:4': '4,4,"x,y"' });
    const second = await rejected.retry();
    expect({ kept, first, open, cells, second, rows: await bench.rows('item') }).toEqual({
      kept: ['1,one,"a ""b"""', '3,3,"two\nlines"', '4,4,"x",y', 'record_unreadable'],
      first: { item: '3 read, 1 inserted, 2 rejected' },
      open: ['1:1 item.n "one" BAD_VALUE', `1:4 item ${JSON.stringify('4,4,"x",y')} BROKEN_RECORD`],
      cells: ['1', '4,4,"x,y"'],
      second: { item: '2 read, 2 inserted' },
      rows: [
        'id=1, n=1, note=a "b"',
        'id=2, n=2, note=ok',
        'id=3, n=3, note=two\nlines',
        'id=4, n=4, note=x,y',
        'id=5, n=5, note=z',
      ],
    });
    bench.write({ 'b.jsonl': '{"id": 6, "n": 6}\n{"id": 7 "n": 7}\n{"id": 8, "n": "x"}\n' });
    const json: MappingInput = { ...csvOf({ id: 'integer', n: 'integer' }), source: { format: 'json' } };
    const lines = await retryBench(bench, json);
    await lines.correct({ '1:2': '{"id": 7, "n": 7}', '1:3.n': '8' });
    expect([await lines.retry(), (await bench.rows('item')).slice(5)]).toEqual([
      { item: '2 read, 2 inserted' },
      ['id=6, n=6', 'id=7, n=7', 'id=8, n=8'],
    ]);
  });

  test('leaves a corrected line open that holds records of further tables, and the rows behind it where they were', async () => {
    const nested: MappingInput = {
      ...mappingOf(
        table('orders', { id: 'integer' }, { records: '/json/item', key: ['id'] }),
        table('line', { n: 'integer' }, { records: '/json/item/lines', key: ['n'] }),
      ),
      source: { format: 'json' },
    };
    bench.write({ 'a.jsonl': '{"id" 1}\n{"id": 2, "lines": [{"n": 3}, {"n": "x"}, {"n": 5}]}\n' });
    const lines = await retryBench(bench, nested);
    await lines.correct({ '1:1': '{"id": 1, "lines": [{"n": 1}]}', '1:4.n': '4' });
    const counts = await lines.retry();
    expect({ counts, rows: (await bench.rows('line')).toSorted(), open: await lines.rejects() }).toEqual({
      counts: { orders: '1 read, 1 rejected', line: '1 read, 1 inserted' },
      rows: ['n=3', 'n=4', 'n=5'],
      open: [expect.stringMatching(/^1:1 orders .* BROKEN_RECORD$/)],
    });
    // Without them it is a record as any.
    await lines.correct({ '1:1': '{"id": 1, "lines": []}' });
    expect([(await lines.retry()).orders, await bench.rows('orders')]).toEqual([
      '1 read, 1 inserted',
      ['id=1', 'id=2'],
    ]);
  });

  test('of two at once loads every row once', async () => {
    bench.write({ 'a.xml': document(...Array.from({ length: 40 }, (_, i) => element('item', { id: 'x', n: i }))) });
    const keyless = mappingOf(table('item', { n: 'integer', id: 'integer' }));
    const rejected = await retryBench(bench, keyless);
    await rejected.correct(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`1:${i + 1}.id`, `${i}`])));
    const both = await Promise.all(
      [1, 2].map(() => bench.run(keyless, { retry: { loadId: rejected.run.loadId } }).then(({ report }) => report)),
    );
    const total = (name: 'read' | 'inserted' | 'rejected') => both.map(({ tables }) => tables.item?.[name] ?? -1);
    expect({
      inserted: total('inserted').sort((a, b) => a - b),
      rejected: total('rejected').sort((a, b) => a - b),
      rows: (await bench.rows('item')).length,
      open: (await rejected.rejects()).length,
    }).toEqual({ inserted: [0, 30], rejected: [10, 10], rows: 30, open: 10 });
  });

  test('leaves a row open for which something else was written after it was read', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 1, n: 'x' }), element('item', { id: 2, n: 'y' })) });
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:1.n': '1', '1:2.n': '2' });
    const first = await rejected.retry({
      // Between the copy of the corrections and the merge.
      afterScan: async () => void (await rejected.correct({ '1:1.n': '11' })),
    });
    const second = await rejected.retry();
    expect({ first, second, rows: await bench.rows('item') }).toEqual({
      first: { item: '1 read, 1 inserted' },
      second: { item: '1 read, 1 inserted' },
      rows: ['id=1, n=11', 'id=2, n=2'],
    });
  });

  test('can wait for review, of its own rows alone; what another retry loads meanwhile it loads no more', async () => {
    bench.write({
      'a.xml': document(
        ...['x', 'y', 'z', 'w'].map((n, i) => element('item', { id: i + 1, n })),
        element('item', { id: 5, n: 5 }),
      ),
    });
    await bench.sql('create table item (id int primary key, n int, d date); insert into item values (2, 0, null)');
    const rejected = await retryBench(bench, mappingOf({ ...item, onConflict: 'overwrite' }));
    await rejected.correct({ '1:1.n': '1', '1:2.n': '2', '1:3.n': '3' });
    const changes = { retry: { loadId: rejected.run.loadId } };
    const waiting = await stageForReview(
      bench.database,
      bench.folder,
      mappingOf({ ...item, onConflict: 'overwrite' }),
      changes,
    );
    await rejected.correct({ '1:3.n': '33' });
    await rejected.retry({ limit: 1, afterScan: async () => void (await rejected.correct({ '1:2.n': '22' })) });
    const between = await bench.rows('item');
    const report = await mergeReviewed(bench.database, waiting, { acceptMoved: true });
    expect({
      review: waiting.report.review?.tables.item,
      between,
      merged: countsOf(report),
      rows: await bench.rows('item'),
      open: await rejected.rejects(),
    }).toMatchObject({
      review: { new: 2, changed: 1, identical: 0, rejected: 1 },
      between: ['id=1, n=1', 'id=2, n=0', 'id=3, n=33', 'id=5, n=5'],
      merged: { item: '1 read, 1 rejected' },
      rows: ['id=1, n=1', 'id=2, n=0', 'id=3, n=33', 'id=5, n=5'],
      open: ['1:2 item.n "y" BAD_VALUE', '1:4 item.n "w" BAD_VALUE'],
    });
  });

  test('whose undo has to leave a row does not open the reject of that row: it would be loaded twice', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 'x', n: 1 }), element('item', { id: 'y', n: 2 })) });
    const rejected = await retryBench(bench, mappingOf(table('item', { n: 'integer', id: 'integer' })));
    await rejected.correct({ '1:1.id': '1', '1:2.id': '2' });
    await rejected.retry();
    await bench.sql('update item set n = 10 where n = 1');
    const undone = await bench.undo(rejected.last);
    const open = await rejected.rejects();
    const again = await rejected.retry();
    expect({ undone: undone.item, open, again, rows: await bench.rows('item') }).toEqual({
      undone: { removed: 1, restored: 0, conflicts: 1 },
      open: ['1:2 item.id "y" BAD_VALUE'],
      again: { item: '1 read, 1 inserted' },
      rows: ['loadstone_id=1, n=10, id=1', 'loadstone_id=3, n=2, id=2'],
    });
  });

  test('that is undone opens its rejects again; of a load that is undone none can be retried', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 1, n: 'x' }), element('item', { id: 2, n: 2 })) });
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:1.n': '1' });
    await rejected.retry();
    await bench.undo(rejected.last);
    const reopened = { open: await rejected.rejects(), rows: await bench.rows('item') };
    // The load's own files are as loaded as they were.
    const unchanged = (await bench.run(items)).report.files.unchanged;
    const again = await rejected.retry();
    await bench.undo(rejected.run);
    const { canRetry } = await rejected.page();
    expect({
      ...{ reopened, unchanged, again, canRetry, rows: await bench.rows('item') },
      refused: (await failureOf(rejected.retry())).code,
      correct: (await failureOf(rejected.correct({ '1:1.n': '5' }))).code,
    }).toEqual({
      reopened: { open: ['1:1 item.n "x" BAD_VALUE'], rows: ['id=2, n=2'] },
      unchanged: 1,
      again: { item: '1 read, 1 inserted' },
      canRetry: false,
      rows: ['id=1, n=1'],
      refused: 'RETRY_INVALID',
      correct: 'RETRY_INVALID',
    });
  });

  test('that is only tried, or gives up, changes nothing', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 1, n: 'x' }), element('item', { id: 2, n: 'y' })) });
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:1.n': '1' });
    const tried = await rejected.retry({ dryRun: true });
    const gaveUp = (await failureOf(rejected.retry({ onError: 'abort' }))).code;
    expect({ tried, gaveUp, rows: await bench.rows('item'), open: await rejected.rejects() }).toEqual({
      tried: { item: '2 read, 1 inserted, 1 rejected' },
      gaveUp: 'ABORTED_ON_REJECT',
      rows: [],
      open: ['1:1 item.n "x" BAD_VALUE', '1:2 item.n "y" BAD_VALUE'],
    });
  });

  test('finds files of several chosen folders that share a name', async () => {
    const [one, two] = [join(bench.folder, 'one/x'), join(bench.folder, 'two/x')];
    bench.write({
      'one/x/x/a.xml': document(element('item', { id: 1, n: 'p' })),
      'two/x/a.xml': document(element('item', { id: 2, n: 'q' })),
      'single.xml': document(element('item', { id: 3, n: 'r' })),
    });
    const single = join(bench.folder, 'single.xml');
    const { runLoad } = await import('#tests/helpers/run-load');
    const paths = [one, two, single];
    const run = await runLoad(bench.database, paths, items);
    await bench.sql(
      `insert into loadstone.corrections (load_id, file, sequence, table_name, column_name, value, who)
       select load_id, file, sequence, table_name, 'n', file::text, 'test' from loadstone.rejects`,
    );
    const { report } = await runLoad(bench.database, paths, items, { retry: { loadId: run.loadId } });
    writeFileSync(single, 'x');
    expect([report.files.failed, await bench.rows('item')]).toEqual([0, ['id=1, n=3', 'id=2, n=2', 'id=3, n=1']]);
  });
});
