import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RowRequest } from '#contract/api/catalog';
import { browseRows, browseTable, browseTables, DirectSession } from '#engine/door';
import { closeClient, openClient } from '#engine/postgres/client';
import { createDatabase, describeEachServer, type TestDatabase } from '#tests/helpers/database';

const TABLES = `
  create schema land; comment on schema land is 'x';
  create schema loadstone; create table loadstone.loads (a int);
  create schema loadstone_load_0123456789abcdef0123456789abcdef;
  create table loadstone_load_0123456789abcdef0123456789abcdef.t0 (a int);
  create table land.owner (id int primary key, name text not null);
  create table land."Parcel ""A""" (
    sheet int, number int, owner int references land.owner on delete set null,
    area numeric(10,2) default 1.5, half numeric generated always as (area / 2) stored, tag json,
    "row" text, primary key (number, sheet));
  comment on table land."Parcel ""A""" is 'Thửa đất';
  comment on column land."Parcel ""A""".area is 'm²';
  create index by_owner on land."Parcel ""A""" (owner);
  create view land.big as select * from land."Parcel ""A""" where area > 10;
  create table land.parts (id int, year int) partition by range (year);
  create table land.parts_1 partition of land.parts for values from (2000) to (2010);
  create table land.parts_2 partition of land.parts for values from (2010) to (2020);
  insert into land.owner select i, 'Chủ ' || i from generate_series(1, 5) i;
  insert into land."Parcel ""A""" (sheet, number, owner, area, tag, "row")
    select 1, i, i % 5 + 1, i * 4, '{"i": 1}', 'r' || (10 - i) from generate_series(1, 9) i;
  insert into land.parts select i, 2000 + i from generate_series(0, 9) i;
  analyze;`;

const PARCEL = { schema: 'land', table: 'Parcel "A"' };

describeEachServer('the tables of a server', (server) => {
  let database: TestDatabase;
  let session: DirectSession;
  const options = () => ({ signal: AbortSignal.timeout(60_000) });

  beforeEach(async () => {
    database = await createDatabase(server);
    session = new DirectSession(database.target);
  });
  afterEach(async () => {
    await session.close();
    await database.expectNoConnections();
    await database.drop();
  });
  const rows = (request: Partial<RowRequest> = {}) =>
    browseRows(session, { ...PARCEL, offset: 0, limit: 100, ...request }, options());

  test('are listed by schema with size and comment, without those of the server and of Loadstone', async () => {
    await database.query(TABLES);
    const listing = await browseTables(session, options());
    expect(listing).toEqual({
      database: database.target.database,
      user: database.target.user,
      serverVersion: expect.stringMatching(new RegExp(`^${server.version}\\.`)),
      schemas: [
        {
          name: 'land',
          tables: [
            { name: 'Parcel "A"', kind: 'table', estimatedRows: 9, bytes: expect.any(Number), comment: 'Thửa đất' },
            { name: 'big', kind: 'view', estimatedRows: null, bytes: 0, comment: null },
            { name: 'owner', kind: 'table', estimatedRows: 5, bytes: expect.any(Number), comment: null },
            { name: 'parts', kind: 'table', estimatedRows: 10, bytes: expect.any(Number), comment: null },
          ],
        },
        { name: 'public', tables: [] },
      ],
    });
    const sizes = listing.schemas[0]?.tables.map(({ bytes }) => bytes > 8_000);
    expect(sizes).toEqual([true, false, true, true]);
  });

  test('are listed over a connection that was lost since the last question', async () => {
    await browseTables(session, options());
    await database.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    expect((await browseTables(session, options())).schemas).toEqual([{ name: 'public', tables: [] }]);
  });

  test('are listed while somebody holds one exclusively', async () => {
    await database.query(TABLES);
    const other = await openClient(database.target, { applicationName: 'holder' });
    await other.query('begin; lock table land.owner in access exclusive mode');
    const { schemas } = await browseTables(session, options());
    await closeClient(other);
    expect(schemas[0]?.tables.map(({ name }) => name)).toEqual(['Parcel "A"', 'big', 'owner', 'parts']);
  });

  test('have no estimate before the server made one', async () => {
    await database.query('create table fresh (a int)');
    const { schemas } = await browseTables(session, options());
    expect(schemas).toEqual([
      { name: 'public', tables: [{ name: 'fresh', kind: 'table', estimatedRows: null, bytes: 0, comment: null }] },
    ]);
  });

  test('are described with key order, references both ways, indexes and comments', async () => {
    await database.query(TABLES);
    const column = (name: string, type: string, rest = {}) => ({
      name,
      type,
      nullable: true,
      default: null,
      comment: null,
      ...rest,
    });
    const link = {
      constraint: 'Parcel "A"_owner_fkey',
      onDelete: 'set null',
    };
    expect(await browseTable(session, PARCEL, options())).toEqual({
      columns: [
        column('sheet', 'integer', { nullable: false }),
        column('number', 'integer', { nullable: false }),
        column('owner', 'integer'),
        column('area', 'numeric(10,2)', { default: '1.5', comment: 'm²' }),
        column('half', 'numeric', { default: 'generated always as ((area / (2)::numeric))' }),
        column('tag', 'json'),
        column('row', 'text'),
      ],
      key: ['number', 'sheet'],
      references: [{ ...link, columns: ['owner'], other: { schema: 'land', table: 'owner' }, otherColumns: ['id'] }],
      referencedBy: [],
      indexes: [
        {
          name: 'Parcel "A"_pkey',
          definition: 'CREATE UNIQUE INDEX "Parcel ""A""_pkey" ON land."Parcel ""A""" USING btree (number, sheet)',
        },
        { name: 'by_owner', definition: 'CREATE INDEX by_owner ON land."Parcel ""A""" USING btree (owner)' },
      ],
      comment: 'Thửa đất',
    });
    const owner = await browseTable(session, { schema: 'land', table: 'owner' }, options());
    expect({ key: owner.key, references: owner.references, referencedBy: owner.referencedBy }).toEqual({
      key: ['id'],
      references: [],
      referencedBy: [{ ...link, columns: ['id'], other: PARCEL, otherColumns: ['owner'] }],
    });
  });

  test('that are gone are named', async () => {
    const gone = { schema: 'land', table: 'gone' };
    const missing = { code: 'DATABASE_ERROR', message: expect.stringContaining('land.gone'), retryable: false };
    await expect(browseTable(session, gone, options())).rejects.toMatchObject(missing);
    await expect(rows(gone)).rejects.toMatchObject(missing);
  });

  describe('are read', () => {
    test('page by page in order of the key', async () => {
      await database.query(TABLES);
      const first = await rows({ limit: 2 });
      const last = await rows({ offset: 8, limit: 2 });
      expect({ ...first, last }).toEqual({
        columns: ['sheet', 'number', 'owner', 'area', 'half', 'tag', 'row'],
        rows: [
          ['1', '1', '2', '4.00', '2.0000000000000000', '{"i": 1}', 'r9'],
          ['1', '2', '3', '8.00', '4.0000000000000000', '{"i": 1}', 'r8'],
        ],
        total: 9,
        exact: true,
        last: expect.objectContaining({
          rows: [['1', '9', '5', '36.00', '18.0000000000000000', '{"i": 1}', 'r1']],
          total: 9,
          exact: true,
        }),
      });
    });

    test('in the order of any column, also of a type that has none', async () => {
      await database.query(TABLES);
      const sorted = async (column: string, descending: boolean) =>
        (await rows({ orderBy: { column, descending }, limit: 3 })).rows.map((row) => row[1]);
      expect({
        row: await sorted('row', false),
        owner: await sorted('owner', true),
        json: await sorted('tag', true),
      }).toEqual({ row: ['9', '8', '7'], owner: ['4', '9', '3'], json: ['1', '2', '3'] });
    });

    test('never in the order of what is no column', async () => {
      await database.query(TABLES);
      const column = 'area desc; drop table land.owner --';
      await expect(rows({ orderBy: { column, descending: false } })).rejects.toMatchObject({ code: 'USAGE' });
      await expect(rows({ orderBy: { column: 'ctid', descending: false } })).rejects.toMatchObject({ code: 'USAGE' });
    });

    test('as they lie on disk where there is no key', async () => {
      await database.query(
        'create table t (a int); insert into t values (3), (1), (2); update t set a = 9 where a = 3',
      );
      const page = await rows({ schema: 'public', table: 't' });
      expect(page.rows).toEqual([['1'], ['2'], ['9']]);
    });

    test('of views and partitioned tables, with their number', async () => {
      await database.query(TABLES);
      const view = await rows({ table: 'big', limit: 1 });
      const parts = await rows({ table: 'parts', limit: 4, orderBy: { column: 'id', descending: true } });
      expect([view.total, view.exact, parts.rows.map(([id]) => id), parts.total, parts.exact]).toEqual([
        7,
        true,
        ['9', '8', '7', '6'],
        10,
        true,
      ]);
    });

    test('with long values cut by whole characters', async () => {
      await database.query(`create table t (id int primary key, v text);
        insert into t values (1, repeat('𝄞', 1001)), (2, repeat('ồ', 1000)), (3, null)`);
      const page = await rows({ schema: 'public', table: 't' });
      expect(page.rows.map(([, value]) => value)).toEqual([`${'𝄞'.repeat(1000)}…`, 'ồ'.repeat(1000), null]);
    });

    test('estimated where counting would take too long', async () => {
      await database.query(`create function slow(i int) returns int language plpgsql volatile as
        $$ begin perform pg_sleep(0.05); return i; end $$;
        create view endless as select i from generate_series(1, 500) i where slow(i) > 0`);
      const page = await rows({ schema: 'public', table: 'endless', limit: 3 });
      expect({ rows: page.rows, exact: page.exact, total: page.total }).toEqual({
        rows: [['1'], ['2'], ['3']],
        exact: false,
        total: expect.any(Number),
      });
      expect(page.total).toBeGreaterThanOrEqual(3);
    });

    test('without changing anything, whatever a view does', async () => {
      await database.query(`create table log (a int); create function note() returns int language sql volatile as
        $$ insert into log values (1) returning a $$; create view noisy as select note() as a`);
      await expect(rows({ schema: 'public', table: 'noisy' })).rejects.toMatchObject({ code: '25006' });
      expect(await database.query('select * from log')).toEqual([]);
    });

    test('until the question is taken back', async () => {
      await database.query('create view sleeping as select pg_sleep(60)::text as a');
      const abort = new AbortController();
      const asking = browseRows(
        session,
        { schema: 'public', table: 'sleeping', offset: 0, limit: 1 },
        { signal: abort.signal },
      );
      const isAsked = `select from pg_stat_activity where query like '%sleeping%' and state = 'active' and pid <> pg_backend_pid()`;
      while ((await database.query(isAsked)).length === 0);
      abort.abort();
      await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
      expect((await browseTables(session, options())).schemas).toHaveLength(1);
    });
  });
});
