import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { createDatabase, describeEachServer, type TestDatabase } from '#tests/helpers/database';
import { countLine, failureOf, type LoadChanges, runLoad, undoRun, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

type TableInput = MappingInput['tables'][number];

/** Columns `name type`, read from attributes of the same name; records are elements of the table's name. */
function table(name: string, columns: readonly string[], rest: Partial<TableInput> = {}): TableInput {
  return {
    name,
    records: name,
    key: ['id'],
    columns: columns.map((column) => {
      const [column_name = '', ...type] = column.split(' ');
      return { name: column_name, path: `@${column_name}`, type: type.join(' ') };
    }),
    ...rest,
  };
}

describeEachServer('a target that Loadstone did not make', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase(server);
  });
  afterEach(() => database.drop());

  async function load(
    tables: readonly TableInput[],
    xml: string,
    changes: LoadChanges & { quoteNames?: boolean } = {},
  ) {
    using folder = temporaryFolder();
    writeFiles(folder.path, { 'a.xml': `<data>${xml}</data>` });
    const { quoteNames = false, ...rest } = changes;
    const mapping: MappingInput = { version: 1, name: 'm', source: { format: 'xml' }, quoteNames, tables: [...tables] };
    const run = await runLoad(database, folder.path, mapping, { skipLoaded: false, ...rest });
    const counts = Object.fromEntries(Object.entries(run.report.tables).map(([name, c]) => [name, countLine(c)]));
    return { run, counts, byReason: run.report.rejects.byReason };
  }

  const rowsOf = async (sql: string) => (await database.query<{ row: string }>(`select (${sql})::text as row`))[0]?.row;

  test('may hold references to a partitioned table: every partition counts', async () => {
    await database.query(`
      create table part (id int primary key) partition by range (id);
      create table part_1 partition of part for values from (0) to (10);
      create table part_2 partition of part for values from (10) to (20);
      create table child (id int primary key, p int references part);
      insert into part values (1), (11)`);
    const { counts } = await load(
      [table('child', ['id integer', 'p integer'])],
      '<child id="1" p="1"/><child id="2" p="11"/>',
    );
    expect(counts).toEqual({ child: '2 read, 2 inserted' });
  });

  test('may be partitioned: rows are inserted, updated, and taken back', async () => {
    await database.query(`
      create table part (id int primary key, v text) partition by range (id);
      create table part_1 partition of part for values from (0) to (10);
      create table part_2 partition of part for values from (10) to (20);
      insert into part values (1, 'old')`);
    const mapped = table('part', ['id integer', 'v text'], { onConflict: 'overwrite' });
    const { run, counts } = await load(
      [mapped],
      '<part id="1" v="new"/><part id="11" v="x"/><part id="30" v="nowhere"/>',
    );
    expect(counts).toEqual({ part: '3 read, 1 inserted, 1 updated, 1 rejected' });
    expect(await undoRun(database, run)).toEqual({ part: { removed: 1, restored: 1, conflicts: 0 } });
    expect(await database.query('select * from part')).toEqual([{ id: 1, v: 'old' }]);
  });

  test('may have a partition whose trigger drops rows: they are rejected', async () => {
    await database.query(`
      create table part (id int primary key) partition by range (id);
      create table part_1 partition of part for values from (0) to (10);
      create function drop_two() returns trigger language plpgsql as 'begin return case when new.id <> 2 then new end; end';
      create trigger t before insert on part_1 for each row execute function drop_two()`);
    const { counts, byReason } = await load(
      [table('part', ['id integer'])],
      '<part id="1"/><part id="2"/><part id="3"/>',
    );
    expect({ counts, byReason }).toEqual({
      counts: { part: '3 read, 2 inserted, 1 rejected' },
      byReason: { CONSTRAINT: 1 },
    });
  });

  test('may hold upper and lower case to be equal: a changed value is still a change', async () => {
    await database.query(`
      create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create table item (id int primary key, v text collate ci);
      insert into item values (1, 'Abc')`);
    const mapped = table('item', ['id integer', 'v text'], { onConflict: 'overwrite' });
    expect((await load([mapped], '<item id="1" v="abc"/>')).counts).toEqual({ item: '1 read, 1 updated' });
    expect(await database.query('select v from item')).toEqual([{ v: 'abc' }]);
  });

  test('may refer to itself by a reference that cannot wait: a row may come to refer to a new one', async () => {
    await database.query(`
      create table item (id int primary key, boss int references item);
      insert into item values (1, null)`);
    const mapped = table('item', ['id integer', 'boss integer'], { onConflict: 'overwrite' });
    const { counts, run } = await load(
      [mapped],
      '<item id="1" boss="2"/><item id="2" boss="3"/><item id="3" boss="2"/>',
    );
    expect(counts).toEqual({ item: '3 read, 2 inserted, 1 updated' });
    expect(await undoRun(database, run)).toEqual({ item: { removed: 2, restored: 1, conflicts: 0 } });
    expect(await database.query('select * from item')).toEqual([{ id: 1, boss: null }]);
  });

  test('gets former unique values back though new rows hold them meanwhile', async () => {
    await database.query(`
      create table item (id int primary key, place int unique);
      insert into item values (1, 10)`);
    const mapped = table('item', ['id integer', 'place integer'], { onConflict: 'overwrite' });
    const { run } = await load([mapped], '<item id="1" place="11"/><item id="2" place="10"/>');
    expect(await undoRun(database, run)).toEqual({ item: { removed: 1, restored: 1, conflicts: 0 } });
    expect(await database.query('select * from item')).toEqual([{ id: 1, place: 10 }]);
  });

  test('keeps a row whose former value refers to a row that is gone', async () => {
    await database.query(`
      create table owner (id int primary key);
      create table item (id int primary key, owner int references owner);
      insert into owner values (1), (2);
      insert into item values (1, 1)`);
    const mapped = table('item', ['id integer', 'owner integer'], { onConflict: 'overwrite' });
    const { run } = await load([mapped], '<item id="1" owner="2"/>');
    await database.query('delete from owner where id = 1');
    expect(await undoRun(database, run)).toEqual({ item: { removed: 0, restored: 0, conflicts: 1 } });
  });

  test('may have a trigger with an SQLSTATE of its own, and values too long for its index', async () => {
    await database.query(`
      create table item (id text primary key, v text);
      create index on item (v);
      create function object() returns trigger language plpgsql as $$
        begin if new.id = '2' then raise 'no' using errcode = 'MY001'; end if; return null; end $$;
      create trigger t after insert on item for each row execute function object()`);
    // Not compressible, so that an index cannot hold it.
    const long = randomBytes(9_000).toString('base64');
    const { counts, byReason } = await load(
      [table('item', ['id text', 'v text'])],
      `<item id="1" v="a"/><item id="2" v="b"/><item id="3" v="${long}"/><item id="4"/>`,
    );
    expect({ counts, byReason }).toEqual({
      counts: { item: '4 read, 2 inserted, 2 rejected' },
      byReason: { CONSTRAINT: 2 },
    });
  });

  test('that the load creates rejects a key too long for its index', async () => {
    const long = randomBytes(9_000).toString('base64');
    const { counts, byReason } = await load([table('item', ['id text'])], `<item id="1"/><item id="${long}"/>`);
    expect({ counts, byReason }).toEqual({
      counts: { item: '2 read, 1 inserted, 1 rejected' },
      byReason: { CONSTRAINT: 1 },
    });
  });

  test('may have names with any characters', async () => {
    const [people, things] = ['We"ird ta\'ble; --', 'Bảng $1 (m²)'];
    const column = (name: string, path: string, type = 'text') => ({ name, path, type });
    const tables: TableInput[] = [
      {
        name: people,
        records: 'p',
        key: ['i"d', 'select'],
        columns: [column('i"d', '@a'), column('select', '@b'), { ...column('Diện tích', '@c'), default: `'it''s'` }],
        onConflict: { default: 'skip', columns: { 'Diện tích': 'overwrite' } },
      },
      {
        name: things,
        records: 't',
        key: ["k'"],
        columns: [column("k'", '@k', 'integer'), column('x\\y', '@a'), column('%I', '@b')],
        references: [{ columns: ['x\\y', '%I'], table: people, on: ['i"d', 'select'], onMissing: 'null' }],
      },
    ];
    const options = { quoteNames: true, schema: 'Sché"ma' };
    const first = await load(tables, '<p a="1" b="2"/><t k="1" a="1" b="2"/><t k="2" a="1" b="3"/>', options);
    expect(first.counts).toEqual({ [people]: '1 read, 1 inserted', [things]: '2 read, 2 inserted' });
    const again = await load(tables, '<p a="1" b="2" c="new"/><p a="1" b="2" c="newer"/><t k="1"/>', options);
    expect(again.counts).toEqual({ [people]: '2 read, 2 updated', [things]: '1 read, 1 skipped' });
    await undoRun(database, again.run);
    expect(await rowsOf(`select json_agg(t) from "Sché""ma"."We""ird ta'ble; --" t`)).toBe(
      `[{"i\\"d":"1","select":"2","Diện tích":"it's"}]`,
    );
  });

  test('may have enums, domains, generated and identity columns of its own', async () => {
    await database.query(`
      create type mood as enum ('good', 'bad');
      create domain small as int check (value < 10);
      create table item (n int generated always as identity, id int primary key, m mood, s small, twice int generated always as (id * 2) stored);
      insert into item (id, m, s) values (1, 'good', 1)`);
    const mapped = table('item', ['id integer', 'm text', 's integer'], { onConflict: 'overwrite' });
    const xml =
      '<item id="1" m="good" s="1"/><item id="2" m="bad" s="2"/><item id="3" m="ugly" s="3"/><item id="4" s="40"/>';
    const { counts, byReason, run } = await load([mapped], xml);
    expect({ counts, byReason }).toEqual({
      counts: { item: '4 read, 1 inserted, 1 unchanged, 2 rejected' },
      byReason: { CONSTRAINT: 2 },
    });
    expect(await undoRun(database, run)).toEqual({ item: { removed: 1, restored: 0, conflicts: 0 } });
  });

  test('that two mapped tables name, once with its schema and once without, is refused', async () => {
    const tables = [table('item', ['id integer']), table('public.item', ['id integer'], { records: 'other' })];
    expect(await failureOf(load(tables, '<item id="1"/><other id="1"/>'))).toEqual({
      code: 'TARGET_MISMATCH',
      message: '"item" and "public.item" are the same table, public.item. Nothing was loaded.',
    });
  });

  test('with a default for a reference gets NULL where the referenced row is missing, as the mapping says', async () => {
    await database.query('create table owner (id int primary key); insert into owner values (1)');
    const item = table('item', ['id integer', 'owner integer'], {
      references: [{ columns: ['owner'], table: 'owner', on: ['id'], onMissing: 'null' }],
    });
    const columns = item.columns.map((column) => (column.name === 'owner' ? { ...column, default: '1' } : column));
    const { counts } = await load(
      [{ ...item, columns }],
      '<item id="1" owner="9"/><item id="2"/><item id="3" owner="1"/>',
    );
    expect(counts).toEqual({ item: '3 read, 3 inserted' });
    expect(await database.query('select * from item order by id')).toEqual([
      { id: 1, owner: null },
      { id: 2, owner: 1 },
      { id: 3, owner: 1 },
    ]);
  });

  test('may hold a cycle that cannot wait: the policy of a reference holds also when it is set afterwards', async () => {
    await database.query(`
      create table a (id int primary key, v text, b int);
      create table b (id int primary key, a int references a);
      alter table a add foreign key (b) references b;
      insert into b values (1, null), (2, null);
      insert into a values (1, 'old', 1)`);
    const reference = (column: string, on: string): Partial<TableInput> => ({
      references: [{ columns: [column], table: on, on: ['id'] }],
    });
    const tables = [
      table('a', ['id integer', 'v text', 'b integer'], {
        ...reference('b', 'b'),
        onConflict: { default: 'overwrite', columns: { b: 'skip' } },
      }),
      table('b', ['id integer', 'a integer'], reference('a', 'a')),
    ];
    const { counts } = await load(tables, '<a id="1" v="new" b="2"/><a id="2" b="3"/><b id="3" a="2"/>');
    expect(counts).toEqual({ a: '2 read, 1 inserted, 1 updated', b: '1 read, 1 inserted' });
    expect(await database.query('select * from a order by id')).toEqual([
      { id: 1, v: 'new', b: 1 },
      { id: 2, v: null, b: 3 },
    ]);
  });

  test('may refuse a row that another row of its table refers to: onMissing decides about that one', async () => {
    await database.query('create table item (id int primary key check (id <> 1), boss int references item)');
    const mapped = table('item', ['id integer', 'boss integer'], {
      references: [{ columns: ['boss'], table: 'item', on: ['id'], onMissing: 'null' }],
    });
    const { counts, run } = await load([mapped], '<item id="1"/><item id="2" boss="1"/><item id="3" boss="2"/>');
    expect(counts).toEqual({ item: '3 read, 2 inserted, 1 rejected' });
    expect(run.report.warnings).toEqual([{ code: 'REFERENCE_NULLED', count: 1 }]);
    expect(await database.query('select * from item order by id')).toEqual([
      { id: 2, boss: null },
      { id: 3, boss: 2 },
    ]);
  });

  test('that is a view is refused before anything is staged', async () => {
    await database.query('create table base (id int primary key); create view item as select * from base');
    expect((await failureOf(load([table('item', ['id integer'])], '<item id="1"/>'))).code).toBe('TARGET_MISMATCH');
  });

  test('may have a thousand columns', async () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `c${i}`);
    const mapped = table('wide', ['id integer', ...names.map((name) => `${name} smallint`)], {
      onConflict: 'overwrite',
    });
    const row = (id: number, value: number) =>
      `<wide id="${id}" ${names.map((name) => `${name}="${value}"`).join(' ')}/>`;
    expect((await load([mapped], row(1, 1) + row(2, 1))).counts).toEqual({ wide: '2 read, 2 inserted' });
    expect((await load([mapped], row(1, 2) + row(2, 1))).counts).toEqual({ wide: '2 read, 1 updated, 1 unchanged' });
  });
});
