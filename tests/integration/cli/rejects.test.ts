import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { document, element, mappingOf, table } from '#tests/helpers/load-bench';
import { writeFiles } from '#tests/helpers/run-load';
import { CommandLine, urlOf } from './command-line.ts';

let database: TestDatabase;
let cli: CommandLine;

const mapping = (type: string) => mappingOf(table('item', { id: 'integer', n: type, d: 'date' }, { key: ['id'] }));
const file = (name: string) => join(cli.home, name);

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  cli = new CommandLine({ PGPASSWORD: database.target.password });
  writeFiles(cli.home, {
    'in/a.xml': document(
      element('item', { id: 1, n: 'x' }),
      element('item', { id: 2, n: '2', d: 'never' }),
      element('item', { id: 3, n: '3' }),
      element('item', { id: 4, n: '=A1', d: 'never' }),
    ),
    'mapping.json': JSON.stringify(mapping('integer')),
    'other.json': JSON.stringify(mappingOf(table('things', { id: 'integer' }, { key: ['id'] }))),
  });
  const load = ['load', file('in'), '--mapping', file('mapping.json'), '--to', urlOf(database.target)];
  expect((await cli.run(...load)).code).toBe(3);
});
afterEach(async () => {
  await cli.dispose();
  await database.drop();
});

test('rejects are counted, looked at, corrected in a spreadsheet, tried and loaded', async () => {
  const groups = await cli.run('rejects', '1', '--group-by', 'column');
  const record = await cli.run('rejects', '1', '--record', '1:2');
  expect(groups.out).toMatch(/column +rejects +rows +corrected\n +item\.d +2 +2 +0\n +item\.n +2 +2 +0\n/);
  expect(record.out).toContain('a.xml:3  item, record 2 of file 1\n');
  expect(record.out).toMatch(/d +never +BAD_VALUE/);
  expect(record.out).toContain('> 3 | <item><id>2</id><n>2</n><d>never</d></item>\n  4 |');
  const csv = file('rejects.csv');
  await cli.run('rejects', '1', '--out', csv);
  const text = readFileSync(csv, 'utf8');
  expect(text).toContain("a.xml,5,item,n,n,'=A1,BAD_VALUE,");
  writeFileSync(
    csv,
    `${text.replace(',n,x,', ',n,10,').replaceAll(',d,never,', ',d,,').trimEnd()}\r\n,,,,d,x,,,9,9\r\n`,
  );
  const tried = await cli.json('rejects', 'retry', '1', csv, '--dry-run');
  expect(tried).toMatchObject({
    code: 3,
    document: {
      ...{ job: '2', retryOf: '1', fixed: 2, stillRejected: 1 },
      imported: { corrected: 3, untouched: 1, refused: 1, refusals: [{ line: 6, reason: 'not_open' }] },
    },
  });
  expect(await database.query('select id from item')).toEqual([{ id: 3 }]);
  const loaded = await cli.run('rejects', 'retry', '1', csv);
  expect(loaded.err).toContain(
    `${csv}: 0 values corrected, 4 lines unchanged, 1 not understood.\n  line 6: no such row`,
  );
  expect(loaded.err).toContain('Of the rejects of job 1, 2 rows are loaded, 1 still rejected.\n');
  expect(loaded.code).toBe(3);
  expect((await cli.run('rejects', '3')).out).toBe(
    'a.xml:5  item.n = "=A1"  BAD_VALUE  is not a whole number (integer); the decimal sign is "."  (record 1:4)\n',
  );
  expect((await cli.json('rejects', '1', '--state', 'all')).document.rejects).toHaveLength(3);
  expect((await cli.run('jobs')).out).toMatch(/3 +load +succeeded with rejects \(retry of 1\)/);
  // What left the database is told of, wherever it went.
  expect((await cli.json('audit', '--action', 'rejects_exported')).document.entries).toMatchObject([
    { job: 1, counts: { rejects: 3 }, facts: { to: '-' } },
    { job: 1, counts: { rejects: 4 }, facts: { to: csv } },
  ]);
  expect((await cli.json('audit', '--limit', '1')).document.entries).toMatchObject([
    { action: 'audit_exported', counts: { entries: 2 }, facts: { to: '-' } },
  ]);
});

test('a better mapping alone loads what it can; one that takes other records is refused', async () => {
  writeFileSync(
    file('better.json'),
    JSON.stringify(mapping('integer')).replace('"name":"d",', '"name":"d","nullValues":["never"],'),
  );
  const better = await cli.json('rejects', 'retry', '1', '--mapping', file('better.json'));
  expect(better).toMatchObject({ code: 3, document: { fixed: 1, stillRejected: 2 } });
  const other = await cli.json('rejects', 'retry', '1', '--mapping', file('other.json'));
  expect(other).toMatchObject({ code: 2, document: { error: { code: 'RETRY_INVALID' } } });
  // Of what was fixed nothing is left to be told; the rest is fixed by hand, and then there is nothing to retry.
  writeFileSync(file('fix.csv'), 'file_id;record;column;value\n1;1;n;1\n1;4;n;4\n1;4;d;\n');
  expect(await cli.json('rejects', 'retry', '1', file('fix.csv'))).toMatchObject({
    code: 0,
    document: { state: 'succeeded', fixed: 2, stillRejected: 0, imported: { corrected: 3 } },
  });
  expect(await database.query('select id, n, d from item order by id')).toEqual(
    [1, 2, 3, 4].map((id) => ({ id, n: id, d: null })),
  );
  expect(await cli.json('rejects', 'retry', '1')).toMatchObject({
    code: 2,
    document: { error: { code: 'RETRY_INVALID' } },
  });
  expect((await cli.run('rejects', '1')).err).toBe('Job 1 has no rejects.\n');
  expect((await cli.run('rejects', 'retry', '1', file('none.csv'))).err).toContain('PATH_NOT_FOUND');
});
