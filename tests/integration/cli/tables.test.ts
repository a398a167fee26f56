import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { mappingOf, table } from '#tests/helpers/load-bench';
import { CommandLine, urlOf } from './command-line.ts';

let database: TestDatabase;
let cli: CommandLine;
let to: readonly string[];
let file: string;

beforeAll(async () => {
  database = await createDatabase(embeddedServer());
  cli = new CommandLine({ PGPASSWORD: database.target.password ?? '' });
  file = join(cli.home, 'mapping.json');
  to = ['--to', urlOf(database.target), '--mapping', file];
});
afterAll(async () => {
  await cli.dispose();
  await database.drop();
});
beforeEach(async () => {
  await database.query('drop table if exists t');
  write({ id: 'integer', x: 'varchar(5)' });
});

function write(columns: Parameters<typeof table>[1]): void {
  writeFileSync(file, JSON.stringify(mappingOf(table('t', columns, { key: ['id'] }))));
}

test('the exit code of a comparison says whether the tables fit, differ, or cannot be made to fit', async () => {
  const missing = await cli.json('tables', 'diff', ...to);
  await cli.run('tables', 'create', ...to);
  const equal = await cli.run('tables', 'diff', ...to);
  write({ id: 'integer', x: 'date' });
  const refused = await cli.run('tables', 'diff', ...to);
  expect({ missing: [missing.code, missing.document.state], equal, refused }).toEqual({
    missing: [3, 'differs'],
    equal: { code: 0, out: 'The tables fit the mapping.\n', err: '' },
    refused: {
      code: 2,
      out:
        't\n  ! column x from character varying(5) to date: not every text is a value of type date\n' +
        '\nRefused: nothing would be changed.\n',
      err: '',
    },
  });
});

test('DDL that a dry run showed can be edited and run', async () => {
  const script = join(cli.home, 'tables.sql');
  const { out } = await cli.run('tables', 'create', ...to, '--dry-run');
  writeFileSync(script, `${out}alter table t add column ours integer;\n`);
  const run = await cli.run('tables', 'create', ...to, '--ddl', script);
  writeFileSync(script, 'alter table t drop column x');
  const misfit = await cli.json('tables', 'create', ...to, '--ddl', script);
  const columns = await database.query(
    `select attname as name from pg_attribute where attrelid = 't'::regclass and attnum > 0`,
  );
  expect({ run, misfit: [misfit.code, misfit.document.error.code], columns: columns.map(({ name }) => name) }).toEqual({
    run: { code: 0, out: '', err: 'Created: t\nThe DDL of the file was run; the tables fit the mapping.\n' },
    misfit: [2, 'TARGET_MISMATCH'],
    columns: ['id', 'x', 'ours'],
  });
});

test('a mapping narrowed to what the tables have is written where it was asked for', async () => {
  await database.query('create table t (id integer primary key)');
  const narrower = join(cli.home, 'narrower.json');
  const { code, err } = await cli.run('tables', 'create', ...to, '--policy', 'discard-column', '--out', narrower);
  const { tables } = JSON.parse(readFileSync(narrower, 'utf8'));
  expect({ code, err, columns: tables[0].columns.map(({ name }: { name: string }) => name) }).toEqual({
    code: 0,
    err:
      'There already: t\nt\n  - column x varchar(5): the target lacks it: left out of the mapping\n' +
      `The mapping without these columns stands in ${narrower}.\n`,
    columns: ['id'],
  });
});
