import { describe, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import type { ConflictChoice, ConflictCondition, Resolutions } from '#contract/resolutions';
import { describeEachServer, embeddedServer } from '#tests/helpers/database';
import { loadBench } from '#tests/helpers/load-bench';
import { failureOf, runLoad } from '#tests/helpers/run-load';

type TableInput = MappingInput['tables'][number];
type Said = Omit<Resolutions, 'version'>;

const resolved = (said: Said): { resolutions: Resolutions; skipLoaded: false } => ({
  resolutions: { version: 1, ...said },
  skipLoaded: false,
});
const keyed = (key: Record<string, string>, use: ConflictChoice['use'], table = 't'): ConflictChoice => ({
  table,
  which: { key },
  use,
});
const where = (use: ConflictChoice['use'], ...conditions: ConflictCondition[]): ConflictChoice => ({
  table: 't',
  which: { where: conditions },
  use,
});

/** A table fed by the files of its name; columns `name type`. */
function table(name: string, key: readonly string[], columns: readonly string[], rest: Partial<TableInput> = {}) {
  return {
    name,
    include: [`*${name}.csv`],
    key: [...key],
    columns: columns.map((column) => {
      const [written = '', ...type] = column.split(' ');
      return { name: written, path: written, type: type.join(' ') };
    }),
    ...rest,
  } satisfies TableInput;
}

const mapping = (...tables: readonly TableInput[]): MappingInput => ({
  version: 1,
  name: 'm',
  source: { format: 'csv' },
  tables: [...tables],
});
const T = table('t', ['id'], ['id integer', 'a text', 'b text', 'at date']);

describeEachServer('resolutions', (server) => {
  const bench = loadBench(server);

  test('say more the more narrowly they are said: rows, columns, the table, all tables, the order, the mapping', async () => {
    await bench.sql(`create table t (id int primary key, a text, b text, at date);
      create table u (id int primary key, a text, b text);
      insert into t select n, 'old', null, null from generate_series(1, 2) n; insert into u values (1, 'old', null)`);
    bench.write({ 't.csv': 'id,a,b,at\n1,new,new,\n2,new,new,\n', 'u.csv': 'id,a,b\n1,new,new\n' });
    const both = mapping(
      { ...T, onConflict: { default: 'skip', columns: { a: 'overwrite' } } },
      table('u', ['id'], ['id integer', 'a text', 'b text'], { onConflict: 'skip' }),
    );
    const rowsAfter = async (said: Said, onConflict?: 'merge') => {
      const run = await bench.run(both, { ...resolved(said), onConflict });
      const rows = { t: await bench.rows('t'), u: await bench.rows('u') };
      await bench.undo(run);
      return rows;
    };
    const old = 'a=old';
    expect({
      mapping: await rowsAfter({}),
      order: await rowsAfter({}, 'merge'),
      all: await rowsAfter({ use: 'overwrite' }, 'merge'),
      table: await rowsAfter({ use: 'overwrite', tables: { t: { use: 'skip' } } }),
      column: await rowsAfter({ use: 'overwrite', tables: { t: { use: 'skip', columns: { b: 'merge' } } } }),
      row: await rowsAfter({
        tables: { t: { use: 'skip', columns: { b: 'merge' } } },
        choices: [keyed({ id: '2' }, 'overwrite')],
      }),
    }).toEqual({
      mapping: { t: ['id=1, a=new', 'id=2, a=new'], u: [`id=1, ${old}`] },
      order: { t: [`id=1, ${old}, b=new`, `id=2, ${old}, b=new`], u: [`id=1, ${old}, b=new`] },
      all: { t: ['id=1, a=new, b=new', 'id=2, a=new, b=new'], u: ['id=1, a=new, b=new'] },
      table: { t: [`id=1, ${old}`, `id=2, ${old}`], u: ['id=1, a=new, b=new'] },
      column: { t: [`id=1, ${old}, b=new`, `id=2, ${old}, b=new`], u: ['id=1, a=new, b=new'] },
      row: { t: [`id=1, ${old}, b=new`, 'id=2, a=new, b=new'], u: [`id=1, ${old}`] },
    });
  });

  test('take the newer row: equal and absent values leave the target’s, which takes what it has not', async () => {
    await bench.sql(`create table t (id int primary key, a text, b text, at date);
      insert into t select n, 'old', 'old', '2020-05-05' from generate_series(1, 5) n; update t set at = null where id > 3`);
    const b = { ...T.columns[2], default: "'d'" } as TableInput['columns'][number];
    const newer = { ...T, columns: T.columns.map((column) => (column.name === 'b' ? b : column)) };
    bench.write({
      't.csv': 'id,a,b,at\n1,new,,2020-05-06\n2,,new,2020-05-05\n3,new,new,\n4,,new,1900-01-01\n5,new,new,\n6,new,,\n',
    });
    const outcome = await bench.load(mapping(newer), resolved({ use: { newer: 'at' } }));
    expect(outcome).toEqual({
      counts: { t: '6 read, 1 inserted, 2 updated, 3 skipped' },
      rows: {
        t: [
          'id=1, a=new, b=old, at=2020-05-06',
          'id=2, a=old, b=old, at=2020-05-05',
          'id=3, a=old, b=old, at=2020-05-05',
          'id=4, b=new, at=1900-01-01',
          'id=5, a=old, b=old',
          'id=6, a=new, b=d',
        ],
      },
    });
  });

  test('take the newest of several rows of one key, whether the target has the key or not', async () => {
    await bench.sql(
      `create table t (id int primary key, a text, b text, at date); insert into t values (1, 'old', 'old', '2020-05-05'), (2, 'old', 'old', '2020-05-05')`,
    );
    const days = (id: number) =>
      ['2020-01-01', '2021-01-01', '', '2020-12-31', '2022-01-01', '2021-06-01'].map(
        (at, i) => `${id},a${i},b${i},${at}\n`,
      );
    bench.write({ 't.csv': `id,a,b,at\n${[1, 2, 3].flatMap(days).join('')}` });
    const all = await bench.load(mapping(T), resolved({ tables: { t: { use: { newer: 'at' } } } }));
    // The column that decides stays as it is: each newer row than that is taken, so the last one of them.
    const kept = resolved({ tables: { t: { use: { newer: 'at' }, columns: { at: 'skip', b: 'overwrite' } } } });
    await bench.sql(`update t set a = 'old', b = 'old', at = '2021-05-05'`);
    expect({ all: [all.counts, all.rows], kept: (await bench.load(mapping(T), kept)).rows }).toEqual({
      all: [
        { t: '18 read, 1 inserted, 6 updated, 11 skipped' },
        {
          t: ['id=1, a=a4, b=b4, at=2022-01-01', 'id=2, a=a4, b=b4, at=2022-01-01', 'id=3, a=a4, b=b4, at=2022-01-01'],
        },
      ],
      kept: { t: [1, 2, 3].map((id) => `id=${id}, a=a5, b=b5, at=2021-05-05`) },
    });
  });

  test('write nothing where several rows of a key lead back to what is there', async () => {
    await bench.sql(
      `create table t (id int primary key, a text, b text, at date); insert into t values (1, 'there', 'there', null), (2, 'there', 'there', null)`,
    );
    const written = () => bench.sql('select id, xmin::text from t where id = 1');
    const before = await written();
    bench.write({ 't.csv': 'id,a,b,at\n1,new,there,\n1,there,there,\n2,new,there,\n2,there,new,\n' });
    const load = await bench.load(mapping(T), resolved({ use: 'overwrite' }));
    expect({ counts: load.counts, written: await written() }).toEqual({
      counts: { t: '4 read, 2 updated, 2 skipped' },
      written: before,
    });
  });

  test('for all tables mean those that have the column, and not in their key', async () => {
    await bench.sql(`create table t (id int primary key, a text, b text, at date); create table u (id int primary key, a text);
      create table v (at date primary key, a text);
      insert into t values (1, 'old', null, '2020-01-01'); insert into u values (1, 'old'); insert into v values ('2020-01-01', 'old')`);
    bench.write({
      't.csv': 'id,a,at\n1,new,2020-01-02\n',
      'u.csv': 'id,a\n1,new\n',
      'v.csv': 'at,a\n2020-01-01,new\n',
    });
    const tables = mapping(
      { ...T, columns: T.columns.filter(({ name }) => name !== 'b') },
      table('u', ['id'], ['id integer', 'a text'], { onConflict: 'overwrite' }),
      table('v', ['at'], ['at date', 'a text']),
    );
    expect((await bench.load(tables, resolved({ use: { newer: 'at' } }))).rows).toEqual({
      t: ['id=1, a=new, at=2020-01-02'],
      u: ['id=1, a=new'],
      v: ['at=2020-01-01, a=old'],
    });
  });

  test('choose rows by their key as the server prints it, and of several choices the last', async () => {
    await bench.sql(`create table t (at timestamptz, n numeric(6,2), name char(5), a text, primary key (at, n, name));
      insert into t select '2020-01-02 03:04:05+00', n, 'x y', 'old' from generate_series(1, 4) n`);
    const rows = [1, 2, 3, 4].map((n) => `2020-01-02T03:04:05Z,${n},x y,new\n`);
    bench.write({ 't.csv': `at,n,name,a\n${rows.join('')}` });
    const [{ at = '' } = {}] = (await bench.sql('select at::text from t limit 1')) as { at: string }[];
    const key = (n: string) => ({ name: 'x y', n, at });
    const wide = table('t', ['at', 'n', 'name'], ['at timestamptz', 'n numeric(6,2)', 'name char(5)', 'a text']);
    const run = await bench.run(
      mapping(wide),
      resolved({
        choices: [
          keyed(key('1.00'), 'overwrite'),
          keyed(key('2'), 'overwrite'),
          keyed(key('3.00'), 'overwrite'),
          where('skip', { column: 'n', is: 'equals', side: 'new', text: '3.00' }),
          where('skip', { column: 'a', is: 'different' }),
          keyed(key('4.00'), 'merge'),
          keyed(key('4.00'), 'overwrite'),
          keyed(key('1.00'), 'overwrite'),
        ],
      }),
    );
    expect({
      counts: run.report.tables,
      rows: (await bench.sql('select n::text || a as row from t order by n')).map(({ row }) => row),
    }).toMatchObject({ counts: { t: { updated: 2, skipped: 2 } }, rows: ['1.00new', '2.00old', '3.00old', '4.00new'] });
  });

  test('choose rows by conditions, of which all must hold', async () => {
    await bench.sql(`create table t (id int primary key, a text, b text, at date);
      insert into t values (1, 'old', null, '2020-01-01'), (2, 'old', 'b', '2020-01-01'), (3, 'Xa Song', 'b', null), (4, 'old', 'b', '2020-01-01')`);
    bench.write({
      't.csv': 'id,a,b,at\n1,new,b,2020-01-02\n2,old,,2019-01-01\n3,XA,B,2020-01-01\n4,old,c,2020-01-01\n',
    });
    const chosenBy = async (...conditions: ConflictCondition[]) => {
      const run = await bench.run(mapping(T), { ...resolved({ choices: [where('overwrite', ...conditions)] }) });
      const changed = await bench.sql(`select id from t where xmin = (select xid::xid from loadstone.loads
        where load_id = '${run.loadId}') order by id`);
      await bench.undo(run);
      return changed.map(({ id }) => id).join(' ');
    };
    const on = (column: string, is: 'newer' | 'older' | 'same' | 'different' | 'fills' | 'empties') => ({ column, is });
    const said = (column: string, is: 'equals' | 'contains', side: 'new' | 'old', text: string) =>
      ({ column, is, side, text }) as const;
    expect({
      newer: await chosenBy(on('at', 'newer')),
      older: await chosenBy(on('at', 'older')),
      // Texts by their characters' codes: capitals come before small letters.
      newerText: await chosenBy(on('b', 'newer')),
      olderText: await chosenBy(on('b', 'older')),
      same: await chosenBy(on('a', 'same')),
      different: await chosenBy(on('a', 'different')),
      fills: await chosenBy(on('b', 'fills')),
      empties: await chosenBy(on('b', 'empties')),
      equals: await chosenBy(said('at', 'equals', 'new', '2020-01-01')),
      equalsOld: await chosenBy(said('at', 'equals', 'old', '2020-01-01')),
      contains: await chosenBy(said('a', 'contains', 'old', 'xA sOng')),
      containsAnything: await chosenBy(said('b', 'contains', 'new', '%')),
      both: await chosenBy(on('at', 'same'), on('b', 'different')),
      byKey: await chosenBy(said('id', 'equals', 'old', '4')),
    }).toEqual({
      ...{ newer: '1', older: '2', newerText: '4', olderText: '3', same: '2 4', different: '1 3' },
      ...{ fills: '1', empties: '2', equals: '3 4', equalsOld: '1 2 4' },
      ...{ contains: '3', containsAnything: '', both: '4', byKey: '4' },
    });
  });

  test('of rows go for all rows of the load with that key, in their order', async () => {
    await bench.sql(`create table t (id int primary key, a text, b text, at date);
      insert into t select n, 'old', null, '2020-01-01' from generate_series(1, 6) n`);
    const repeats = (id: number) => `${id},one,,2020-03-01\n${id},two,x,2020-02-01\n${id},two,x,2020-02-01\n`;
    bench.write({ 't.csv': `id,a,b,at\n${[1, 2, 3, 4, 5, 6, 7].map(repeats).join('')}` });
    const outcome = await bench.load(
      mapping(T),
      resolved({
        choices: [
          keyed({ id: '1' }, 'overwrite'),
          keyed({ id: '2' }, 'merge'),
          keyed({ id: '3' }, { newer: 'at' }),
          keyed({ id: '4' }, { newer: 'a' }),
          keyed({ id: '5' }, 'skip'),
          keyed({ id: '7' }, 'overwrite'),
        ],
      }),
    );
    expect(outcome).toMatchObject({
      counts: { t: '21 read, 1 inserted, 6 updated, 2 unchanged, 12 skipped' },
      rows: {
        t: [
          'id=1, a=two, b=x, at=2020-02-01',
          'id=2, a=old, b=x, at=2020-01-01',
          'id=3, a=one, at=2020-03-01',
          'id=4, a=two, b=x, at=2020-02-01',
          'id=5, a=old, at=2020-01-01',
          'id=6, a=old, at=2020-01-01',
          // The target has no such row, so it is no conflict of the target: the mapping's policy holds.
          'id=7, a=one, at=2020-03-01',
        ],
      },
    });
  });

  test('may want single rows to fail the load, which leaves everything as it was', async () => {
    await bench.sql(
      `create table t (id int primary key, a text, b text, at date); insert into t values (1, 'old', null, null), (2, 'new', null, null)`,
    );
    bench.write({ 't.csv': 'id,a\n1,new\n2,new\n' });
    const overwrite = { ...T, columns: T.columns.slice(0, 2), onConflict: 'overwrite' as const };
    const fails = (id: string) => resolved({ choices: [keyed({ id }, 'fail')] });
    const failure = await failureOf(runLoad(bench.database, bench.folder, mapping(overwrite), fails('1')));
    const rows = await bench.rows('t');
    expect({ failure, rows }).toEqual({
      failure: {
        code: 'CONFLICTS_FOUND',
        message:
          '1 rows of t have a key that exists with other values; the first is "1" in t.csv, line 2. The policy is fail: nothing was merged.',
      },
      rows: ['id=1, a=old', 'id=2, a=new'],
    });
    expect((await bench.load(mapping(overwrite), fails('2'))).counts).toEqual({ t: '2 read, 1 updated, 1 unchanged' });
  });

  test('keep values of types that Loadstone cannot judge, defaults, and references in a circle', async () => {
    await bench.sql(`create type mood as enum ('low', 'high');
      create table t (id int primary key, mood mood, price money, at date, state text default 'x', u int);
      create table u (id int primary key, t int references t, at date);
      alter table t add foreign key (u) references u;
      insert into t values (1, 'low', 5, '2020-01-01', 'old'), (2, 'low', 5, '2020-01-01', 'old');
      insert into u values (1, null, '2020-01-01')`);
    bench.write({
      't.csv': 'id,mood,price,at,state,u\n1,high,,2021-01-01,,2\n2,high,7.50,2019-01-01,new,\n2,,6,2018-01-01,,\n',
      'u.csv': 'id,t,at\n1,1,2021-01-01\n2,2,2021-01-01\n',
    });
    const references = (column: string, other: string) => ({
      references: [{ columns: [column], table: other, on: ['id'] }],
    });
    const t = table(
      't',
      ['id'],
      ['id integer', 'mood text', 'price numeric', 'at date', 'u integer'],
      references('u', 't'),
    );
    const circle = mapping(
      {
        ...t,
        columns: [...t.columns, { name: 'state', path: 'state', type: 'text', default: "'new'" }],
        ...references('u', 'u'),
      },
      table('u', ['id'], ['id integer', 't integer', 'at date'], references('t', 't')),
    );
    const outcome = await bench.load(
      circle,
      resolved({
        use: { newer: 'at' },
        choices: [keyed({ id: '2' }, 'merge')],
        tables: { t: { columns: { price: 'skip' } } },
      }),
    );
    expect(outcome.rows).toEqual({
      t: [
        'id=1, mood=high, price=$5.00, at=2021-01-01, state=old, u=2',
        'id=2, mood=low, price=$5.00, at=2020-01-01, state=old',
      ],
      u: ['id=1, t=1, at=2021-01-01', 'id=2, t=2, at=2021-01-01'],
    });
  });

  test('are kept with the load, and decide whether its files were loaded before', async () => {
    bench.write({ 't.csv': 'id,a\n1,x\n' });
    const narrow = mapping({ ...T, columns: T.columns.slice(0, 2) });
    const skipping = (said: Said) => ({ resolutions: { version: 1, ...said } as Resolutions });
    const unchanged = async (said: Said) => (await bench.run(narrow, skipping(said))).report.files.unchanged;
    const said: Said = { use: 'overwrite', choices: [keyed({ id: '1' }, 'skip')] };
    const seen = [await unchanged({}), await unchanged({ choices: [] }), await unchanged(said), await unchanged(said)];
    const kept = await bench.sql('select resolutions from loadstone.loads order by merged_at');
    expect({ seen, kept: kept.map(({ resolutions }) => resolutions) }).toEqual({
      seen: [0, 1, 0, 1],
      kept: [{ version: 1 }, { version: 1, choices: [] }, { version: 1, ...said }, { version: 1, ...said }],
    });
  });
});

describeEachServer('a load with resolutions of a table as wide as one can be', (server) => {
  const bench = loadBench(server);

  test('takes rows of keys that come once and of keys that come again', async () => {
    const names = Array.from({ length: 1_400 }, (_, i) => `c${i}`);
    await bench.sql(`create table t (id int primary key, ${names.map((name) => `${name} smallint`).join(', ')});
      insert into t (id, c0, c700, c1399) select n, 1, 1, 1 from generate_series(1, 6) n`);
    const line = (id: number, c0: number, c700: string, c1399: string) =>
      `${id},${c0}${','.repeat(700)}${c700}${','.repeat(699)}${c1399}\n`;
    bench.write({
      't.csv': [
        `id,${names.join(',')}\n`,
        ...[
          line(1, 2, '2', '2'),
          line(2, 0, '2', '2'),
          line(3, 2, '3', '3'),
          line(3, 2, '4', '4'),
          line(3, 3, '5', '5'),
        ],
        ...[line(4, 2, '', '3'), line(4, 1, '', '4'), line(5, 0, '9', '9'), line(7, 1, '7', '7'), line(7, 2, '8', '8')],
      ].join(''),
    });
    const wide = mapping(table('t', ['id'], ['id integer', ...names.map((name) => `${name} smallint`)]));
    const newer = await bench.run(
      wide,
      resolved({ use: { newer: 'c0' }, choices: [keyed({ id: '4' }, 'overwrite'), keyed({ id: '5' }, 'overwrite')] }),
    );
    const after = await bench.sql(`select concat_ws(' ', id, c0, c700, c1399) as row from t order by id`);
    await bench.undo(newer);
    const plain = await bench.run(wide, { skipLoaded: false, onConflict: 'merge' });
    expect({
      after: after.map(({ row }) => row),
      conflicts: newer.report.conflicts.insideLoad,
      plain: plain.report.tables,
    }).toMatchObject({
      after: ['1 2 2 2', '2 1 1 1', '3 3 5 5', '4 1 4', '5 0 9 9', '6 1 1 1', '7 2 8 8'],
      conflicts: 4,
      plain: { t: { inserted: 1, skipped: 9 } },
    });
  });
});

describe('resolutions that do not fit', () => {
  const bench = loadBench(embeddedServer());
  const tables = mapping(
    T,
    table('composite', ['k1', 'k2'], ['k1 text', 'k2 text', 'doc json', 'range text']),
    table('nokey', [], ['a text']),
    table('lookup', ['id'], ['id integer', 'only date'], { keep: false }),
  );

  test('are refused before anything is staged, naming what does not fit', async () => {
    bench.write({ 't.csv': 'id,a,b,at\n1,x,y,2020-01-01\n' });
    await bench.sql('create table composite (k1 text, k2 text, doc json, range int4range, primary key (k1, k2))');
    const messageOf = async (said: Said) =>
      (await failureOf(runLoad(bench.database, bench.folder, tables, resolved(said)))).message
        .replace('Resolutions, ', '')
        .replace('. Nothing was loaded.', '');
    const columns = (name: string, column: string) => ({
      tables: { [name]: { columns: { [column]: 'skip' as const } } },
    });
    const choice = (which: ConflictChoice['which'], use: ConflictChoice['use'] = 'skip', name = 't') => ({
      choices: [{ table: name, which, use }],
    });
    const newer = (column: string, name = 't') => ({ tables: { [name]: { use: { newer: column } } } });
    const is = (column: string): ConflictCondition => ({ column, is: 'newer' });
    expect({
      table: await messageOf({ tables: { x: {} } }),
      choiceTable: await messageOf(choice({ key: { id: '1' } }, 'skip', 'x')),
      keyless: await messageOf({ tables: { nokey: { use: 'skip' } } }),
      lookup: await messageOf({ tables: { lookup: { use: 'skip' } } }),
      column: await messageOf(columns('t', 'A')),
      everywhere: await messageOf({ use: { newer: 'only' } }),
      newerColumn: await messageOf(newer('x')),
      newerKey: await messageOf(newer('id')),
      newerJson: await messageOf(newer('doc', 'composite')),
      newerOther: await messageOf(newer('range', 'composite')),
      choiceNewer: await messageOf(choice({ key: { id: '1' } }, { newer: 'k1' })),
      key: await messageOf(choice({ key: { k1: '1' } }, 'skip', 'composite')),
      keyBesides: await messageOf(choice({ key: { id: '1', a: 'x' } })),
      conditionColumn: await messageOf(choice({ where: [is('a'), is('x')] })),
      conditionOrder: await messageOf(choice({ where: [is('doc')] }, 'skip', 'composite')),
      character: await messageOf(choice({ key: { id: '\0' } })),
      tooMany: await messageOf({ choices: Array.from({ length: 201 }, () => where('skip', is('a'))) }),
    }).toEqual({
      table: 'tables "x": the mapping has no table "x"',
      choiceTable: 'choices[0]: the mapping has no table "x"',
      keyless: 'tables "nokey": table "nokey" has no key, so it has no conflicts',
      lookup: 'tables "lookup": table "lookup" is for lookups only and has no conflicts',
      column: 'tables "t": table "t" has no column "A" in the mapping',
      everywhere: 'use: no table has a column "only" that could tell which row is newer',
      newerColumn: 'tables "t", use: table "t" has no column "x" in the mapping',
      newerKey: 'tables "t", use: column "id" of "t" is part of the key: both rows have the same value there',
      newerJson: 'tables "composite", use: column "doc" of "composite" has the type json, which has no order',
      newerOther:
        'tables "composite", use: column "range" of "composite" has the type int4range there, whose values Loadstone does not put in order',
      choiceNewer: 'choices[0]: table "t" has no column "k1" in the mapping',
      key: 'choices[0]: the key of "composite" is (k1, k2), and the choice names (k1)',
      keyBesides: 'choices[0]: the key of "t" is (id), and the choice names (id, a)',
      conditionColumn: 'choices[0]: table "t" has no column "x" in the mapping',
      conditionOrder: 'choices[0]: column "doc" of "composite" has the type json, which has no order',
      character: 'choices[0]: the text "\\u0000" holds a character that PostgreSQL cannot store',
      tooMany: 'choices: 201 of them have conditions; at most 200 can',
    });
    expect(await bench.sql(`select nspname from pg_namespace where nspname like 'loadstone\\_load%'`)).toEqual([]);
  });

  test('do not, as many as there may be: ten thousand rows are chosen singly', async () => {
    await bench.sql(
      `create table t (id int primary key, a text, b text, at date); insert into t select n, 'old' from generate_series(1, 20000) n`,
    );
    bench.write({ 't.csv': `id,a\n${Array.from({ length: 20_000 }, (_, i) => `${i + 1},new\n`).join('')}` });
    const choices = Array.from({ length: 10_000 }, (_, i) => keyed({ id: String(2 * i + 1) }, 'overwrite'));
    const narrow = mapping({ ...T, columns: T.columns.slice(0, 2) });
    expect((await bench.run(narrow, resolved({ choices }))).report.tables).toMatchObject({
      t: { updated: 10_000, skipped: 10_000 },
    });
  });
});
