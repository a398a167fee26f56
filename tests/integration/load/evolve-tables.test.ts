import { expect, test } from 'vitest';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import type { TablesPolicy, TablesReport } from '#contract/tables-plan';
import { createTables, DirectSession, diffTables } from '#engine/door';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { countLine } from '#tests/helpers/run-load';

const KEY = { key: ['id'] };

/** What the target has, what the mapping wants, and values that stand at the edges. */
const WIDENINGS: readonly (readonly [has: string, wants: string, values: readonly string[]])[] = [
  ['varchar(5)', 'varchar(9)', ['abcde', '', 'áéíóú']],
  ['varchar(5)', 'text', ['abcde', ' a ', '']],
  ['char(3)', 'char(9)', ['abc', 'a']],
  ['char(3)', 'varchar(5)', ['abc', 'a']],
  ['char(3)', 'text', ['abc', 'a']],
  ['smallint', 'integer', ['-32768', '32767']],
  ['smallint', 'numeric(5,0)', ['-32768', '32767']],
  ['integer', 'bigint', ['-2147483648', '2147483647']],
  ['integer', 'numeric(12,2)', ['-2147483648', '2147483647']],
  ['bigint', 'numeric(19,0)', ['-9223372036854775808', '9223372036854775807']],
  ['bigint', 'numeric', ['-9223372036854775808', '9223372036854775807']],
  ['numeric(5,2)', 'numeric(9,2)', ['-999.99', '0.01', 'NaN']],
  ['numeric(5,2)', 'numeric(7,4)', ['-999.99', '0.01', 'NaN']],
  ['numeric(5,2)', 'numeric', ['-999.99', '0.01', 'NaN']],
  ['time(0)', 'time(3)', ['23:59:59', '24:00:00']],
  ['timestamp(0)', 'timestamp', ['2026-01-31 23:59:59', 'infinity']],
  ['timestamptz(3)', 'timestamptz', ['2026-01-31 23:59:59.999+07', '-infinity']],
  ['integer[]', 'bigint[]', ['{1,NULL,2147483647}', '{}']],
  ['varchar(3)[]', 'text[]', ['{abc,NULL,""}', '{}']],
  ['numeric(5,2)[]', 'numeric(9,2)[]', ['{1.50}', '{NULL}']],
];

describeEachServer('tables that exist', (server) => {
  const bench = loadBench(server);
  const asked = (input: MappingInput, policy: TablesPolicy = 'evolve') => ({
    mapping: mappingSchema.parse(input),
    target: bench.database.target,
    signal: AbortSignal.timeout(60_000),
    policy,
  });
  const create = (input: MappingInput, more: { policy?: TablesPolicy; ddl?: string; dryRun?: boolean } = {}) =>
    createTables({ ...asked(input, more.policy), dryRun: more.dryRun ?? false, ddl: more.ddl });
  const diff = (input: MappingInput, policy?: TablesPolicy) => {
    const { target, signal, ...request } = asked(input, policy);
    const session = new DirectSession(target);
    return diffTables(session, request, { signal }).finally(() => session.close());
  };
  const refusal = async (work: Promise<TablesReport>) =>
    work.then(
      () => 'not refused',
      (error: Error) => error.message,
    );
  const columns = async (name: string) =>
    (
      await bench.sql(
        `select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end as line
         from pg_attribute where attrelid = '${name}'::regclass and attnum > 0 and not attisdropped order by attnum`,
      )
    ).map(({ line }) => line);
  const storage = () =>
    bench.sql(
      `select relname as name, relfilenode from pg_class where relname ~ '^w[0-9]+$' order by substr(relname, 2)::int`,
    );

  test('are widened with every value kept, and written anew exactly where the plan says so', async () => {
    for (const [at, [has, , values]] of WIDENINGS.entries()) {
      const rows = [...values.map((value, id) => `(${id}, '${value}')`), '(100, null)'].join(', ');
      await bench.sql(`create table w${at} (id integer primary key, x ${has}); insert into w${at} values ${rows};
        create table old${at} as table w${at}`);
    }
    const mapping = mappingOf(
      ...WIDENINGS.map(([, wants], at) => {
        const many = wants.endsWith('[]') ? { type: wants, path: 'x', many: 'json' as const } : wants;
        return table(`w${at}`, { id: 'integer', x: many }, KEY);
      }),
    );
    const before = await storage();
    const { changes } = await create(mapping);
    const after = await storage();
    const rewritten = before.flatMap(({ name, relfilenode }, at) =>
      after[at]?.relfilenode === relfilenode ? [] : [name],
    );
    const lost = [];
    for (const [at, [has, wants]] of WIDENINGS.entries()) {
      lost.push(
        ...(await bench.sql(`select '${has} to ${wants}: ' || coalesce(o.x::text, 'null') as lost
          from w${at} n full join old${at} o using (id) where n.x::${has} is distinct from o.x or n.x is distinct from o.x::${wants}`)),
      );
    }
    expect({
      lost,
      rewritten,
      changed: changes.map(({ table: name }) => name),
      equal: (await diff(mapping)).state,
    }).toEqual({
      lost: [],
      rewritten: changes.filter(({ reason }) => reason.includes('anew')).map(({ table: name }) => name),
      changed: WIDENINGS.map((_, at) => `w${at}`),
      equal: 'equal',
    });
  });

  test('get columns, a key, references, indexes and comments, and a load then fills them', async () => {
    await bench.sql(`create table book (id integer, title varchar(3)); insert into book values (1, 'abc')`);
    const mapping = mappingOf(
      table(
        'book',
        {
          id: 'integer',
          title: 'text',
          kind: 'text',
          seen: { type: 'date', default: "'2026-01-31'", nullable: false },
        },
        {
          ...KEY,
          references: [{ columns: ['kind'], table: 'kind', on: ['id'] }],
        },
      ),
      table('kind', { id: 'text' }, KEY),
    );
    const planned = await diff(mapping);
    const made = await create(mapping);
    bench.write({
      'a.xml': document(element('book', { id: 2, title: 'longer', kind: 'k' }), element('kind', { id: 'k' })),
    });
    const { report } = await bench.run(mapping);
    expect({
      planned: planned.ddl,
      kinds: made.changes.map(({ table: name, kind }) => `${name} ${kind}`),
      columns: await columns('book'),
      rows: await bench.rows('book'),
      counts: countLine(report.tables.book ?? (undefined as never)),
      comment: await bench.sql(
        `select col_description('book'::regclass, 3) as kind, col_description('book'::regclass, 1) as id`,
      ),
      again: (await create(mapping)).state,
    }).toEqual({
      planned: made.ddl,
      kinds: [
        'kind create-table',
        'kind comment',
        'book widen-type',
        'book add-column',
        'book add-column',
        'book add-key',
        'book add-reference',
        'book add-index',
      ],
      columns: ['id integer not null', 'title text', 'kind text', 'seen date not null'],
      rows: ['id=1, title=abc, seen=2026-01-31', 'id=2, title=longer, kind=k, seen=2026-01-31'],
      counts: '1 read, 1 inserted',
      comment: [{ kind: 'from kind', id: null }],
      again: 'equal',
    });
  });

  test('stay as they are when something is refused, and every reason is said', async () => {
    await bench.sql(`create table book (id integer, title varchar(3), born date, author integer);
      insert into book values (1, 'abc', '2026-01-31', 7), (1, 'abc', '2026-01-31', null);
      create table author (id integer primary key)`);
    const mapping = mappingOf(
      table(
        'book',
        { id: 'integer', title: 'text', born: 'timestamp', author: 'integer' },
        {
          ...KEY,
          references: [{ columns: ['author'], table: 'author', on: ['id'] }],
        },
      ),
      table('author', { id: 'integer' }, KEY),
    );
    expect({
      message: await refusal(create(mapping)),
      state: (await diff(mapping)).state,
      columns: await columns('book'),
    }).toEqual({
      message:
        'The tables cannot be made to fit the mapping without loss: ' +
        'book (born) has type date, the mapping wants timestamp: a date has no time of day: midnight would be made up; ' +
        'book (id) is no key: values of it that several rows have: 1; ' +
        'book (author) does not refer to public.author (id): rows that are there and refer to nothing: 1. ' +
        'Nothing was changed.',
      state: 'refused',
      columns: ['id integer', 'title character varying(3)', 'born date', 'author integer'],
    });
  });

  test('are not widened where a view, a domain or something else holds the type', async () => {
    await bench.sql(`create domain short as varchar(3);
      create table whole (i varchar(3));
      create table t (id integer primary key, v varchar(3), d short, g varchar(3), gg text generated always as (g || 'x') stored,
        tr varchar(3), po varchar(3), free varchar(3)) inherits (whole);
      create view seen as select v from t;
      create function f() returns trigger language plpgsql as 'begin return new; end';
      create trigger tr after update of tr on t for each row execute function f();
      create policy p on t using (po <> '');
      create table parts (id integer, k varchar(3), primary key (id, k)) partition by list (k)`);
    const mapping = mappingOf(
      table(
        't',
        { id: 'integer', i: 'text', v: 'text', d: 'text', g: 'text', tr: 'text', po: 'text', free: 'text' },
        KEY,
      ),
      table('parts', { id: 'integer', k: 'text' }, { key: ['id', 'k'] }),
    );
    const { changes } = await diff(mapping);
    expect(changes.map(({ columns: [name], safety, reason }) => `${name} ${safety}: ${reason}`)).toEqual([
      'i impossible: its type cannot be altered: it is inherited from another table',
      'v impossible: its type cannot be altered: the view seen reads it',
      'd impossible: its type cannot be altered: its type is the domain short',
      'g impossible: its type cannot be altered: the generated column gg is computed from it',
      'tr impossible: its type cannot be altered: a policy, trigger or function uses it',
      'po impossible: its type cannot be altered: a policy, trigger or function uses it',
      'free safe: every value is kept',
      'k impossible: its type cannot be altered: the table is partitioned by it',
    ]);
  });

  test('keep their collation, and parents change before what refers to them', async () => {
    await bench.sql(`create table author (id varchar(3) collate "C" primary key);
      create table book (id smallint primary key, author varchar(3) collate "C" references author)`);
    const mapping = mappingOf(
      table(
        'book',
        { id: 'integer', author: 'text' },
        { ...KEY, references: [{ columns: ['author'], table: 'author', on: ['id'] }] },
      ),
      table('author', { id: 'text' }, KEY),
    );
    await create(mapping);
    expect({
      columns: [...(await columns('author')), ...(await columns('book'))],
      collations: await bench.sql(
        `select distinct collation_name from information_schema.columns where table_name in ('author', 'book') and data_type = 'text'`,
      ),
    }).toEqual({
      columns: ['id text not null', 'id integer not null', 'author text'],
      collations: [{ collation_name: 'C' }],
    });
  });

  test('a dry run and a comparison change nothing', async () => {
    await bench.sql('create table t (id integer primary key, x smallint)');
    const mapping = mappingOf(table('t', { id: 'integer', x: 'bigint' }, KEY));
    const shown = await create(mapping, { dryRun: true });
    expect({ ddl: shown.ddl, columns: await columns('t') }).toEqual({
      ddl: ['alter table "public"."t"\n  alter column "x" type bigint'],
      columns: ['id integer not null', 'x smallint'],
    });
  });

  test('are all refused when frozen', async () => {
    await bench.sql('create table t (id integer primary key)');
    const mapping = mappingOf(table('t', { id: 'integer', x: 'bigint' }, KEY), table('u', { id: 'integer' }, KEY));
    expect(await refusal(create(mapping, { policy: 'freeze' }))).toBe(
      'The tables are frozen, and do not fit the mapping: t (x) is missing, type bigint; u is missing. Nothing was changed.',
    );
  });

  test('that lack columns can have the mapping narrowed instead', async () => {
    await bench.sql('create table t (id integer primary key, x varchar(3))');
    const mapping = mappingOf(
      table(
        't',
        { id: 'integer', x: 'text', u: 'integer' },
        { ...KEY, references: [{ columns: ['u'], table: 'u', on: ['id'] }] },
      ),
      table('u', { id: 'integer' }, KEY),
    );
    const { mapping: narrower, created, changes } = await create(mapping, { policy: 'discard-column' });
    bench.write({ 'a.xml': document(element('t', { id: 1, x: 'abc', u: 5 }), element('u', { id: 6 })) });
    await bench.run(narrower ?? mapping);
    expect({
      created,
      left: changes.filter(({ outcome }) => outcome === 'left').map(({ columns: [name], kind }) => `${name} ${kind}`),
      rows: [...(await bench.rows('t')), ...(await bench.rows('u'))],
    }).toEqual({
      created: ['u'],
      left: ['u add-column', 'x widen-type'],
      rows: ['id=1, x=abc', 'id=6'],
    });
  });
});

describeEachServer('edited DDL', (server) => {
  const bench = loadBench(server);
  const mapping = mappingOf(table('t', { id: 'integer', x: 'varchar(20)' }, KEY));
  const run = (ddl: string) =>
    createTables({
      mapping: mappingSchema.parse(mapping),
      target: bench.database.target,
      signal: AbortSignal.timeout(60_000),
      dryRun: false,
      ddl,
    });
  const outcome = async (ddl: string) => {
    const message = await run(ddl).then(
      () => 'done',
      (error: Error) => error.message,
    );
    const tables = await bench.sql(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    return { message, tables: tables.map(({ name }) => name) };
  };

  test('runs as it stands when the tables fit the mapping afterwards', async () => {
    const ddl = `-- ours
      set search_path to pg_catalog;
      create table public.t (id bigint, x text, ours date default 'now;');
      alter table public.t add primary key (id);`;
    expect(await outcome(ddl)).toEqual({ message: 'done', tables: ['t'] });
  });

  test.each([
    [
      'create table t (id integer primary key, x varchar(9))',
      'After the DDL the tables would not fit the mapping: t (x) has type character varying(9), the mapping wants varchar(20). Nothing was changed.',
    ],
    [
      'create table t (id integer, x text)',
      'After the DDL the tables would not fit the mapping: t (id) is no key. Nothing was changed.',
    ],
    ['', 'After the DDL the tables would not fit the mapping: t is missing. Nothing was changed.'],
    [
      'create table t (id integer primary key, x text, must date not null)',
      'After the DDL the tables would not fit the mapping: t (must): it may not be null, has no default, and the mapping does not fill it: map it, or give it a default. Nothing was changed.',
    ],
    [
      'create table t (id integer primary key, x text);\ncommit',
      'Line 2 of the DDL is COMMIT: all of it runs in one transaction, which Loadstone begins and ends. Nothing was changed.',
    ],
    [
      'create table t (id integer primary key, x text);\n\ncreate tabel u ()',
      'Could not run line 3 of the DDL: syntax error at or near "tabel" (SQLSTATE 42601).',
    ],
  ])('leaves nothing behind when it does not: %j', async (ddl, message) => {
    expect(await outcome(ddl)).toEqual({ message, tables: [] });
  });
});

describeEachServer('what is in the way of a table is said with its remedy:', (server) => {
  const bench = loadBench(server);
  const asked = (input: MappingInput) => ({
    mapping: mappingSchema.parse(input),
    policy: 'evolve' as const,
    signal: AbortSignal.timeout(60_000),
  });
  const reasons = async (input: MappingInput) => {
    const { signal, ...request } = asked(input);
    const session = new DirectSession(bench.database.target);
    const { changes } = await diffTables(session, request, { signal }).finally(() => session.close());
    return changes.map(({ table: of, columns, reason }) => `${[of, ...columns].join('.')}: ${reason}`);
  };
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'it did not fail',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );

  test('its name, taken by a view, a sequence, an index, a type or a domain', async () => {
    await bench.sql(`create view a as select 1 as id; create sequence b; create table other (id integer); create index c on other (id);
      create type d as enum ('x'); create domain e as integer; create materialized view f as select 1 as id; create type g as (id integer)`);
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const mapping = mappingOf(...names.map((name) => table(name, { id: 'integer' }, KEY)));
    const rest = 'has that name: choose another name or schema in the mapping, or rename what is there';
    const kinds = ['a view', 'a sequence', 'an index', 'a type', 'a domain', 'a materialized view', 'a type'];
    expect(await reasons(mapping)).toEqual(names.map((name, at) => `${name}: ${kinds[at]} ${rest}`));
    bench.write({ 'a.xml': document(element('a', { id: 1 })) });
    const target = bench.database.target;
    expect([
      await failure(createTables({ ...asked(mapping), target, dryRun: false })),
      await failure(bench.run(mapping)),
    ]).toEqual([
      expect.stringContaining(
        'TARGET_MISMATCH: The tables cannot be made to fit the mapping without loss: a (public.a) cannot be created: a view has that name',
      ),
      'TARGET_MISMATCH: Table public.a cannot be created: a view has that name. Nothing was loaded.',
    ]);
  });

  test('rights that only the owner has', async () => {
    const role = `guest_${bench.database.target.database}`;
    await bench.sql(
      `create table t (id integer primary key); create role ${role} login password 'guest'; grant select on t to ${role}`,
    );
    const target = { ...bench.database.target, user: role, password: 'guest' };
    const mapping = mappingOf(table('t', { id: 'integer', x: 'text' }, KEY));
    const said = await failure(createTables({ ...asked(mapping), target, dryRun: false }));
    await bench.sql(`drop owned by ${role}; drop role ${role}`);
    expect(said).toBe(
      'PERMISSION_DENIED: The tables could not be compared or changed: permission denied for table t. Nothing was changed.',
    );
  });

  test('capital letters, an identity as key, a key that is null here and double there, a rule', async () => {
    await bench.sql(`create table spelled ("ID" integer primary key);
      create table numbered (id integer generated always as identity primary key);
      create table doubled (id integer); insert into doubled values (1), (1), (null), (null);
      create table ruled (id integer primary key, v varchar(3)); create rule r as on update to ruled where new.v = 'x' do instead nothing`);
    const names = ['spelled', 'numbered', 'doubled'];
    const mapping = mappingOf(
      ...names.map((name) => table(name, { id: 'integer' }, KEY)),
      table('ruled', { id: 'integer', v: 'text' }, KEY),
    );
    const hint = 'if that is meant, write it so and set "quoteNames": true in the mapping';
    expect(await reasons(mapping)).toEqual([
      `spelled.id: the table has no rows yet; the table has ID: ${hint}`,
      `spelled.ID: it may not be null, has no default, and the mapping does not fill it: the mapping has id: ${hint}`,
      'spelled.id: a load tells rows apart by it, and the rows that are there allow it',
      'numbered.id: the database generates its values: use another key, or have it generated by default only',
      'doubled.id: rows in which it is null: 2, values of it that several rows have: 1',
      'ruled.v: its type cannot be altered: the rule r uses it',
    ]);
  });
});
