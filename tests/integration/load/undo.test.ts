import { expect, test } from 'vitest';
import { undoMergedLoad } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import type { ServerSession } from '#engine/load/server-session';
import { backendPid } from '#engine/postgres/cancel';
import { describeEachServer, type TestDatabase } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { failureOf, undoRun } from '#tests/helpers/run-load';

const KEY = { key: ['id'] };
const person = (id: number, name: string) => element('person', { id, name });
const car = (id: number, owner: number) => element('car', { id, owner });
const persons = table('person', { id: 'integer', name: 'text' }, { ...KEY, onConflict: 'overwrite' });
const cars = table(
  'car',
  { id: 'integer', owner: 'integer' },
  { ...KEY, references: [{ columns: ['owner'], table: 'person', on: ['id'] }] },
);

/** The server commits the first COMMIT and ends the connection before anyone hears of it. */
function losingFirstCommit(session: ServerSession, database: TestDatabase): ServerSession {
  let isLost = false;
  return {
    connect: async (signal) => {
      const client = await session.connect(signal);
      if (isLost) return client;
      const send = client.query.bind(client) as (...args: readonly unknown[]) => Promise<unknown>;
      const query = async (...args: readonly unknown[]) => {
        if (args[0] !== 'commit') return send(...args);
        isLost = true;
        const pid = backendPid(client);
        await send(...args);
        await database.query('select pg_terminate_backend($1, 5000)', [pid]);
        return send('select 1');
      };
      return Object.assign(client, { query });
    },
    discard: (client) => session.discard(client),
  };
}

describeEachServer('undo', (server) => {
  const bench = loadBench(server);
  const loadOf = (...parts: string[]) => {
    bench.write({ 'a.xml': document(...parts) });
    return bench.run(mappingOf(persons, cars), { skipLoaded: false });
  };
  const all = async () => ({ person: await bench.rows('person'), car: await bench.rows('car') });
  const result = (removed: number, restored: number, conflicts: number) => ({ removed, restored, conflicts });

  test('newest first gives back exactly what stood there before each load', async () => {
    await bench.sql(
      `create table person (id int primary key, name text, note text); insert into person values (1, 'before', 'kept'), (8, 'other', null)`,
    );
    const runs = [];
    const states = [];
    for (const parts of [
      [person(1, 'one'), person(2, 'one'), car(1, 2)],
      [person(1, 'two'), person(3, 'two'), car(2, 3)],
      [person(1, 'two'), person(2, 'three'), person(3, 'three'), car(3, 1)],
    ]) {
      if (runs.length > 0) states.push(await all());
      runs.push(await loadOf(...parts));
    }
    const undone = [];
    const back = [];
    for (const run of runs.reverse()) {
      undone.push(await bench.undo(run));
      back.push(await all());
    }
    expect({ undone, back }).toEqual({
      undone: [
        { person: result(0, 2, 0), car: result(1, 0, 0) },
        { person: result(1, 1, 0), car: result(1, 0, 0) },
        { person: result(1, 1, 0), car: result(1, 0, 0) },
      ],
      back: [...states.reverse(), { person: ['id=1, name=before, note=kept', 'id=8, name=other'], car: [] }],
    });
  });

  test('in another order leaves what a later load has changed or refers to, and counts it', async () => {
    const first = await loadOf(person(1, 'one'), person(2, 'one'), person(3, 'one'));
    await loadOf(person(1, 'two'), car(1, 2));
    const undone = await bench.undo(first);
    expect({ undone, ...(await all()) }).toEqual({
      undone: { person: result(1, 0, 2), car: result(0, 0, 0) },
      person: ['id=1, name=two', 'id=2, name=one'],
      car: ['id=1, owner=2'],
    });
  });

  test('leaves rows that were changed by hand since', async () => {
    await bench.sql(
      `create table person (id int primary key, name text); insert into person values (1, 'before'), (2, 'before')`,
    );
    const run = await loadOf(person(1, 'new'), person(2, 'new'), person(3, 'new'), person(4, 'new'));
    await bench.sql(`update person set name = 'by hand' where id in (1, 3)`);
    const undone = await bench.undo(run);
    expect({ undone, ...(await all()) }).toEqual({
      undone: { person: result(1, 1, 2), car: result(0, 0, 0) },
      person: ['id=1, name=by hand', 'id=2, name=before', 'id=3, name=by hand'],
      car: [],
    });
  });

  test('leaves rows that others refer to since, whatever their constraint does on delete', async () => {
    const run = await loadOf(person(1, 'one'), person(2, 'two'), person(3, 'three'));
    await bench.sql(
      `create table house (id int, owner int references person on delete cascade); insert into house values (1, 1);
       create table dog (id int, owner int references person on delete set null); insert into dog values (1, 2)`,
    );
    const undone = await bench.undo(run);
    expect({ undone, ...(await all()), house: await bench.rows('house'), dog: await bench.rows('dog') }).toEqual({
      undone: { person: result(1, 0, 2), car: result(0, 0, 0) },
      person: ['id=1, name=one', 'id=2, name=two'],
      car: [],
      house: ['id=1, owner=1'],
      dog: ['id=1, owner=2'],
    });
  });

  test('takes back a load in which the database refused rows', async () => {
    await bench.sql(
      `create table person (id int primary key, name text check (name <> 'bad')); insert into person values (1, 'before'), (2, 'before')`,
    );
    const run = await loadOf(
      person(1, 'new'),
      person(2, 'bad'),
      person(3, 'new'),
      person(4, 'bad'),
      car(1, 3),
      car(2, 4),
    );
    const loaded = await all();
    await bench.sql(`update person set name = 'by hand' where id = 3`);
    const undone = await bench.undo(run);
    expect({ loaded, undone, ...(await all()) }).toEqual({
      loaded: { person: ['id=1, name=new', 'id=2, name=before', 'id=3, name=new'], car: ['id=1, owner=3'] },
      undone: { person: result(0, 1, 1), car: result(1, 0, 0) },
      person: ['id=1, name=before', 'id=2, name=before', 'id=3, name=by hand'],
      car: [],
    });
  });

  test('takes back circles and rows that refer to themselves', async () => {
    const pairs = mappingOf(
      table(
        'a',
        { id: 'integer', b: 'integer' },
        { ...KEY, records: '/r/a', references: [{ columns: ['b'], table: 'b', on: ['id'] }] },
      ),
      table(
        'b',
        { id: 'integer', a: 'integer' },
        { ...KEY, records: '/r/b', references: [{ columns: ['a'], table: 'a', on: ['id'] }] },
      ),
      table(
        'n',
        { id: 'integer', up: 'integer' },
        { ...KEY, records: '/r/n', references: [{ columns: ['up'], table: 'n', on: ['id'] }] },
      ),
    );
    bench.write({
      'a.xml': document(
        element('a', { id: 1, b: 1 }),
        element('b', { id: 1, a: 1 }),
        element('n', { id: 1, up: 2 }),
        element('n', { id: 2, up: 1 }),
        element('n', { id: 3, up: 3 }),
      ),
    });
    const undone = await bench.undo(await bench.run(pairs));
    expect({ undone, a: await bench.rows('a'), b: await bench.rows('b'), n: await bench.rows('n') }).toEqual({
      undone: { a: result(1, 0, 0), b: result(1, 0, 0), n: result(3, 0, 0) },
      a: [],
      b: [],
      n: [],
    });
  });

  test('takes rows of a keyless table back that got an identity column, and refuses one that has none', async () => {
    bench.write({
      'a.xml': document(element('ours', { x: 1 }), element('ours', { x: 1 }), element('theirs', { x: 1 })),
    });
    const ours = await bench.run(mappingOf(table('ours', { x: 'integer' })));
    await bench.run(mappingOf(table('ours', { x: 'integer' })), { skipLoaded: false });
    const undone = await bench.undo(ours);
    await bench.sql('create table theirs (x int)');
    const theirs = await bench.run(mappingOf(table('theirs', { x: 'integer' })));
    const refused = await failureOf(undoRun(bench.database, theirs));
    expect({ undone, ours: await bench.rows('ours'), offered: theirs.report.undo, refused: refused.code }).toEqual({
      undone: { ours: result(2, 0, 0) },
      ours: ['id=3, x=1', 'id=4, x=1'],
      offered: undefined,
      refused: 'UNDO_CONFLICT',
    });
  });

  test('happens once: the second time it says what the first took back, and changes nothing', async () => {
    await bench.sql(`create table person (id int primary key, name text); insert into person values (1, 'before')`);
    const run = await loadOf(person(1, 'one'), person(2, 'one'));
    const first = await bench.undo(run);
    await bench.sql(`update person set name = 'one'; insert into person values (2, 'one')`);
    const again = await bench.undo(run);
    expect({ first, again, person: await bench.rows('person') }).toEqual({
      first: { person: result(1, 1, 0), car: result(0, 0, 0) },
      again: first,
      person: ['id=1, name=one', 'id=2, name=one'],
    });
  });

  test('whose connection is lost right after COMMIT succeeds with what it took back', async () => {
    const run = await loadOf(person(1, 'one'), person(2, 'one'), car(1, 2));
    const session = new DirectSession(bench.database.target);
    const retries: number[] = [];
    try {
      const undone = await undoMergedLoad(losingFirstCommit(session, bench.database), {
        loadId: run.loadId,
        signal: AbortSignal.timeout(60_000),
        onRetry: ({ attempt }) => retries.push(attempt),
      });
      const audited = await bench.sql('select action from loadstone.audit order by id');
      expect({ undone: undone.tables, retries, audited, ...(await all()) }).toEqual({
        undone: { person: result(2, 0, 0), car: result(1, 0, 0) },
        retries: [1],
        audited: [{ action: 'merged' }, { action: 'undone' }],
        person: [],
        car: [],
      });
    } finally {
      await session.close();
    }
  });

  test('is refused for a load that was never merged', async () => {
    const run = await loadOf(person(1, 'one'));
    const unknown = await failureOf(
      undoRun(bench.database, { ...run, loadId: '00000000-0000-4000-8000-000000000000' }),
    );
    expect(unknown.code).toBe('JOB_STATE');
  });
});
