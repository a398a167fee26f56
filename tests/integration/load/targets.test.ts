import { expect, test } from 'vitest';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';

const KEY = { key: ['id'] };
const refersTo = (parent: string, column: string, more: object = {}) => ({
  ...KEY,
  references: [{ columns: [column], table: parent, on: ['id'], ...more }],
});

describeEachServer('references', (server) => {
  const bench = loadBench(server);
  const kinds = table('kind', { id: 'text' }, KEY);
  const items = (more: object) => table('item', { id: 'integer', kind: 'text' }, refersTo('kind', 'kind', more));
  const files = {
    'a.xml': document(
      element('item', { id: 1, kind: 'b' }),
      element('item', { id: 2, kind: 'none' }),
      '<item><id>3</id></item>\n',
    ),
    'b.xml': document(element('kind', { id: 'b' })),
  };

  test('to missing rows reject the row, by default', async () => {
    bench.write(files);
    expect(await bench.load(mappingOf(items({}), kinds))).toEqual({
      counts: { item: '3 read, 2 inserted, 1 rejected', kind: '1 read, 1 inserted' },
      rejects: ['a.xml:3 item.kind "none" MISSING_REFERENCE'],
      rows: { item: ['id=1, kind=b', 'id=3'], kind: ['id=b'] },
    });
  });

  test('to missing rows become null with a counted warning where the mapping says so', async () => {
    bench.write(files);
    expect(await bench.load(mappingOf(items({ onMissing: 'null' }), kinds))).toEqual({
      counts: { item: '3 read, 3 inserted', kind: '1 read, 1 inserted' },
      warnings: { REFERENCE_NULLED: 1 },
      rows: { item: ['id=1, kind=b', 'id=2', 'id=3'], kind: ['id=b'] },
    });
  });

  test('to missing rows fail the load where the mapping says so, and nothing is created', async () => {
    bench.write(files);
    const code = await bench.failure(mappingOf(items({ onMissing: 'fail' }), kinds));
    const tables = await bench.sql(`select tablename from pg_tables where schemaname = 'public'`);
    expect({ code, tables }).toEqual({ code: 'MISSING_REFERENCES', tables: [] });
  });

  test('to a rejected row reject in turn, along the whole chain', async () => {
    bench.write({
      'a.xml': document(
        element('c', { id: 1, b: 1 }),
        element('b', { id: 1, a: 1 }),
        element('a', { id: 'x' }),
        element('a', { id: 2 }),
        element('b', { id: 2, a: 2 }),
        element('c', { id: 2, b: 2 }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table('c', { id: 'integer', b: 'integer' }, refersTo('b', 'b')),
        table('b', { id: 'integer', a: 'integer' }, { ...refersTo('a', 'a'), records: '/r/b' }),
        table('a', { id: 'integer' }, { ...KEY, records: '/r/a' }),
      ),
    );
    expect(outcome).toEqual({
      counts: {
        c: '2 read, 1 inserted, 1 rejected',
        b: '2 read, 1 inserted, 1 rejected',
        a: '2 read, 1 inserted, 1 rejected',
      },
      rejects: ['a.xml:2 c.b "1" MISSING_REFERENCE', 'a.xml:3 b.a "1" MISSING_REFERENCE', 'a.xml:4 a.id "x" BAD_VALUE'],
      rows: { c: ['id=2, b=2'], b: ['id=2, a=2'], a: ['id=2'] },
    });
  });

  test('of several columns hold only where all of them are filled, and delete as the mapping says', async () => {
    bench.write({
      'a.xml': document(
        element('part', { id: 1, x: 1, y: 1 }),
        element('part', { id: 2, x: 1, y: 2 }),
        '<part><id>3</id><x>7</x></part>',
        element('whole', { x: 1, y: 1 }),
      ),
    });
    const reference = { columns: ['y', 'x'], table: 'whole', on: ['y', 'x'], onDelete: 'cascade' as const };
    const outcome = await bench.load(
      mappingOf(
        table('part', { id: 'integer', x: 'integer', y: 'integer' }, { ...KEY, references: [reference] }),
        table('whole', { x: 'integer', y: 'integer' }, { key: ['x', 'y'] }),
      ),
    );
    await bench.sql('delete from whole');
    expect({ ...outcome, afterDelete: await bench.rows('part') }).toEqual({
      counts: { part: '3 read, 2 inserted, 1 rejected', whole: '1 read, 1 inserted' },
      rejects: ['a.xml:3 part "2, 1" MISSING_REFERENCE'],
      rows: { part: ['id=1, x=1, y=1', 'id=3, x=7'], whole: ['x=1, y=1'] },
      afterDelete: ['id=3, x=7'],
    });
  });

  test('to a table outside the mapping, known to the target only, are judged too', async () => {
    bench.write(files);
    await bench.sql(
      `create table kind (id text primary key); insert into kind values ('b');
       create table item (id int primary key, kind text references kind)`,
    );
    expect(await bench.load(mappingOf(table('item', { id: 'integer', kind: 'text' }, KEY)))).toEqual({
      counts: { item: '3 read, 2 inserted, 1 rejected' },
      rejects: ['a.xml:3 item.kind "none" MISSING_REFERENCE'],
      rows: { item: ['id=1, kind=b', 'id=3'] },
    });
  });

  const staff = {
    'a.xml': document(
      element('person', { id: 1, boss: 3 }),
      element('person', { id: 2, boss: 9 }),
      element('person', { id: 3, boss: 3 }),
      element('person', { id: 4, boss: 2 }),
    ),
  };
  const persons = table('person', { id: 'integer', boss: 'integer' }, refersTo('person', 'boss'));
  const staffed = {
    counts: { person: '4 read, 2 inserted, 2 rejected' },
    rejects: ['a.xml:3 person.boss "9" MISSING_REFERENCE', 'a.xml:5 person.boss "2" MISSING_REFERENCE'],
    rows: { person: ['id=1, boss=3', 'id=3, boss=3'] },
  };

  test('of a new table to itself are filled in any order', async () => {
    bench.write(staff);
    expect(await bench.load(mappingOf(persons))).toEqual(staffed);
  });

  test('of an existing table to itself are filled in any order', async () => {
    bench.write(staff);
    await bench.sql('create table person (id int primary key, boss int not null references person)');
    expect(await bench.load(mappingOf(persons))).toEqual(staffed);
  });

  test('of changed rows may point to new rows of the same table', async () => {
    bench.write({ 'a.xml': document(element('person', { id: 1, boss: 9 }), element('person', { id: 9, boss: 1 })) });
    await bench.sql(
      'create table person (id int primary key, boss int references person); insert into person values (1)',
    );
    expect(await bench.load(mappingOf({ ...persons, onConflict: 'overwrite' }))).toEqual({
      counts: { person: '2 read, 1 inserted, 1 updated' },
      rows: { person: ['id=1, boss=9', 'id=9, boss=1'] },
    });
  });

  const company = {
    'a.xml': document(
      element('office', { id: 1, head: 11 }),
      element('office', { id: 2, head: 99 }),
      element('worker', { id: 11, office: 1 }),
      element('worker', { id: 12, office: 2 }),
    ),
  };
  const offices = table(
    'office',
    { id: 'integer', head: 'integer' },
    { ...refersTo('worker', 'head'), records: '/r/office' },
  );
  const workers = table(
    'worker',
    { id: 'integer', office: 'integer' },
    { ...refersTo('office', 'office'), records: '/r/worker' },
  );
  const filled = {
    counts: { office: '2 read, 1 inserted, 1 rejected', worker: '2 read, 1 inserted, 1 rejected' },
    rejects: ['a.xml:3 office.head "99" MISSING_REFERENCE', 'a.xml:5 worker.office "2" MISSING_REFERENCE'],
    rows: { office: ['id=1, head=11'], worker: ['id=11, office=1'] },
  };
  const existing = (head: string, office: string) =>
    bench.sql(
      `create table office (id int primary key, head int ${head}); create table worker (id int primary key, office int ${office});
       alter table office add foreign key (head) references worker;
       alter table worker add foreign key (office) references office`,
    );

  test('in a circle of new tables are filled, and again into the same tables', async () => {
    bench.write(company);
    const first = await bench.load(mappingOf(offices, workers));
    bench.write({
      'b.xml': document(element('worker', { id: 21, office: 3 }), element('office', { id: 3, head: 21 })),
    });
    const second = await bench.load(mappingOf(offices, workers), { skipLoaded: false });
    expect({ first, second }).toEqual({
      first: filled,
      second: {
        counts: {
          office: '3 read, 1 inserted, 1 unchanged, 1 rejected',
          worker: '3 read, 1 inserted, 1 unchanged, 1 rejected',
        },
        rejects: filled.rejects,
        rows: { office: ['id=1, head=11', 'id=3, head=21'], worker: ['id=11, office=1', 'id=21, office=3'] },
      },
    });
  });

  test('in a circle of existing tables are filled where the constraints can wait', async () => {
    bench.write(company);
    await bench.sql(
      `create table office (id int primary key, head int not null); create table worker (id int primary key, office int not null references office deferrable);
       alter table office add foreign key (head) references worker deferrable initially deferred`,
    );
    expect(await bench.load(mappingOf(offices, workers))).toEqual(filled);
  });

  test('in a circle of existing tables are filled where they may be null', async () => {
    bench.write(company);
    await existing('', '');
    expect(await bench.load(mappingOf(offices, workers))).toEqual(filled);
  });

  test('in a circle of existing tables are filled where one of them may be null', async () => {
    bench.write(company);
    await existing('', 'not null');
    expect(await bench.load(mappingOf(offices, workers))).toEqual(filled);
  });

  test('in a circle of existing tables in which none can wait are refused before anything is staged', async () => {
    bench.write(company);
    await existing('not null', 'not null');
    expect(await bench.failure(mappingOf(offices, workers))).toBe('REFERENCE_CYCLE');
  });

  test('that are no circle are not taken for one because of $parent', async () => {
    const inner = element('c', { id: 3 }).trim();
    bench.write({ 'a.xml': document(element('a', { id: 1 }, element('b', { id: 2 }, inner).trim())) });
    await bench.sql(
      `create table a (id int primary key); create table b (id int primary key, a int not null references a);
       create table c (id int primary key, b int not null references b)`,
    );
    const up = (name: string, parent: string) =>
      table(
        name,
        { id: 'integer', [parent]: { type: 'integer', path: '$parent.id' } },
        { ...refersTo(parent, parent), records: name },
      );
    expect(
      await bench.load(mappingOf(up('c', 'b'), up('b', 'a'), table('a', { id: 'integer' }, { ...KEY, records: 'a' }))),
    ).toEqual({
      counts: { c: '1 read, 1 inserted', b: '1 read, 1 inserted', a: '1 read, 1 inserted' },
      rows: { c: ['id=3, b=2'], b: ['id=2, a=1'], a: ['id=1'] },
    });
  });
});

describeEachServer('equal keys', (server) => {
  const bench = loadBench(server);
  const values = (id: number, x: string, y: string) =>
    `<t><id>${id}</id>${x && `<x>${x}</x>`}${y && `<y>${y}</y>`}</t>\n`;
  const files = {
    'b.xml': document(values(1, 'third', ''), values(2, 'only', 'one')),
    'a.xml': document(values(1, 'first', ''), values(1, 'second', 'two'), values(1, 'second', 'two')),
  };
  const tables = (onConflict: Parameters<typeof table>[2]) =>
    mappingOf(table('t', { id: 'integer', x: 'text', y: 'text' }, { ...KEY, ...onConflict }));
  /** Whatever the policy: these rows say otherwise than the row of their key before them. */
  const contradictions = {
    conflicts: ['a.xml:3 t 1 after a.xml:2', 'b.xml:2 t 1 after a.xml:4'],
    warnings: { CONFLICT_IN_LOAD: 2 },
  };
  const there = (x: string) =>
    bench.sql(
      `create table t (id int primary key, x text, y text); insert into t values (1, ${x}, null), (3, 'other', null)`,
    );

  test.each([
    ['skip', '5 read, 2 inserted, 3 skipped', 'id=1, x=first'],
    ['overwrite', '5 read, 2 inserted, 2 updated, 1 unchanged', 'id=1, x=third'],
    ['merge', '5 read, 2 inserted, 1 updated, 2 skipped', 'id=1, x=first, y=two'],
  ] as const)('within one load follow the policy %s in the order of paths and records', async (policy, counts, row) => {
    bench.write(files);
    const outcome = await bench.load(tables({ onConflict: policy }));
    expect(outcome).toEqual({ counts: { t: counts }, rows: { t: [row, 'id=2, x=only, y=one'] }, ...contradictions });
  });

  test.each([
    ['skip', '5 read, 1 inserted, 4 skipped', 'id=1, x=old'],
    ['overwrite', '5 read, 1 inserted, 3 updated, 1 unchanged', 'id=1, x=third'],
    ['merge', '5 read, 1 inserted, 1 updated, 3 skipped', 'id=1, x=old, y=two'],
  ] as const)('as rows of the target follow the policy %s', async (policy, counts, row) => {
    bench.write(files);
    await there("'old'");
    const outcome = await bench.load(tables({ onConflict: policy }));
    expect(outcome).toEqual({
      counts: { t: counts },
      rows: { t: [row, 'id=2, x=only, y=one', 'id=3, x=other'] },
      ...contradictions,
    });
  });

  test('fail the load under the policy fail, whether in the load or in the target', async () => {
    bench.write(files);
    const inLoad = await bench.failure(tables({ onConflict: 'fail' }));
    bench.write({ 'a.xml': document(values(1, 'x', '')), 'b.xml': document(values(2, 'x', '')) });
    await there("'old'");
    const inTarget = await bench.failure(tables({ onConflict: 'fail' }));
    expect({ inLoad, inTarget, rows: await bench.rows('t') }).toEqual({
      inLoad: 'CONFLICTS_FOUND',
      inTarget: 'CONFLICTS_FOUND',
      rows: ['id=1, x=old', 'id=3, x=other'],
    });
  });

  test('follow a policy per column, which the option overrides', async () => {
    bench.write({ 'a.xml': document(values(1, 'new', 'new')), 'b.xml': document(values(3, 'new', 'new')) });
    await bench.sql(
      `create table t (id int primary key, x text, y text); insert into t values (1, 'old', 'old'), (3, 'old', null)`,
    );
    const mapping = tables({ onConflict: { default: 'merge', columns: { x: 'overwrite' } } });
    const perColumn = await bench.load(mapping);
    const overridden = await bench.load(mapping, { onConflict: 'overwrite', skipLoaded: false });
    expect({ perColumn, overridden }).toEqual({
      perColumn: { counts: { t: '2 read, 2 updated' }, rows: { t: ['id=1, x=new, y=old', 'id=3, x=new, y=new'] } },
      overridden: {
        counts: { t: '2 read, 1 updated, 1 unchanged' },
        rows: { t: ['id=1, x=new, y=new', 'id=3, x=new, y=new'] },
      },
    });
  });
});

describeEachServer('an existing table', (server) => {
  const bench = loadBench(server);
  const one = (fields: Record<string, string>) => element('t', { id: 1, ...fields });
  const load = (type: string, ...values: string[]) => {
    bench.write({ 'a.xml': document(...values.map((x, id) => element('t', { id, x }))) });
    return bench.load(mappingOf(table('t', { id: 'integer', x: type }, KEY)));
  };

  test('with a narrower text rejects what is too long', async () => {
    await bench.sql('create table t (id int primary key, x varchar(5))');
    expect(await load('varchar(255)', 'đúngđ', 'too long')).toEqual({
      counts: { t: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 t.x "too long" TOO_LONG'],
      rows: { t: ['id=0, x=đúngđ'] },
    });
  });

  test('with a narrower number rejects what does not fit, and rounds nothing', async () => {
    await bench.sql('create table t (id int primary key, x numeric(5,0))');
    expect(await load('numeric(15,2)', '12345', '0.5', '123456', '7')).toEqual({
      counts: { t: '4 read, 2 inserted, 2 rejected' },
      rejects: ['a.xml:3 t.x "0.5" BAD_VALUE', 'a.xml:4 t.x "123456" BAD_VALUE'],
      rows: { t: ['id=0, x=12345', 'id=3, x=7'] },
    });
  });

  test('that wants a value rejects rows without one', async () => {
    await bench.sql('create table t (id int primary key, x text not null)');
    expect(await load('text', 'a', '')).toEqual({
      counts: { t: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 t.x MISSING_VALUE'],
      rows: { t: ['id=0, x=a'] },
    });
  });

  test('with an enum, a domain or a type of an extension takes what the database can read', async () => {
    await bench.sql(
      `create extension if not exists citext; create type mood as enum ('happy', 'sad'); create domain small as int check (value < 10);
       create table t (id int primary key, m mood, d small, c citext, n inet)`,
    );
    bench.write({
      'a.xml': document(
        element('t', { id: 1, m: 'sad', d: 9, c: 'Ab', n: '10.0.0.1' }),
        element('t', { id: 2, m: 'angry', d: 9, c: 'Ab', n: '10.0.0.1' }),
        element('t', { id: 3, m: 'sad', d: 10, c: 'Ab', n: '10.0.0.1' }),
        element('t', { id: 4, m: 'sad', d: 1, c: 'Ab', n: 'here' }),
      ),
    });
    const mapping = mappingOf(table('t', { id: 'integer', m: 'text', d: 'integer', c: 'text', n: 'text' }, KEY));
    const first = await bench.load(mapping);
    bench.write({ 'a.xml': document(element('t', { id: 1, m: 'happy', d: 8, c: 'Ab', n: '10.0.0.1' })) });
    const second = await bench.load(mapping, { onConflict: 'overwrite' });
    expect({ first, second }).toEqual({
      first: {
        counts: { t: '4 read, 1 inserted, 3 rejected' },
        rejects: ['a.xml:3 t CONSTRAINT', 'a.xml:4 t CONSTRAINT', 'a.xml:5 t CONSTRAINT'],
        rows: { t: ['id=1, m=sad, d=9, c=Ab, n=10.0.0.1'] },
      },
      second: { counts: { t: '1 read, 1 updated' }, rows: { t: ['id=1, m=happy, d=8, c=Ab, n=10.0.0.1'] } },
    });
  });

  test('may have generated, defaulted and identity columns that the mapping leaves alone', async () => {
    await bench.sql(
      `create table t (id int primary key, x text, twice text generated always as (x || x) stored, n int not null default 7, serial int generated always as identity)`,
    );
    expect(await load('text', 'a')).toEqual({
      counts: { t: '1 read, 1 inserted' },
      rows: { t: ['id=0, x=a, twice=aa, n=7, serial=1'] },
    });
  });

  test('may be partitioned', async () => {
    await bench.sql(
      `create table t (id int primary key, x text) partition by range (id);
       create table t1 partition of t for values from (0) to (1); create table t2 partition of t for values from (1) to (2)`,
    );
    expect(await load('text', 'a', 'b', 'no partition')).toEqual({
      counts: { t: '3 read, 2 inserted, 1 rejected' },
      rejects: ['a.xml:4 t CONSTRAINT'],
      rows: { t: ['id=0, x=a', 'id=1, x=b'] },
    });
  });

  test.each([
    ['lacks a mapped column', 'create table t (id int primary key)'],
    [
      'has a generated column in its place',
      'create table t (id int primary key, x text generated always as (id::text) stored)',
    ],
    ['wants another column filled', 'create table t (id int primary key, x text, other int not null)'],
    ['has no unique key where the mapping has its key', 'create table t (id int, x text)'],
    ['is a view', 'create view t as select 1 as id, null::text as x'],
  ])('that %s is refused before anything is staged', async (_, ddl) => {
    await bench.sql(ddl);
    bench.write({ 'a.xml': document(one({ x: 'a' })) });
    expect(await bench.failure(mappingOf(table('t', { id: 'integer', x: 'text' }, KEY)))).toBe('TARGET_MISMATCH');
  });
});

describeEachServer('what only the database objects to', (server) => {
  const bench = loadBench(server);
  const rows = (...values: (string | number)[]) => values.map((x, i) => element('t', { id: i + 1, x })).join('');
  const mapping = mappingOf(
    table('child', { id: 'integer', t: 'integer' }, { ...refersTo('t', 't'), records: '/r/child' }),
    table('t', { id: 'integer', x: 'integer' }, { ...KEY, records: '/r/t' }),
  );
  const children = element('child', { id: 1, t: 1 }) + element('child', { id: 2, t: 2 });
  const threw = {
    counts: { child: '2 read, 1 inserted, 1 rejected', t: '4 read, 3 inserted, 1 rejected' },
    rejects: ['a.xml:3 t CONSTRAINT', 'a.xml:7 child.t "2" MISSING_REFERENCE'],
    rows: { child: ['id=1, t=1'], t: ['id=1, x=1', 'id=3, x=3', 'id=4, x=4'] },
  };

  test.each([
    ['a CHECK', 'create table t (id int primary key, x int check (x <> 2))'],
    [
      'a deferred constraint trigger',
      `create table t (id int primary key, x int);
       create function no() returns trigger language plpgsql as $$ begin if new.x = 2 then raise exception 'no'; end if; return null; end $$;
       create constraint trigger no after insert on t deferrable initially deferred for each row execute function no()`,
    ],
    [
      'a trigger that raises',
      `create table t (id int primary key, x int);
       create function no() returns trigger language plpgsql as $$ begin if new.x = 2 then raise exception 'no'; end if; return new; end $$;
       create trigger no before insert on t for each row execute function no()`,
    ],
    [
      'a trigger that drops the row silently',
      `create table t (id int primary key, x int);
       create function no() returns trigger language plpgsql as $$ begin if new.x = 2 then return null; end if; return new; end $$;
       create trigger no before insert on t for each row execute function no()`,
    ],
    [
      'an exclusion constraint',
      `create table t (id int primary key, x int, exclude using btree (x with =)); insert into t values (9, 2)`,
    ],
  ])('by %s costs that row and its dependants only', async (_, ddl) => {
    await bench.sql(ddl);
    bench.write({ 'a.xml': document(rows(1, 2, 3, 4), children) });
    const outcome = await bench.load(mapping);
    expect({ ...outcome, rows: { ...outcome.rows, t: outcome.rows.t?.filter((row) => row !== 'id=9, x=2') } }).toEqual(
      threw,
    );
  });

  test('by a UNIQUE inside the load costs the later rows', async () => {
    await bench.sql('create table t (id int primary key, x int unique)');
    bench.write({ 'a.xml': document(rows(5, 6, 5, 7, 6, 5)), 'b.xml': document(element('t', { id: 10, x: 7 })) });
    expect(await bench.load(mappingOf(table('t', { id: 'integer', x: 'integer' }, KEY)))).toEqual({
      counts: { t: '7 read, 3 inserted, 4 rejected' },
      rejects: ['a.xml:4 t CONSTRAINT', 'a.xml:6 t CONSTRAINT', 'a.xml:7 t CONSTRAINT', 'b.xml:2 t CONSTRAINT'],
      rows: { t: ['id=1, x=5', 'id=2, x=6', 'id=4, x=7'] },
    });
  });

  test('in a change costs that change only', async () => {
    await bench.sql(
      `create table t (id int primary key, x int check (x <> 2)); insert into t select n, 100 from generate_series(1, 4) n`,
    );
    bench.write({ 'a.xml': document(rows(1, 2, 3, 4)) });
    expect(
      await bench.load(mappingOf(table('t', { id: 'integer', x: 'integer' }, KEY)), { onConflict: 'overwrite' }),
    ).toEqual({
      counts: { t: '4 read, 3 updated, 1 rejected' },
      rejects: ['a.xml:3 t CONSTRAINT'],
      rows: { t: ['id=1, x=1', 'id=2, x=100', 'id=3, x=3', 'id=4, x=4'] },
    });
  });

  test('takes the records inside a refused one with it', async () => {
    await bench.sql('create table t (id int primary key, up int, check (id <> 2))');
    const node = (id: number, inner = '') => element('t', { id }, inner).trim();
    bench.write({ 'a.xml': document(`${node(1, node(2, node(3)))}\n`, `${node(4, node(5))}\n`) });
    const nested = table('t', { id: 'integer', up: { type: 'integer', path: '$parent.id' } }, { ...KEY, records: 't' });
    expect(await bench.load(mappingOf(nested))).toEqual({
      counts: { t: '5 read, 3 inserted, 2 rejected' },
      rejects: ['a.xml:2 t CONSTRAINT', 'a.xml:2 t PARENT_REJECTED'],
      rows: { t: ['id=1', 'id=4', 'id=5, up=4'] },
    });
  });

  test('among equal keys blames the row that made the value, and the others go in', async () => {
    await bench.sql('create table t (id int primary key, x int check (x <> 2))');
    bench.write({ 'a.xml': document(element('t', { id: 1, x: 1 }), element('t', { id: 1, x: 2 })) });
    expect(
      await bench.load(mappingOf(table('t', { id: 'integer', x: 'integer' }, KEY)), { onConflict: 'overwrite' }),
    ).toEqual({
      counts: { t: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 t CONSTRAINT'],
      rows: { t: ['id=1, x=1'] },
    });
  });
});
