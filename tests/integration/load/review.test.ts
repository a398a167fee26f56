import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConflictRequest } from '#contract/api/reviews';
import type { TableReview } from '#contract/review';
import { DirectSession, duplicatesPage, readLoadReview, resolveConflicts, reviewPage } from '#engine/door';
import { reviewNames } from '#engine/model/review-names';
import { stagingNames } from '#engine/model/staging-names';
import { closeClient, openClient } from '#engine/postgres/client';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { mergeReviewed, stageForReview, type WaitingLoad } from '#tests/helpers/review-load';
import { failureOf, rejectLines } from '#tests/helpers/run-load';
import { untilItWaits } from '#tests/helpers/until-it-waits';

const KEY = { key: ['id'] };
const signal = () => AbortSignal.timeout(60_000);

const mapping = mappingOf(
  table('owner', { id: 'integer', name: 'text', born: 'date' }, KEY),
  table(
    'parcel',
    { id: 'integer', owner: 'integer', heir: 'integer', area: 'numeric(8,2)' },
    {
      ...KEY,
      references: [
        { columns: ['owner'], table: 'owner', on: ['id'] },
        { columns: ['heir'], table: 'owner', on: ['id'], onMissing: 'null' },
      ],
    },
  ),
);

const TARGET = `
  create table owner (id int primary key, name text, born date);
  create table parcel (id int primary key, owner int references owner, heir int references owner, area numeric(8,2));
  insert into owner values (1, 'An', '1970-01-01'), (2, 'Binh', null), (3, 'Chi', '1980-03-03');
  insert into parcel values (10, 1, null, 100.50), (11, 2, null, 7);`;

const FILES = {
  'a.xml': document(
    element('owner', { id: 1, name: 'An', born: '1970-01-01' }),
    element('owner', { id: 2, name: 'Bình', born: '1975-05-05' }),
    element('owner', { id: 4, name: 'Dung', born: '1990-01-01' }),
    element('parcel', { id: 10, owner: 1, area: '100.50' }),
    element('parcel', { id: 11, owner: 99, area: '7' }),
  ),
  'b.xml': document(
    element('owner', { id: 4, name: 'Dũng', born: '1990-01-01' }),
    element('owner', { id: 2, name: 'Bình', born: '1975-05-06' }),
    element('owner', { id: 'x', name: 'Em', born: '1990-01-01' }),
    element('parcel', { id: 12, owner: 4, heir: 98, area: '1.00' }),
  ),
};

const FOUND: Readonly<Record<string, TableReview>> = {
  owner: {
    ...{ new: 1, identical: 1, changed: 1, duplicates: 2, contradicting: 2, rejected: 1 },
    ...{ missingReferences: 0, nulledReferences: 0, columns: { name: 1, born: 1 } },
  },
  parcel: {
    ...{ new: 1, identical: 1, changed: 0, duplicates: 0, contradicting: 0, rejected: 1 },
    ...{ missingReferences: 1, nulledReferences: 1, columns: {} },
  },
};

describeEachServer('a load that is checked for a review', (server) => {
  const bench = loadBench(server);
  const withSession = async <T>(work: (session: DirectSession) => Promise<T>): Promise<T> => {
    const session = new DirectSession(bench.database.target);
    return work(session).finally(() => session.close());
  };
  const wait = (changes = {}) => stageForReview(bench.database, bench.folder, mapping, changes);
  const page = ({ spec }: WaitingLoad, changes: Partial<ConflictRequest> = {}) =>
    withSession((session) =>
      reviewPage(
        session,
        { loadId: spec.loadId, table: 'owner', filter: {}, after: 0, limit: 50, ...changes },
        { signal: signal() },
      ),
    );

  test('counts how its rows meet the targets and each other, touches nothing, and outlasts a crash of the server', async () => {
    await bench.sql(TARGET);
    bench.write(FILES);
    const before = { owner: await bench.rows('owner'), parcel: await bench.rows('parcel') };
    const { report, spec } = await wait();
    expect(report).toMatchObject({
      state: 'waiting_for_review',
      files: { found: 2, loaded: 0, failed: 0 },
      tables: { owner: { read: 6, inserted: 0, rejected: 1 }, parcel: { read: 3, inserted: 0, rejected: 1 } },
      rejects: { total: 2, byReason: { BAD_VALUE: 1, MISSING_REFERENCE: 1 } },
      conflicts: { insideLoad: 2 },
      warnings: [
        { code: 'CONFLICT_IN_LOAD', count: 2 },
        { code: 'REFERENCE_NULLED', count: 1 },
      ],
      review: { tables: FOUND },
    });
    expect(report.review?.stagedBytes).toBeGreaterThan(8192);
    expect({ owner: await bench.rows('owner'), parcel: await bench.rows('parcel') }).toEqual(before);
    expect(await rejectLines(bench.database.target, spec.loadId)).toEqual([
      'a.xml:6 parcel.owner "99" MISSING_REFERENCE',
      'b.xml:4 owner.id "x" BAD_VALUE',
    ]);
    const unlogged = `select relname from pg_class where relnamespace = $1::regnamespace and relpersistence = 'u'`;
    expect(await bench.database.query(unlogged, [stagingNames(spec.loadId).schemaName])).toEqual([]);
  });

  test('is merged when it is approved, without its files, as one transaction that can be undone', async () => {
    await bench.sql(TARGET);
    bench.write(FILES);
    const waiting = await wait({ onConflict: 'overwrite' });
    rmSync(bench.folder, { recursive: true });
    const report = await mergeReviewed(bench.database, waiting);
    expect(report).toMatchObject({
      state: 'succeeded_with_rejects',
      tables: {
        owner: { read: 6, inserted: 1, updated: 3, unchanged: 1, rejected: 1 },
        parcel: { read: 3, inserted: 1, unchanged: 1, rejected: 1 },
      },
    });
    expect(await bench.rows('owner')).toEqual([
      'id=1, name=An, born=1970-01-01',
      'id=2, name=Bình, born=1975-05-06',
      'id=3, name=Chi, born=1980-03-03',
      'id=4, name=Dũng, born=1990-01-01',
    ]);
    await bench.undo({ loadId: waiting.spec.loadId, report });
    expect(await bench.rows('owner')).toEqual([
      'id=1, name=An, born=1970-01-01',
      'id=2, name=Binh',
      'id=3, name=Chi, born=1980-03-03',
    ]);
  });

  test('waits again when its conflicts came, went or changed meanwhile, and not when something else did', async () => {
    await bench.sql(TARGET);
    bench.write(FILES);
    const first = await wait({ onConflict: 'overwrite' });
    await bench.sql(`update owner set name = 'Binh B' where id = 2; insert into owner values (4, 'Dung', '1990-01-01');
      update owner set born = '1999-09-09' where id = 1; update owner set name = 'other' where id = 3`);
    const before = await bench.rows('owner');
    const again = await mergeReviewed(bench.database, first);
    expect(again).toMatchObject({
      state: 'waiting_for_review',
      tables: { owner: { read: 6, inserted: 0, updated: 0, rejected: 1 } },
      review: { moved: 3, tables: { owner: { new: 0, identical: 0, changed: 3 } } },
    });
    expect(await bench.rows('owner')).toEqual(before);
    // What was approved was the first review.
    expect((await mergeReviewed(bench.database, first)).review?.id).toBe(again.review?.id);
    const second = { spec: first.spec, reviewId: again.review?.id ?? '' };
    await bench.sql(`update owner set name = 'yet another' where id = 3; insert into parcel values (50, 1, null, 1)`);
    expect(await mergeReviewed(bench.database, second)).toMatchObject({ state: 'succeeded_with_rejects' });
  });

  test('is merged into a target that has moved on when that is accepted', async () => {
    await bench.sql(TARGET);
    bench.write(FILES);
    const waiting = await wait({ onConflict: 'merge' });
    await bench.sql(`update owner set name = null where id = 2`);
    expect(await mergeReviewed(bench.database, waiting, { acceptMoved: true })).toMatchObject({
      state: 'succeeded_with_rejects',
    });
    expect(await bench.rows('owner')).toContain('id=2, name=Bình, born=1975-05-05');
  });

  test('finds its tables missing, and waits nevertheless', async () => {
    bench.write(FILES);
    const waiting = await wait();
    expect(waiting.report.review?.tables).toMatchObject({
      owner: { new: 3, identical: 0, changed: 0, duplicates: 2, rejected: 1 },
      parcel: { new: 2, rejected: 1, missingReferences: 1 },
    });
    expect(await bench.sql(`select to_regclass('owner') as there`)).toEqual([{ there: null }]);
    expect(await mergeReviewed(bench.database, waiting)).toMatchObject({
      tables: { owner: { inserted: 3 }, parcel: { inserted: 2 } },
    });
  });

  test('loses whole files where a reject costs them, also in the check before the merge', async () => {
    await bench.sql(TARGET);
    bench.write({ ...FILES, 'c.xml': document(element('owner', { id: 3, name: 'Chi!', born: '1980-03-03' })) });
    const waiting = await wait({ onError: 'file', onConflict: 'overwrite' });
    expect(waiting.report).toMatchObject({
      files: { found: 3, loaded: 0, failed: 2 },
      rejects: { total: 0 },
      review: { tables: { owner: { new: 0, identical: 0, changed: 1 }, parcel: { new: 0 } } },
    });
    expect(await mergeReviewed(bench.database, waiting)).toMatchObject({
      files: { loaded: 1, failed: 2 },
      tables: { owner: { read: 1, updated: 1 } },
    });
  });

  test('fails over its rejects as its merge would', async () => {
    bench.write(FILES);
    expect((await failureOf(wait({ maxRejects: { rows: 1 } }))).code).toBe('TOO_MANY_REJECTS');
    expect((await failureOf(wait({ onError: 'abort' }))).code).toBe('ABORTED_ON_REJECT');
  });

  test('shows conflicts page by page with both versions and where they came from', async () => {
    await bench.sql(TARGET);
    bench.write({
      ...FILES,
      'c.xml': document(
        element('owner', { id: 1, name: 'An', born: '1971-01-01' }),
        element('owner', { id: 3, name: 'CHI', born: '1980-03-03' }),
      ),
    });
    const waiting = await wait();
    const all = await page(waiting);
    expect(all.columns).toEqual([
      { name: 'id', type: 'integer', isKey: true },
      { name: 'name', type: 'text', isKey: false },
      { name: 'born', type: 'date', isKey: false },
    ]);
    expect(all.matching).toBe(3);
    expect(all.conflicts).toMatchObject([
      {
        ...{ number: 1, path: 'b.xml', line: 3, repeats: 1, outcome: 'skipped' },
        values: [
          { new: '2', old: '2', differs: false },
          { new: 'Bình', old: 'Binh', differs: true },
          { new: '1975-05-06', old: null, differs: true },
        ],
      },
      { number: 2, path: 'c.xml', line: 2, repeats: 1 },
      { number: 3, path: 'c.xml', line: 3, repeats: 0 },
    ]);
    const numbers = async (changes: Partial<ConflictRequest>) => {
      const { conflicts, matching } = await page(waiting, changes);
      return [conflicts.map(({ number }) => number), matching];
    };
    expect({
      second: await numbers({ after: 1, limit: 1 }),
      skipped: await numbers({ skip: 2 }),
      changed: await numbers({ filter: { changed: 'born' } }),
      later: await numbers({ filter: { changed: 'born' }, after: 1 }),
      text: await numbers({ filter: { text: 'bình' } }),
      path: await numbers({ filter: { text: 'C.XML' }, limit: 1 }),
      old: await numbers({ filter: { text: 'Chi', changed: 'name' } }),
      none: await numbers({ filter: { text: `' or true --` } }),
      outcome: await numbers({ filter: { outcome: 'updated' } }),
      newer: await numbers({ filter: { where: [{ column: 'born', is: 'newer' }] } }),
      fills: await numbers({ filter: { where: [{ column: 'born', is: 'fills' }], text: 'b.xml' } }),
      identical: await numbers({ table: 'parcel' }),
    }).toEqual({
      second: [[2], undefined],
      skipped: [[3], undefined],
      changed: [[1, 2], 2],
      later: [[2], undefined],
      text: [[1], 1],
      path: [[2], 2],
      old: [[3], 1],
      none: [[], 0],
      outcome: [[], 0],
      newer: [[2], 1],
      fills: [[1], 1],
      identical: [[], 0],
    });
    expect((await failureOf(page(waiting, { filter: { changed: 'none' } }))).code).toBe('USAGE');
    const [alone] = (await page(waiting, { after: 2, limit: 1 })).conflicts;
    expect(alone?.values[1]).toEqual({ new: 'CHI', old: 'Chi', differs: true, result: 'Chi' });
  });

  test('opens as fast whatever the number of its conflicts is: no page without a filter reads more than it shows', async () => {
    const count = 5_000;
    await bench.sql(`create table t (id int primary key, v text);
      insert into t select i, 'old' from generate_series(1, ${count}) i`);
    bench.write({
      'a.xml': document(...Array.from({ length: count }, (_, i) => element('t', { id: i + 1, v: 'new' }))),
    });
    const waiting = await stageForReview(
      bench.database,
      bench.folder,
      mappingOf(table('t', { id: 'integer', v: 'text' }, KEY)),
    );
    const { schemaName } = stagingNames(waiting.spec.loadId);
    const read = async () => {
      const [row] = await bench.database.query<{ scans: number; rows: number }>(
        `select seq_scan::int as scans, idx_tup_read::int as rows from pg_stat_user_tables t
         join lateral (select sum(idx_tup_read) as idx_tup_read from pg_stat_user_indexes i where i.relid = t.relid) i on true
         where schemaname = $1 and relname = 'differing_0'`,
        [schemaName],
      );
      return row ?? { scans: -1, rows: -1 };
    };
    const flushed = async () => {
      let last = await read();
      for (let same = 0; same < 3; ) {
        await bench.sql('select pg_sleep(0.1)');
        const now = await read();
        same = now.scans === last.scans && now.rows === last.rows ? same + 1 : 0;
        last = now;
      }
      return last;
    };
    const before = await flushed();
    const review = await withSession((session) => readLoadReview(session, waiting.spec.loadId, { signal: signal() }));
    expect(review.effects).toEqual({ t: { updated: 0, skipped: count, fails: 0 } });
    const numbers = async (after: number) =>
      (await page(waiting, { table: 't', after, limit: 20 })).conflicts.map(({ number }) => number);
    expect([await numbers(0), (await numbers(4_000)).at(-1)]).toEqual([
      Array.from({ length: 20 }, (_, i) => i + 1),
      4_020,
    ]);
    const after = await flushed();
    expect(after.scans).toBe(before.scans);
    expect(after.rows - before.rows).toBeLessThan(500);
  });

  test('lists the rows that contradict an earlier one of the load', async () => {
    bench.write(FILES);
    const { spec } = await wait();
    const ask = (changes = {}) =>
      withSession((session) =>
        duplicatesPage(
          session,
          { loadId: spec.loadId, table: 'owner', after: 0, limit: 50, ...changes },
          { signal: signal() },
        ),
      );
    const [first, second] = [
      { number: 1, key: '4', path: 'b.xml', line: 2, earlierPath: 'a.xml', earlierLine: 4 },
      { number: 2, key: '2', path: 'b.xml', line: 3, earlierPath: 'a.xml', earlierLine: 3 },
    ];
    expect(await ask()).toEqual({ duplicates: [first, second], matching: 2 });
    expect(await ask({ after: 1 })).toEqual({ duplicates: [second] });
  });

  test('keeps what is decided, and tells who would overwrite what somebody else decided meanwhile', async () => {
    await bench.sql(TARGET);
    bench.write(FILES);
    const { spec } = await wait({ resolutions: { version: 1, use: 'merge' } });
    const read = () => withSession((session) => readLoadReview(session, spec.loadId, { signal: signal() }));
    const begun = await read();
    expect(begun).toMatchObject({
      revision: 1,
      resolutions: { version: 1, use: 'merge' },
      summary: { tables: FOUND },
      tables: {
        owner: { policy: 'skip', columnPolicies: {} },
        parcel: { columns: [{ name: 'id', isKey: true }, {}, {}, {}] },
      },
    });
    const resolve = (use: 'skip' | 'overwrite', revision?: number) =>
      withSession((session) =>
        resolveConflicts(
          session,
          { loadId: spec.loadId, resolutions: { version: 1, use }, ...(revision !== undefined && { revision }) },
          { signal: signal() },
        ),
      );
    expect(await resolve('overwrite', 1)).toMatchObject({ revision: 2, resolutions: { use: 'overwrite' } });
    expect((await failureOf(resolve('skip', 1))).code).toBe('RESOLUTIONS_STALE');
    expect((await read()).resolutions).toEqual({ version: 1, use: 'overwrite' });
    expect(await resolve('skip')).toMatchObject({ revision: 3 });
    const wrong = { loadId: spec.loadId, resolutions: { version: 1, tables: { nowhere: { use: 'skip' } } } } as const;
    const refused = withSession((session) => resolveConflicts(session, wrong, { signal: signal() }));
    expect((await failureOf(refused)).code).toBe('RESOLUTIONS_INVALID');
    expect((await read()).revision).toBe(3);
    const audited = await bench.sql('select action, facts from loadstone.audit order by id');
    expect(audited, 'only what was kept is told').toMatchObject(
      [2, 3].map((revision) => ({ action: 'resolved', facts: { revision } })),
    );
  });

  test('is merged as it was decided, row by row', async () => {
    await bench.sql(TARGET);
    bench.write({
      'a.xml': document(
        element('owner', { id: 1, name: 'An N.', born: '1970-01-01' }),
        element('owner', { id: 2, name: 'Bình', born: '1975-05-05' }),
        element('owner', { id: 3, name: 'Chi C.', born: '1979-03-03' }),
      ),
    });
    const waiting = await wait();
    const resolutions = {
      version: 1,
      tables: { owner: { use: 'merge' } },
      choices: [
        { table: 'owner', which: { where: [{ column: 'born', is: 'older' }] }, use: 'overwrite' },
        { table: 'owner', which: { key: { id: '1' } }, use: 'overwrite' },
      ],
    } as const;
    const review = await withSession((session) =>
      resolveConflicts(
        session,
        { loadId: waiting.spec.loadId, resolutions: structuredClone(resolutions) as never },
        { signal: signal() },
      ),
    );
    expect(review.effects.owner).toEqual({ updated: 3, skipped: 0, fails: 0 });
    expect((await page(waiting)).conflicts).toMatchObject([
      { outcome: 'updated', choice: 1, values: [{}, { result: 'An N.' }, {}] },
      { outcome: 'updated', values: [{}, { result: 'Binh' }, { result: '1975-05-05' }] },
      { outcome: 'updated', choice: 0, values: [{}, { result: 'Chi C.' }, { result: '1979-03-03' }] },
    ]);
    const report = await mergeReviewed(bench.database, waiting);
    expect(report.tables.owner).toMatchObject({ read: 3, updated: 3 });
    expect(await bench.rows('owner')).toEqual([
      'id=1, name=An N., born=1970-01-01',
      'id=2, name=Binh, born=1975-05-05',
      'id=3, name=Chi C., born=1979-03-03',
    ]);
  });

  test('waits again when somebody decides anew between its approval and its merge', async () => {
    await bench.sql(TARGET);
    bench.write(FILES);
    const waiting = await wait();
    const before = await bench.rows('owner');
    const other = await openClient(bench.database.target, { applicationName: 'another window' });
    try {
      const { resolutions } = reviewNames(stagingNames(waiting.spec.loadId));
      const use = JSON.stringify({ version: 1, use: 'overwrite' });
      await other.query('begin');
      await other.query(`update ${resolutions} set document = $1, revision = revision + 1`, [use]);
      const merging = mergeReviewed(bench.database, waiting, { revision: 1 });
      await untilItWaits(bench.database);
      await other.query('commit');
      expect(await merging).toMatchObject({ state: 'waiting_for_review', review: { id: waiting.reviewId } });
    } finally {
      await closeClient(other);
    }
    expect(await bench.rows('owner')).toEqual(before);
    const merged = await mergeReviewed(bench.database, waiting, { revision: 2 });
    expect(merged.tables.owner).toMatchObject({ updated: 3 });
  });

  test('may be as wide as a table can be', async () => {
    const wide = Array.from({ length: 1_500 }, (_, i) => `c${i}`);
    await bench.sql(`create table t (id int primary key, ${wide.map((name) => `${name} smallint`).join(', ')});
      insert into t (id, c0, c1499) values (1, 1, 2)`);
    const line = (id: number, first: number, last: number) => `${id},${first}${','.repeat(1_499)}${last}`;
    bench.write({
      'a.csv': `id,${wide.join(',')}\n${line(1, 1, 3)}\n${line(2, 1, 1)}\n${line(2, 1, 2)}\n${line(2, 1, 2)}\n`,
    });
    const columns = ['id', ...wide].map((name) => ({ name, path: name, type: name === 'id' ? 'integer' : 'smallint' }));
    const wideMapping = {
      version: 1,
      name: 'wide',
      source: { format: 'csv' },
      tables: [{ name: 't', key: ['id'], onConflict: 'overwrite', columns }],
    } as const;
    const waiting = await stageForReview(bench.database, bench.folder, structuredClone(wideMapping) as never);
    expect(waiting.report.review?.tables.t).toMatchObject({
      ...{ new: 1, changed: 1, duplicates: 2, contradicting: 1, columns: { c1499: 1 } },
    });
    const request = { table: 't', filter: { text: 'A.CSV' } };
    const { conflicts } = await page(waiting, request);
    expect(conflicts[0]?.values[1_500]).toEqual({ new: '3', old: '2', differs: true, result: '3' });
    await bench.sql('update t set c1 = 1');
    expect(await mergeReviewed(bench.database, waiting)).toMatchObject({ review: { moved: 1 } });
  });

  test('does not bring files again that another load has brought meanwhile, also where no key would tell', async () => {
    await bench.sql('create table note (n int)');
    const notes = mappingOf(table('note', { n: 'integer' }));
    bench.write({ 'a.xml': document(element('note', { n: 1 })), 'b.xml': document(element('note', { n: 2 })) });
    const waiting = await stageForReview(bench.database, bench.folder, notes);
    bench.write({ 'b.xml': document(element('note', { n: 3 })) });
    await bench.run(notes);
    expect(await mergeReviewed(bench.database, waiting)).toMatchObject({
      files: { found: 2, loaded: 1, unchanged: 1 },
      tables: { note: { read: 1, inserted: 1 } },
    });
    expect(await bench.rows('note')).toEqual(['n=1', 'n=2', 'n=3']);
  });

  test('is gone when its staging was dropped', async () => {
    bench.write(FILES);
    const waiting = await wait();
    await bench.sql(`drop schema ${stagingNames(waiting.spec.loadId).schema} cascade`);
    expect((await failureOf(page(waiting))).code).toBe('REVIEW_GONE');
    expect((await failureOf(mergeReviewed(bench.database, waiting))).code).toBe('REVIEW_GONE');
  });
});
