import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { previewUndo, undoMergedLoad } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { closeClient, openClient } from '#engine/postgres/client';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { conflictLine, failureOf, type LoadRun, undoRun } from '#tests/helpers/run-load';
import { untilItWaits } from '#tests/helpers/until-it-waits';

const KEY = { key: ['id'] };
const person = (id: number, name: string) => element('person', { id, name });
const car = (id: number, owner: number | '') => element('car', { id, owner });
const OVERWRITE = { ...KEY, onConflict: 'overwrite' } as const;
const persons = table('person', { id: 'integer', name: 'text' }, OVERWRITE);
const cars = table(
  'car',
  { id: 'integer', owner: 'integer' },
  { ...OVERWRITE, references: [{ columns: ['owner'], table: 'person', on: ['id'] }] },
);

describeEachServer('what an undo leaves', (server) => {
  const bench = loadBench(server);
  const loadOf = (...parts: string[]) => {
    bench.write({ 'a.xml': document(...parts) });
    return bench.run(mappingOf(persons, cars), { skipLoaded: false });
  };
  const counts = async (run: LoadRun) =>
    Object.fromEntries(
      Object.entries(await bench.undo(run)).map(([name, { removed, restored, conflicts }]) => [
        name,
        [removed, restored, conflicts],
      ]),
    );
  const preview = async (run: LoadRun) => {
    const session = new DirectSession(bench.database.target);
    try {
      return await previewUndo(session, { loadId: run.loadId, signal: AbortSignal.timeout(60_000) });
    } finally {
      await session.close();
    }
  };

  test('is told with the reason, and who wrote it where a load did; a preview says the same and changes nothing', async () => {
    await bench.sql(
      `create table person (id int primary key, name text); insert into person values (1, 'x'), (2, 'x'), (3, 'x'), (4, 'x'), (9, 'x');
       create table car (id int primary key, owner int references person); insert into car values (1, 9), (2, 3);
       create table house (id int, owner int references person)`,
    );
    const run = await loadOf(
      ...[1, 2, 3, 4, 11, 12, 13, 14].map((id) => person(id, 'first')),
      ...[car(1, 1), car(2, 11), car(3, 12)],
    );
    bench.write({ 'a.xml': document(person(1, 'second'), person(11, 'second')) });
    await bench.run(mappingOf(persons), { skipLoaded: false });
    await bench.sql(
      `update person set name = 'by hand' where id in (2, 14); delete from person where id in (4, 9); update car set owner = 12 where id = 3;
       insert into house values (1, 13), (2, 13)`,
    );
    const before = [await bench.rows('person'), await bench.rows('car')];
    const seen = await preview(run);
    expect([await bench.rows('person'), await bench.rows('car')]).toEqual(before);
    const undone = await bench.undo(run);
    const conflicts = await bench.conflicts(run);
    expect({ undone, conflicts }).toEqual({
      undone: {
        person: { removed: 0, restored: 1, conflicts: 7 },
        car: { removed: 0, restored: 1, conflicts: 2 },
      },
      conflicts: [
        'person id=11 inserted changed_since by a.xml:3',
        'person id=12 inserted referred_to car×1',
        'person id=13 inserted referred_to house×2',
        'person id=14 inserted changed_since',
        'person id=1 changed changed_since by a.xml:2',
        'person id=2 changed changed_since',
        'person id=4 changed row_gone',
        'car id=3 inserted changed_since',
        'car id=1 changed former_reference_gone person',
      ],
    });
    expect({ tables: seen.tables, sample: seen.sample.map(conflictLine) }).toEqual({
      tables: undone,
      sample: conflicts,
    });
  });

  test('is told of an undo that wrote the row, and of a load whose rows the database refused in part', async () => {
    await bench.sql(
      `create table person (id int primary key, name text check (name <> 'bad')); insert into person values (1, 'x'), (2, 'x')`,
    );
    const first = await loadOf(person(1, 'one'), person(2, 'one'));
    const second = await loadOf(person(3, 'bad'), person(1, 'two'));
    await bench.undo(first);
    expect(await bench.conflicts(first)).toEqual(['person id=1 changed changed_since by a.xml:3']);
    await bench.sql(`update person set name = 'by hand' where id = 1`);
    await bench.undo(second);
    expect(await bench.conflicts(second)).toEqual(['person id=1 changed changed_since']);
  });

  test('are rows that a transaction refers to which is not done yet: it is waited for, and nothing cascades', async () => {
    const run = await loadOf(person(1, 'one'), person(2, 'two'));
    await bench.sql('create table house (id int, owner int references person on delete cascade)');
    const other = await openClient(bench.database.target, { applicationName: 'somebody else' });
    try {
      await other.query('begin; insert into house values (1, 1)');
      const undoing = counts(run);
      await untilItWaits(bench.database);
      await other.query('commit');
      expect(await undoing).toEqual({ person: [1, 0, 1], car: [0, 0, 0] });
    } finally {
      await closeClient(other);
    }
    expect({ conflicts: await bench.conflicts(run), house: await bench.rows('house') }).toEqual({
      conflicts: ['person id=1 inserted referred_to house×1'],
      house: ['id=1, owner=1'],
    });
  });

  test('are rows of a partition when the reference is to the whole, whatever it does on delete', async () => {
    await bench.sql(
      `create table whole (id int primary key, name text) partition by range (id);
       create table person partition of whole for values from (0) to (100);
       create table dog (id int, owner int default 3 references whole on delete set default)`,
    );
    const run = await loadOf(person(1, 'one'), person(2, 'two'));
    await bench.sql('insert into dog values (1, 1)');
    expect({ undone: await counts(run), conflicts: await bench.conflicts(run), dog: await bench.rows('dog') }).toEqual({
      undone: { person: [1, 0, 1], car: [0, 0, 0] },
      conflicts: ['person id=1 inserted referred_to dog×1'],
      dog: ['id=1, owner=1'],
    });
  });

  test('are former values that another row holds now; values that moved from row to row move back', async () => {
    await bench.sql(
      `create table person (id int primary key, name text unique); insert into person values (1, 'a'), (2, 'b'), (3, 'c')`,
    );
    const moved = await loadOf(person(3, 'd'), person(2, 'c'), person(1, 'b'));
    expect({ undone: await counts(moved), person: await bench.rows('person') }).toEqual({
      undone: { person: [0, 3, 0], car: [0, 0, 0] },
      person: ['id=1, name=a', 'id=2, name=b', 'id=3, name=c'],
    });
    const again = await loadOf(person(3, 'd'), person(2, 'c'), person(1, 'b'));
    await bench.sql(`insert into person values (5, 'a')`);
    expect({
      undone: await counts(again),
      conflicts: await bench.conflicts(again),
      person: await bench.rows('person'),
    }).toEqual({
      undone: { person: [0, 0, 3], car: [0, 0, 0] },
      conflicts: [1, 2, 3].map((id) => `person id=${id} changed value_taken`),
      person: ['id=1, name=b', 'id=2, name=c', 'id=3, name=d', 'id=5, name=a'],
    });
  });

  test('are rows whose former value others would have to follow; what the merge took along follows back', async () => {
    await bench.sql(
      `create table person (id int primary key, name text unique); insert into person values (1, 'a'), (2, 'b'), (3, 'c');
       create table pet (id int, person text references person (name) on update cascade); insert into pet values (1, 'a'), (2, 'b');
       create table note (id int, person text references person (name) on update set null)`,
    );
    const run = await loadOf(person(1, 'x'), person(2, 'y'), person(3, 'z'));
    await bench.sql(`insert into pet values (3, 'y'); insert into note values (1, 'z')`);
    const undone = await counts(run);
    expect({
      undone,
      conflicts: await bench.conflicts(run),
      pet: await bench.rows('pet'),
      note: await bench.rows('note'),
    }).toEqual({
      undone: { person: [0, 1, 2], car: [0, 0, 0] },
      conflicts: ['person id=2 changed referred_to pet×1', 'person id=3 changed referred_to note×1'],
      pet: ['id=1, person=a', 'id=2, person=y', 'id=3, person=y'],
      note: ['id=1, person=z'],
    });
  });

  test('is nothing where the load changed rows that followed its merge, too', async () => {
    await bench.sql(
      `create table person (id int primary key, name text unique); insert into person values (1, 'a');
       create table pet (id int primary key, person text references person (name) on update cascade, note text);
       insert into pet values (1, 'a', 'old')`,
    );
    const pets = table('pet', { id: 'integer', note: 'text' }, OVERWRITE);
    bench.write({ 'a.xml': document(person(1, 'b'), element('pet', { id: 1, note: 'new' })) });
    const run = await bench.run(mappingOf(persons, pets));
    const loaded = await bench.rows('pet');
    expect({
      loaded,
      undone: await counts(run),
      pet: await bench.rows('pet'),
      person: await bench.rows('person'),
    }).toEqual({
      loaded: ['id=1, person=b, note=new'],
      undone: { person: [0, 1, 0], pet: [0, 1, 0] },
      pet: ['id=1, person=a, note=old'],
      person: ['id=1, name=a'],
    });
  });

  test('is what rules and triggers of the database keep; a rule that does something besides does not hinder', async () => {
    await bench.sql(
      `create table person (id int primary key, name text); insert into person values (1, 'x'), (2, 'x'); create table log (id int);
       create rule logged as on delete to person do also insert into log values (old.id);
       create rule kept as on delete to person where old.id = 4 do instead nothing;
       create function keep() returns trigger language plpgsql as $$ begin return case when tg_op = 'UPDATE' and new.name = 'x' and old.id = 2 or old.id = 5 then null when tg_op = 'DELETE' then old else new end; end $$;
       create trigger keep before update or delete on person for each row execute function keep()`,
    );
    const run = await loadOf(...[1, 2, 3, 4, 5].map((id) => person(id, 'new')));
    expect({
      undone: await counts(run),
      conflicts: await bench.conflicts(run),
      person: await bench.rows('person'),
    }).toEqual({
      undone: { person: [1, 1, 3], car: [0, 0, 0] },
      conflicts: ['person id=4 inserted refused', 'person id=5 inserted refused', 'person id=2 changed refused'],
      person: ['id=1, name=x', 'id=2, name=new', 'id=4, name=new', 'id=5, name=new'],
    });
  });

  test('is everything of a column whose type was changed; a renamed key is named, a table that is gone holds nothing up', async () => {
    await bench.sql(`create table person (id int primary key, name varchar(20)); insert into person values (1, 'x')`);
    const run = await loadOf(person(1, 'one'), person(2, 'one'), car(1, 2));
    await bench.sql(
      'alter table person alter column name type varchar(40); alter table car rename column id to number',
    );
    const renamed = await failureOf(undoRun(bench.database, run));
    await bench.sql('drop table car');
    const undone = await counts(run);
    expect({ renamed, undone, conflicts: await bench.conflicts(run) }).toEqual({
      renamed: {
        code: 'UNDO_CONFLICT',
        message: expect.stringContaining('"car" has no column id any more'),
      },
      undone: { person: [1, 0, 1], car: [0, 0, 0] },
      conflicts: ['person id=1 changed column_altered'],
    });
  });

  test('is everything while row security may hide who refers to it', async () => {
    const run = await loadOf(person(1, 'one'));
    const role = `undo_${bench.database.target.database}`;
    await bench.sql(
      `create table house (id int, owner int references person on delete cascade); insert into house values (1, 1);
       alter table house enable row level security; create role "${role}" login password 'p';
       grant all on schema public, loadstone to "${role}"; grant all on all tables in schema public, loadstone to "${role}"`,
    );
    try {
      const target = { ...bench.database.target, user: role, password: 'p' };
      expect(await failureOf(undoRun({ target }, run))).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect(await bench.rows('house')).toEqual(['id=1, owner=1']);
    } finally {
      await bench.sql(`drop owned by "${role}"; drop role "${role}"`);
    }
  });

  test('is everything when it is cancelled: nothing has changed, and it can be done afterwards', async () => {
    const run = await loadOf(person(1, 'one'), person(2, 'two'));
    await bench.sql(
      `create table slow (row int); insert into slow values (1);
       create function slow_down() returns trigger language plpgsql as $$ begin if exists (select from slow) then perform pg_sleep(60); end if; return null; end $$;
       create trigger slow_down after delete on person for each statement execute function slow_down()`,
    );
    const stop = new AbortController();
    const session = new DirectSession(bench.database.target);
    try {
      const undoing = undoMergedLoad(session, { loadId: run.loadId, signal: stop.signal, onRetry: () => undefined });
      const asleep = `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
      while ((await bench.sql(asleep)).length === 0) await sleep(20);
      stop.abort(new Error('enough'));
      await expect(undoing).rejects.toThrow('enough');
    } finally {
      await session.close();
    }
    expect({ person: await bench.rows('person'), conflicts: await bench.conflicts(run) }).toEqual({
      person: ['id=1, name=one', 'id=2, name=two'],
      conflicts: [],
    });
    await bench.sql('delete from slow');
    expect(await counts(run)).toEqual({ person: [2, 0, 0], car: [0, 0, 0] });
  });

  test('cannot be looked at while somebody holds a table; nobody waits long for that', async () => {
    const run = await loadOf(person(1, 'one'));
    const other = await openClient(bench.database.target, { applicationName: 'somebody else' });
    try {
      await other.query('begin; lock table person in access exclusive mode');
      expect(await failureOf(preview(run))).toMatchObject({ code: 'LOAD_LOCKED' });
    } finally {
      await closeClient(other);
    }
    expect((await preview(run)).tables).toEqual({
      person: { removed: 1, restored: 0, conflicts: 0 },
      car: { removed: 0, restored: 0, conflicts: 0 },
    });
  });
});
