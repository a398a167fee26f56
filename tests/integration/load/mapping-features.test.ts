import { describe, expect, test } from 'vitest';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';

/** More rows than the mapper holds back for an ancestor's value. */
const MANY = 1_500;

describeEachServer('lookups', (server) => {
  const bench = loadBench(server);
  const owners = table('owner', { parcel: 'text', person: 'text' }, { keep: false });
  const parcel = (scope: 'file' | 'load') =>
    table(
      'parcel',
      {
        id: 'text',
        owner: { type: 'text', lookup: [{ table: 'owner', where: { parcel: 'id' }, take: 'person', scope }] },
      },
      { key: ['id'] },
    );

  test('take from the same file, in document order, before or behind the row, and null where nothing matches', async () => {
    bench.write({
      'a.xml': document(
        element('owner', { parcel: 1, person: 'Ai' }),
        element('parcel', { id: 1 }),
        element('parcel', { id: 2 }),
        element('parcel', { id: 3 }),
        element('owner', { parcel: 1, person: 'Second' }),
        element('owner', { parcel: 2, person: 'Behind' }),
      ),
      'b.xml': document(element('owner', { parcel: 3, person: 'Elsewhere' })),
    });
    expect(await bench.load(mappingOf(parcel('file'), owners))).toEqual({
      counts: { parcel: '3 read, 3 inserted' },
      rows: { parcel: ['id=1, owner=Ai', 'id=2, owner=Behind', 'id=3'] },
    });
  });

  test('of the whole load take the first file in path order', async () => {
    bench.write({
      'c.xml': document(element('owner', { parcel: 1, person: 'Last' })),
      'a.xml': document(element('parcel', { id: 1 })),
      'b.xml': document(element('owner', { parcel: 1, person: 'First' })),
    });
    expect(await bench.load(mappingOf(parcel('load'), owners))).toEqual({
      counts: { parcel: '1 read, 1 inserted' },
      rows: { parcel: ['id=1, owner=First'] },
    });
  });

  test('in several steps take the first chain that satisfies all of them', async () => {
    const chain = [
      { table: 'owner', where: { parcel: 'id' }, take: 'person' },
      { table: 'couple', where: { id: '$value', commune: 'commune' }, take: 'wife' },
    ];
    bench.write({
      'a.xml': document(
        element('parcel', { id: 1, commune: 7 }),
        element('owner', { parcel: 1, person: 'no couple' }),
        element('owner', { parcel: 1, person: 'C1' }),
        element('owner', { parcel: 1, person: 'C2' }),
        element('couple', { id: 'C1', commune: 8, wife: 'other commune' }),
        element('couple', { id: 'C2', commune: 7, wife: 'Mận' }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table('parcel', { id: 'text', commune: 'integer', wife: { type: 'text', lookup: chain } }, { key: ['id'] }),
        owners,
        table('couple', { id: 'text', commune: 'integer', wife: 'text' }, { keep: false }),
      ),
    );
    expect(outcome).toEqual({
      counts: { parcel: '1 read, 1 inserted' },
      rows: { parcel: ['id=1, commune=7, wife=Mận'] },
    });
  });

  test('that find nothing reject a row whose column or key wants a value', async () => {
    const find = (column: string) => [{ table: 'owner', where: { parcel: 'id' }, take: column }];
    bench.write({
      'a.xml': document(
        element('parcel', { id: 1 }),
        element('parcel', { id: 2 }),
        element('owner', { parcel: 1, person: 'Ai' }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'parcel',
          { id: 'text', owner: { type: 'text', nullable: false, lookup: find('person') } },
          { key: ['id'] },
        ),
        table(
          'keyed',
          { id: 'text', owner: { type: 'text', lookup: find('person') } },
          { records: '/r/parcel', key: ['owner'] },
        ),
        owners,
      ),
    );
    expect(outcome).toEqual({
      counts: { parcel: '2 read, 1 inserted, 1 rejected', keyed: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 parcel.owner MISSING_VALUE', 'a.xml:3 keyed.owner MISSING_KEY'],
      rows: { parcel: ['id=1, owner=Ai'], keyed: ['id=1, owner=Ai'] },
    });
  });

  test('judge a value that is too long for the column', async () => {
    bench.write({
      'a.xml': document(
        element('parcel', { id: 1 }),
        element('parcel', { id: 2 }),
        element('owner', { parcel: 1, person: 'Nguyễn' }),
        element('owner', { parcel: 2, person: 'Nguyễn Thị' }),
      ),
    });
    const lookup = [{ table: 'owner', where: { parcel: 'id' }, take: 'person' }];
    const outcome = await bench.load(
      mappingOf(table('parcel', { id: 'text', owner: { type: 'varchar(6)', lookup } }, { key: ['id'] }), owners),
    );
    expect(outcome).toEqual({
      counts: { parcel: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 parcel.owner "Nguyễn Thị" TOO_LONG'],
      rows: { parcel: ['id=1, owner=Nguyễn'] },
    });
  });

  test('take numbers of another size only where nothing is lost, and text from anything', async () => {
    bench.write({
      'a.xml': document(
        ...[1, 2, 3, 4].map((id) => element('parcel', { id })),
        element('owner', { of: 1, share: '0.50' }),
        element('owner', { of: 2, share: '12.00' }),
        element('owner', { of: 3, share: '99999999999' }),
        element('owner', { of: 4, share: '150' }),
      ),
    });
    const lookup = [{ table: 'owner', where: { of: 'id' }, take: 'share' }];
    const outcome = await bench.load(
      mappingOf(
        table('whole', { id: 'integer', share: { type: 'integer', lookup } }, { records: '/r/parcel', key: ['id'] }),
        table(
          'tenths',
          { id: 'integer', share: { type: 'numeric(3,1)', lookup } },
          { records: '/r/parcel', key: ['id'] },
        ),
        table('written', { id: 'integer', share: { type: 'text', lookup } }, { records: '/r/parcel', key: ['id'] }),
        table('owner', { of: 'integer', share: 'numeric' }, { keep: false }),
      ),
    );
    expect(outcome).toEqual({
      counts: {
        whole: '4 read, 2 inserted, 2 rejected',
        tenths: '4 read, 2 inserted, 2 rejected',
        written: '4 read, 4 inserted',
      },
      rejects: [
        'a.xml:2 whole.share "0.50" BAD_VALUE',
        'a.xml:4 whole.share "99999999999" BAD_VALUE',
        'a.xml:4 tenths.share "99999999999" BAD_VALUE',
        'a.xml:5 tenths.share "150" BAD_VALUE',
      ],
      rows: {
        whole: ['id=2, share=12', 'id=4, share=150'],
        tenths: ['id=1, share=0.5', 'id=2, share=12.0'],
        written: ['id=1, share=0.50', 'id=2, share=12.00', 'id=3, share=99999999999', 'id=4, share=150'],
      },
    });
  });

  test('that take text for a number are refused before anything is staged', async () => {
    bench.write({ 'a.xml': document(element('parcel', { id: 1 })) });
    const lookup = [{ table: 'owner', where: { parcel: 'id' }, take: 'person' }];
    const mapping = mappingOf(
      table('parcel', { id: 'text', owner: { type: 'integer', lookup } }, { key: ['id'] }),
      owners,
    );
    expect(await bench.failure(mapping)).toBe('MAPPING_INVALID');
  });

  test('whose existing column has a type the value cannot take are refused before anything is staged', async () => {
    bench.write({ 'a.xml': document(element('parcel', { id: 1 })) });
    await bench.sql('create table parcel (id text primary key, owner uuid)');
    expect(await bench.failure(mappingOf(parcel('file'), owners))).toBe('TARGET_MISMATCH');
  });

  test('of lookups: a chain of looked-up columns is resolved in the order of need', async () => {
    bench.write({
      'a.xml': document(
        element('a', { id: 1, b: 10 }),
        element('b', { id: 10, c: 100 }),
        element('c', { id: 100, name: 'deep' }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'a',
          {
            id: 'integer',
            b: 'integer',
            name: { type: 'text', lookup: [{ table: 'b', where: { id: 'b' }, take: 'name' }] },
          },
          { key: ['id'] },
        ),
        table(
          'b',
          {
            id: 'integer',
            c: 'integer',
            name: { type: 'text', lookup: [{ table: 'c', where: { id: 'c' }, take: 'name' }] },
          },
          { key: ['id'] },
        ),
        table('c', { id: 'integer', name: 'text' }, { key: ['id'] }),
      ),
    );
    expect(outcome).toEqual({
      counts: { a: '1 read, 1 inserted', b: '1 read, 1 inserted', c: '1 read, 1 inserted' },
      rows: { a: ['id=1, b=10, name=deep'], b: ['id=10, c=100, name=deep'], c: ['id=100, name=deep'] },
    });
  });
});

describeEachServer('$parent', (server) => {
  const bench = loadBench(server);
  const child = table(
    'child',
    { id: 'integer', parent: { type: 'integer', path: '$parent.id' } },
    { records: 'child', key: ['id'] },
  );

  test('takes the parent down, and rejects the children of a rejected parent with it', async () => {
    bench.write({
      'a.xml': document(
        element('parent', { id: 1 }, element('child', { id: 11 }).trim()),
        element('parent', { id: 'x' }, element('child', { id: 12 }).trim()),
        element('child', { id: 13 }),
      ),
    });
    expect(await bench.load(mappingOf(child, table('parent', { id: 'integer' }, { key: ['id'] })))).toEqual({
      counts: { child: '3 read, 2 inserted, 1 rejected', parent: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 parent.id "x" BAD_VALUE', 'a.xml:3 child.parent PARENT_REJECTED'],
      rows: { child: ['id=11, parent=1', 'id=13'], parent: ['id=1'] },
    });
  });

  test('takes what only SQL knows of the parent: lookups and defaults', async () => {
    const code = { type: 'text', lookup: [{ table: 'code', where: { parent: 'id' }, take: 'name' }] };
    bench.write({
      'a.xml': document(
        element('parent', { id: 1 }, element('child', { id: 11 }).trim()),
        element('parent', { id: 2, state: 'sold' }, element('child', { id: 12 }).trim()),
        element('code', { parent: 1, name: 'one' }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'parent',
          { id: 'integer', code, state: { type: 'text', path: 'state', default: "'new'" } },
          { key: ['id'] },
        ),
        table(
          'child',
          {
            id: 'integer',
            code: { type: 'text', path: '$parent.code' },
            state: { type: 'text', path: '$parent.state' },
          },
          { records: 'parent/child', key: ['id'] },
        ),
        table('code', { parent: 'integer', name: 'text' }, { keep: false }),
      ),
    );
    expect(outcome).toEqual({
      counts: { parent: '2 read, 2 inserted', child: '2 read, 2 inserted' },
      rows: {
        parent: ['id=1, code=one, state=new', 'id=2, state=sold'],
        child: ['id=11, code=one, state=new', 'id=12, state=sold'],
      },
    });
  });

  test('follows a parent that only SQL rejects, through every generation', async () => {
    bench.write({
      'a.xml': document(
        element(
          'parent',
          { id: 1, kind: 'known' },
          element('child', { id: 11 }, element('toy', { id: 111 }).trim()).trim(),
        ),
        element(
          'parent',
          { id: 2, kind: 'none' },
          element('child', { id: 12 }, element('toy', { id: 121 }).trim()).trim(),
        ),
        element('kind', { id: 'known' }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'toy',
          { id: 'integer', owner: { type: 'integer', path: '$parent.parent' } },
          { records: 'toy', key: ['id'] },
        ),
        child,
        table(
          'parent',
          { id: 'integer', kind: 'text' },
          { key: ['id'], references: [{ columns: ['kind'], table: 'kind', on: ['id'] }] },
        ),
        table('kind', { id: 'text' }, { key: ['id'] }),
      ),
    );
    expect(outcome).toEqual({
      counts: {
        toy: '2 read, 1 inserted, 1 rejected',
        child: '2 read, 1 inserted, 1 rejected',
        parent: '2 read, 1 inserted, 1 rejected',
        kind: '1 read, 1 inserted',
      },
      rejects: [
        'a.xml:3 parent.kind "none" MISSING_REFERENCE',
        'a.xml:3 child PARENT_REJECTED',
        'a.xml:3 toy PARENT_REJECTED',
      ],
      rows: { toy: ['id=111, owner=1'], child: ['id=11, parent=1'], parent: ['id=1, kind=known'], kind: ['id=known'] },
    });
  });

  test('follows a rejected parent within one table of nested records', async () => {
    const node = (id: number, kind: string, inner = '') => element('node', { id, kind }, inner).trim();
    bench.write({
      'a.xml': document(
        node(1, 'good', node(2, 'good', node(3, 'good'))),
        node(4, 'bad', node(5, 'good', node(6, 'good'))),
        element('kind', { id: 'good', name: 'Good' }),
      ),
    });
    const name = { type: 'text', nullable: false, lookup: [{ table: 'kind', where: { id: 'kind' }, take: 'name' }] };
    const outcome = await bench.load(
      mappingOf(
        table(
          'node',
          { id: 'integer', kind: 'text', name, up: { type: 'integer', path: '$parent.id' } },
          { records: 'node', key: ['id'] },
        ),
        table('kind', { id: 'text', name: 'text' }, { keep: false }),
      ),
    );
    expect(outcome).toEqual({
      counts: { node: '6 read, 3 inserted, 3 rejected' },
      rejects: ['a.xml:2 node.name MISSING_VALUE', 'a.xml:2 node PARENT_REJECTED', 'a.xml:2 node PARENT_REJECTED'],
      rows: {
        node: ['id=1, kind=good, name=Good', 'id=2, kind=good, name=Good, up=1', 'id=3, kind=good, name=Good, up=2'],
      },
    });
  });

  test('follows a rejected parent that refers to its own children', async () => {
    bench.write({
      'a.xml': document(
        element('parent', { id: 1, eldest: 11 }, element('child', { id: 11 }).trim()),
        element('parent', { id: 2, eldest: 99 }, element('child', { id: 12 }).trim()),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'parent',
          { id: 'integer', eldest: 'integer' },
          { key: ['id'], references: [{ columns: ['eldest'], table: 'child', on: ['id'] }] },
        ),
        child,
      ),
    );
    expect(outcome).toEqual({
      counts: { parent: '2 read, 1 inserted, 1 rejected', child: '2 read, 1 inserted, 1 rejected' },
      rejects: ['a.xml:3 parent.eldest "99" MISSING_REFERENCE', 'a.xml:3 child PARENT_REJECTED'],
      rows: { parent: ['id=1, eldest=11'], child: ['id=11, parent=1'] },
    });
  });

  test('lets nested records of one table inherit a value', async () => {
    const node = (id: number, lang: string, inner = '') =>
      `<node><id>${id}</id>${lang && `<lang>${lang}</lang>`}${inner}</node>`;
    bench.write({
      'a.xml': document(node(1, 'vi', node(2, '', node(3, '', node(4, 'en'))) + node(5, '')), node(6, '')),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'node',
          { id: 'integer', lang: { type: 'text', path: ['lang', '$parent.lang'] } },
          { records: 'node', key: ['id'] },
        ),
      ),
    );
    expect(outcome).toEqual({
      counts: { node: '6 read, 6 inserted' },
      rows: { node: ['id=1, lang=vi', 'id=2, lang=vi', 'id=3, lang=vi', 'id=4, lang=en', 'id=5, lang=vi', 'id=6'] },
    });
  });
});

describeEachServer('values that an ancestor learns late', (server) => {
  const bench = loadBench(server);
  const rows = Array.from({ length: MANY }, (_, i) => `<item><id>${i}</id></item>`).join('\n');
  const sql = () => bench.sql('select code, parent, count(*)::int from item group by 1, 2 order by 1, 2');

  test('reach all rows of the ancestor, also those staged long before', async () => {
    bench.write({
      'a.xml': `<r><group>${rows}<code>late</code><id>7</id></group><group><item><id>9001</id></item><id>8</id></group></r>`,
    });
    await bench.run(
      mappingOf(
        table('group', { id: 'integer' }, { key: ['id'] }),
        table(
          'item',
          {
            id: 'integer',
            code: { type: 'varchar(10)', path: '../code' },
            parent: { type: 'integer', path: '$parent.id' },
          },
          { records: 'item', key: ['id'], references: [{ columns: ['parent'], table: 'group', on: ['id'] }] },
        ),
      ),
    );
    expect(await sql()).toEqual([
      { code: 'late', parent: 7, count: MANY },
      { code: null, parent: 8, count: 1 },
    ]);
  });

  test('reject all rows of the ancestor when they do not convert, or a wanted one never comes', async () => {
    bench.write({
      'a.xml': `<r><group>${rows}<code>far too long a code</code></group><group>${rows.replaceAll('<id>', '<id>2')}<code>ok</code></group></r>`,
      'b.xml': `<r><group>${rows.replaceAll('<id>', '<id>3')}</group></r>`,
    });
    const code = { type: 'varchar(10)', path: '../code', nullable: false };
    const { report } = await bench.run(
      mappingOf(table('item', { id: 'text', code }, { records: 'item', key: ['id'] })),
    );
    expect({ rejects: report.rejects.byReason, tables: report.tables.item?.inserted }).toEqual({
      rejects: { TOO_LONG: MANY, MISSING_VALUE: MANY },
      tables: MANY,
    });
  });

  test('of a rejected parent take its children with it', async () => {
    bench.write({ 'a.xml': `<r><group>${rows}<id>none</id></group></r>` });
    const { report } = await bench.run(
      mappingOf(
        table('group', { id: 'integer' }, { key: ['id'] }),
        table(
          'item',
          { id: 'integer', parent: { type: 'integer', path: '$parent.id' } },
          { records: 'item', key: ['id'] },
        ),
      ),
    );
    expect(report.rejects.byReason).toEqual({ BAD_VALUE: 1, PARENT_REJECTED: MANY });
  });
});

describeEachServer('defaults, keys and names', (server) => {
  const bench = loadBench(server);

  test('a default stands in for absent and empty values, also in keys and references', async () => {
    bench.write({
      'a.xml': document(
        element('a', { id: 1, n: '' }),
        element('a', { n: 5, ref: 'x' }),
        element('kind', { id: 'std' }),
        element('kind', { id: 'x' }),
      ),
    });
    const outcome = await bench.load(
      mappingOf(
        table(
          'a',
          {
            id: { type: 'integer', path: 'id', default: '40 + 2' },
            n: { type: 'integer', path: 'n', default: "length('abc')" },
            ref: { type: 'text', path: 'ref', default: "'std'" },
            at: { type: 'date', default: "date '2020-02-29'" },
          },
          { key: ['id'], references: [{ columns: ['ref'], table: 'kind', on: ['id'] }] },
        ),
        table('kind', { id: 'text' }, { key: ['id'] }),
      ),
    );
    expect(outcome).toEqual({
      counts: { a: '2 read, 2 inserted', kind: '2 read, 2 inserted' },
      rows: { a: ['id=1, n=3, ref=std, at=2020-02-29', 'id=42, n=5, ref=x, at=2020-02-29'], kind: ['id=std', 'id=x'] },
    });
  });

  test('a table without a key gets an identity column, in document order', async () => {
    bench.write({
      'b.xml': document(element('a', { x: 3 })),
      'a.xml': document(element('a', { x: 2 }), element('a', { x: 2 })),
    });
    const mapping = mappingOf(table('a', { x: 'integer' }), table('b', { id: 'integer' }, { records: 'none' }));
    await bench.load(mapping);
    expect(await bench.load(mapping, { skipLoaded: false })).toEqual({
      counts: { a: '3 read, 3 inserted', b: 'nothing' },
      rows: { a: ['id=1, x=2', 'id=2, x=2', 'id=3, x=3', 'id=4, x=2', 'id=5, x=2', 'id=6, x=3'], b: [] },
    });
  });

  test('an existing table without a key is appended to', async () => {
    bench.write({ 'a.xml': document(element('a', { x: 2 }), element('a', { x: 2 })) });
    await bench.sql('create table a (x integer); insert into a values (1)');
    expect(await bench.load(mappingOf(table('a', { x: 'integer' })))).toEqual({
      counts: { a: '2 read, 2 inserted' },
      rows: { a: ['x=1', 'x=2', 'x=2'] },
    });
  });

  test('quoted names stand as written, with capitals, spaces, quotes and letters of any alphabet', async () => {
    bench.write({ 'a.xml': document(element('a', { Mã: 1, b: 2 })) });
    const outcome = await bench.load({
      ...mappingOf(
        table('Thửa Đất', { Mã: 'integer', 'say "b"': { type: 'integer', path: 'b' } }, { records: 'a', key: ['Mã'] }),
      ),
      quoteNames: true,
    });
    expect(outcome).toEqual({
      counts: { 'Thửa Đất': '1 read, 1 inserted' },
      rows: { 'Thửa Đất': ['Mã=1, say "b"=2'] },
    });
  });

  test('unquoted names fold ASCII letters only', async () => {
    bench.write({ 'a.xml': document(element('a', { Id: 1, Đất: 2 })) });
    await bench.load(mappingOf(table('ThuaDat', { Id: 'integer', Đất: 'integer' }, { records: 'a', key: ['Id'] })));
    expect(await bench.rows('thuadat')).toEqual(['id=1, Đất=2']);
  });

  test('a schema comes from the name, else from the option, and is created', async () => {
    bench.write({ 'a.xml': document(element('a', { id: 1 }), element('b', { id: 2, a: 1 })) });
    const mapping = mappingOf(
      table('One.a', { id: 'integer' }, { records: '/r/a', key: ['id'] }),
      table(
        'b',
        { id: 'integer', a: 'integer' },
        { key: ['id'], references: [{ columns: ['a'], table: 'One.a', on: ['id'] }] },
      ),
    );
    const outcome = await bench.load(mapping, { schema: 'two' });
    const places = await bench.sql(
      `select table_schema || '.' || table_name as name from information_schema.tables where table_name in ('a', 'b') order by 1`,
    );
    expect({ ...outcome, places }).toEqual({
      counts: { 'One.a': '1 read, 1 inserted', b: '1 read, 1 inserted' },
      rows: { 'One.a': ['id=1'], b: ['id=2, a=1'] },
      places: [{ name: 'one.a' }, { name: 'two.b' }],
    });
  });

  describe('every type', () => {
    test('arrives in the database as it stood in the file', async () => {
      const types = {
        text: 'a\\b\tc',
        'varchar(3)': 'đấy',
        'char(3)': 'x',
        smallint: '-32768',
        integer: '2147483647',
        bigint: '9223372036854775807',
        'numeric(20,4)': '1234567890123456.7891',
        numeric: '0.000000000000000000001',
        'double precision': '1e-300',
        real: '1.5',
        boolean: 'true',
        date: '2024-02-29',
        time: '23:59:59.999999',
        timestamp: '1969-12-31T23:59:59.5',
        timestamptz: '2020-01-01T00:00:00+07:00',
        uuid: 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
        json: '{"b": 1,  "a": 2}',
        jsonb: '{"b": 1, "a": [true, null]}',
        bytea: 'aGk=',
      };
      const names = Object.keys(types).map((type, i) => [`c${i}`, type] as const);
      bench.write({
        'a.xml': document(
          element('a', Object.fromEntries(names.map(([name, type]) => [name, types[type as keyof typeof types]]))),
        ),
      });
      await bench.run(
        mappingOf(table('a', { ...Object.fromEntries(names), many: { type: 'integer[]', path: 'n', many: 'json' } })),
      );
      const [row] = await bench.sql(
        `select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11::text, c12::text, c13::text,
           (c14 at time zone 'UTC')::text as c14, c15, c16::text, c17::text, c18::text from a`,
      );
      expect(row).toEqual({
        c0: 'a\\b\tc',
        c1: 'đấy',
        c2: 'x  ',
        c3: -32768,
        c4: 2147483647,
        c5: '9223372036854775807',
        c6: '1234567890123456.7891',
        c7: '0.000000000000000000001',
        c8: 1e-300,
        c9: 1.5,
        c10: true,
        c11: '2024-02-29',
        c12: '23:59:59.999999',
        c13: '1969-12-31 23:59:59.5',
        c14: '2019-12-31 17:00:00',
        c15: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        c16: '{"b": 1,  "a": 2}',
        c17: '{"a": [true, null], "b": 1}',
        c18: '\\x6869',
      });
    });
  });
});
