import { expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { describeEachServer } from '#tests/helpers/database';
import { loadBench } from '#tests/helpers/load-bench';

type Table = MappingInput['tables'][number];

function csvTable(name: string, columns: Readonly<Record<string, string>>, rest: Partial<Table> = {}): Table {
  const all = Object.entries(columns).map(([column, type]) => ({ name: column, type, path: column }));
  return { name, include: [`${name}*.csv`], columns: all, key: ['id'], ...rest };
}

function csvMapping(tables: readonly Table[], source: Partial<MappingInput['source']> = {}): MappingInput {
  return { version: 1, name: 'test', source: { format: 'csv', ...source }, tables: [...tables] };
}

const customers = csvTable('customers', { id: 'varchar(10)', name: 'text', since: 'date' });
const orders = csvTable(
  'orders',
  { id: 'bigint', customer: 'varchar(10)', total: 'numeric(12,2)' },
  { references: [{ columns: ['customer'], table: 'customers', on: ['id'] }] },
);

describeEachServer('CSV', (server) => {
  const bench = loadBench(server);

  test('a folder of files, one table each, is loaded in the order of its references', async () => {
    bench.write({
      // Before its parents by name, by dialect and in the mapping.
      'a/orders.csv': 'id;customer;total\r\n9007199254740993;08071;1,50\r\n2;"08072";"1000,00"\r\n',
      'customers-1.csv': '\ufeffid,name,since\n08071,"Đặng, ""Ánh""",2024-01-31\n',
      'customers-2.csv': 'id\tname\tsince\n08072\t\t2023-12-01\n',
      'readme.csv': 'not\na table',
    });
    const decimal: Table = { ...orders, columns: orders.columns.map((column) => ({ ...column, decimal: [','] })) };
    expect(await bench.load(csvMapping([decimal, customers]))).toEqual({
      counts: { customers: '2 read, 2 inserted', orders: '2 read, 2 inserted' },
      rows: {
        customers: ['id=08071, name=Đặng, "Ánh", since=2024-01-31', 'id=08072, since=2023-12-01'],
        orders: ['id=2, customer=08072, total=1000.00', 'id=9007199254740993, customer=08071, total=1.50'],
      },
    });
  });

  test('columns that no table takes are told with their files, and reject nothing', async () => {
    bench.write({
      'customers-1.csv': 'id,name,since,brandnew\n1,a,,x\n',
      'customers-2.csv': 'id,name,since,brandnew,note\n2,b,,x,y\n',
      'customers-3.csv': 'id,name,since,secret\n3,c\n"',
    });
    const run = await bench.run(csvMapping([customers]));
    expect(run.report).toMatchObject({
      files: { failed: 1 },
      tables: { customers: { inserted: 2, rejected: 0 } },
      warnings: [
        {
          code: 'UNMAPPED_COLUMNS',
          count: 2,
          names: [
            { name: 'brandnew', files: 2, path: 'customers-1.csv' },
            { name: 'note', files: 1, path: 'customers-2.csv' },
          ],
        },
      ],
    });
  });

  test('files of one folder may each be written in another way', async () => {
    bench.write({
      'customers.csv': 'id;name;since\n1;plain;\n',
      'old/customers-a.csv': Buffer.from('Report\n# of 2019\nid,name,since\n2,caf\xe9,\n# end\n', 'latin1'),
      'old/customers-b.csv': '3|"|no|header"|-\n',
    });
    const files = [
      {
        include: ['customers-b.csv'],
        delimiter: '|',
        header: false,
        columns: ['id', 'name', 'since'],
        nullValues: ['-'],
      },
      { include: ['old/*'], encoding: 'windows-1252', delimiter: ',', skipLines: 1, comment: '#' },
    ];
    expect(await bench.load(csvMapping([customers], { csv: { delimiter: ';', files } }))).toEqual({
      counts: { customers: '3 read, 3 inserted' },
      rows: { customers: ['id=1, name=plain', 'id=2, name=café', 'id=3, name=|no|header'] },
    });
  });

  test('rows that are broken or do not fit are rejected with line and text, the others loaded', async () => {
    bench.write({
      'customers.csv':
        'id,name,since\n1,"two\nlines",2024-01-01\n2,too,2024-01-01,many\n3,few\n4,x,31/12/2024\n5,a"b,2024-01-01\n6,six,\n',
    });
    expect(await bench.load(csvMapping([customers]))).toEqual({
      counts: { customers: '6 read, 2 inserted, 4 rejected' },
      rejects: [
        'customers.csv:4 customers "2,too,2024-01-01,many" BROKEN_RECORD',
        'customers.csv:5 customers "3,few" BROKEN_RECORD',
        'customers.csv:6 customers.since "31/12/2024" BAD_VALUE',
        'customers.csv:7 customers "5,a\\"b,2024-01-01" BROKEN_RECORD',
      ],
      rows: { customers: ['id=1, name=two\nlines, since=2024-01-01', 'id=6, name=six'] },
    });
  });

  test('a broken row counts for every table that its file feeds, and keeps the numbers of the others', async () => {
    const numbered = (name: string): Table => ({
      name,
      columns: [
        { name: 'n', type: 'integer', path: '$index' },
        { name: 'line', type: 'integer', path: '$line' },
        { name: 'v', type: 'text', path: '["Tên (vi)"]' },
      ],
      key: ['n'],
    });
    bench.write({ 'a.csv': 'Tên (vi)|x\na|1\nb\nc|3\n' });
    const rows = ['n=1, line=2, v=a', 'n=3, line=4, v=c'];
    expect(await bench.load(csvMapping([numbered('t'), numbered('u')]))).toEqual({
      counts: { t: '3 read, 2 inserted, 1 rejected', u: '3 read, 2 inserted, 1 rejected' },
      rejects: ['a.csv:3 t "b" BROKEN_RECORD', 'a.csv:3 u "b" BROKEN_RECORD'],
      // x, of both.
      warnings: { UNMAPPED_COLUMNS: 1 },
      rows: { t: rows, u: rows },
    });
  });

  test('files that cannot be read to their end are failed whole, with their line', async () => {
    bench.write({
      'customers-1.csv': 'id,name,since\n1,a,\n2,"b,\n3,c,\n',
      'customers-2.csv': Buffer.from('id,name,since\n4,\xff,\n', 'latin1'),
      'customers-3.csv': 'id,name,since\n5,e,\n',
      'customers-4.csv': '',
    });
    expect(await bench.load(csvMapping([customers], { encoding: 'utf-8' }))).toEqual({
      counts: { customers: '1 read, 1 inserted' },
      failed: [
        'customers-1.csv:3 CSV_UNCLOSED_QUOTE',
        'customers-2.csv:2 ENCODING_INVALID_BYTES',
        'customers-4.csv:1 EMPTY_FILE',
      ],
      rows: { customers: ['id=5, name=e'] },
    });
  });

  test('a file without a mapped column is refused, unless the column can do without', async () => {
    bench.write({
      'customers-1.csv': 'id,name,since\n1,a,2024-01-01\n',
      'customers-2.csv': 'id,Name,since\n2,b,\n',
      'customers-3.csv': 'since\n2024-01-01\n',
      'customers-4.csv': '"id;name;since"\n3\n',
      'customers-5.csv': 'Tên,id\n5,5\n',
    });
    const { failed, rows } = await bench.load(csvMapping([customers]));
    expect({ failed, rows }).toEqual({
      failed: [
        'customers-2.csv:1 CSV_COLUMN_MISSING',
        'customers-3.csv:1 CSV_COLUMN_MISSING',
        'customers-4.csv:1 CSV_COLUMN_MISSING',
        'customers-5.csv:1 CSV_COLUMN_MISSING',
      ],
      rows: { customers: ['id=1, name=a, since=2024-01-01'] },
    });
  });

  test('a column with other names or with a default is not missed', async () => {
    bench.write({ 't-1.csv': 'id,a\n1,x\n', 't-2.csv': 'id,b,c\n2,y,7\n', 't-3.csv': 'id,a,b,c\n3,,z,\n' });
    const table: Table = {
      name: 't',
      key: ['id'],
      columns: [
        { name: 'id', type: 'integer', path: 'id' },
        { name: 'a', type: 'text', path: ['a', 'b'] },
        { name: 'c', type: 'integer', path: 'c', default: '42' },
        { name: 'from_file', type: 'text', path: '$name' },
      ],
    };
    expect(await bench.load(csvMapping([table]))).toEqual({
      counts: { t: '3 read, 3 inserted' },
      rows: {
        t: [
          'id=1, a=x, c=42, from_file=t-1.csv',
          'id=2, a=y, c=7, from_file=t-2.csv',
          'id=3, a=z, c=42, from_file=t-3.csv',
        ],
      },
    });
  });

  test('with --on-error file a broken row fails its file', async () => {
    bench.write({ 'customers-1.csv': 'id,name,since\n1\n', 'customers-2.csv': 'id,name,since\n2,b,\n' });
    expect(await bench.load(csvMapping([customers]), { onError: 'file' })).toEqual({
      counts: { customers: '1 read, 1 inserted' },
      failed: ['customers-1.csv:2 FILE_HAS_REJECTS'],
      rows: { customers: ['id=2, name=b'] },
    });
  });

  test('null tokens, preambles, comments and files without header are read as the mapping says', async () => {
    bench.write({ 't.csv': 'Exported 2024\n1|NULL|x\n# comment\n2|"NULL"|\n' });
    const csv = {
      delimiter: '|',
      header: false,
      columns: ['id', 'a', 'b'],
      skipLines: 1,
      comment: '#',
      nullValues: ['', 'NULL'],
    };
    expect(await bench.load(csvMapping([csvTable('t', { id: 'integer', a: 'text', b: 'text' })], { csv }))).toEqual({
      counts: { t: '2 read, 2 inserted' },
      rows: { t: ['id=1, b=x', 'id=2, a=NULL'] },
    });
  });

  test('a file larger than what is sent at once is loaded whole, its broken rows where they stand', async () => {
    const lines = Array.from({ length: 60_000 }, (_, at) =>
      at === 50_000 ? 'broken' : `${at},"name, ${at}",2024-01-01`,
    );
    bench.write({ 'customers.csv': `id,name,since\n${lines.join('\n')}\n` });
    const { counts, rejects } = await bench.load(csvMapping([customers]), { batchSize: 5_000 });
    expect({ counts, rejects }).toEqual({
      counts: { customers: '60000 read, 59999 inserted, 1 rejected' },
      rejects: ['customers.csv:50002 customers "broken" BROKEN_RECORD'],
    });
  });
});
