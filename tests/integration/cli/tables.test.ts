import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

/** What is said after the first line, which must name the job. */
function withoutJob(err: string): string {
  expect(err).toMatch(/^Job \d+ begins\.\n/);
  return err.slice(err.indexOf('\n') + 1);
}

test('the exit code of a comparison says whether the tables fit, differ, or cannot be made to fit', async () => {
  const missing = await cli.json('tables', 'diff', ...to);
  const made = await cli.run('tables', 'create', ...to);
  const equal = await cli.run('tables', 'diff', ...to);
  write({ id: 'integer', x: 'date' });
  const refused = await cli.run('tables', 'diff', ...to);
  expect([made.code, withoutJob(made.err)]).toEqual([0, 'Created: t\n']);
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
  expect({
    run: { ...run, err: withoutJob(run.err) },
    misfit: [misfit.code, misfit.document.error.code],
    columns: columns.map(({ name }) => name),
  }).toEqual({
    run: { code: 0, out: '', err: 'Created: t\nThe edited DDL was run; the tables fit the mapping.\n' },
    misfit: [2, 'TARGET_MISMATCH'],
    columns: ['id', 'x', 'ours'],
  });
});

test('a mapping narrowed to what the tables have is written where it was asked for', async () => {
  await database.query('create table t (id integer primary key)');
  const narrower = join(cli.home, 'narrower.json');
  const { code, err } = await cli.run('tables', 'create', ...to, '--policy', 'discard-column', '--out', narrower);
  const { tables } = JSON.parse(readFileSync(narrower, 'utf8'));
  expect({ code, err: withoutJob(err), columns: tables[0].columns.map(({ name }: { name: string }) => name) }).toEqual({
    code: 0,
    err:
      'There already: t\nt\n  - column x varchar(5): the target lacks it: left out of the mapping\n' +
      `The mapping without these columns stands in ${narrower}.\n`,
    columns: ['id'],
  });
});

test('is a job: listed with the loads, shown with what it did, and its document names it', async () => {
  const { code, document } = await cli.json('tables', 'create', ...to);
  expect({ code, document }).toMatchObject({
    code: 0,
    document: { job: expect.stringMatching(/^\d+$/), state: 'differs', created: ['t'], existing: [], dryRun: false },
  });
  const { jobs } = (await cli.json('jobs')).document;
  expect(jobs[0]).toMatchObject({ job: document.job, kind: 'tables', state: 'succeeded', rows: null, paths: [] });
  const shown = await cli.json('jobs', 'show', document.job);
  expect(shown.document).toMatchObject({ kind: 'tables', report: { created: ['t'] }, spec: { policy: 'evolve' } });
  const text = await cli.run('jobs', 'show', document.job);
  expect(text.out).toContain('Created: t\n');
  expect(text.out).toContain('create table "public"."t"');
  for (const words of [
    ['jobs', 'undo', document.job],
    ['rejects', document.job],
  ]) {
    expect(await cli.run(...words)).toMatchObject({ code: 2, out: '' });
  }
});

test('what is refused ends with 2 and says why, to people and in the document', async () => {
  await database.query('create table t (id integer primary key, x date)');
  const { code, document } = await cli.json('tables', 'create', ...to);
  expect({ code, document }).toEqual({
    code: 2,
    document: {
      error: expect.objectContaining({
        code: 'TARGET_MISMATCH',
        message: expect.stringContaining('t (x) has type date'),
      }),
      job: expect.any(String),
      state: 'failed',
    },
  });
});

describe('a long script', () => {
  let script: string;
  beforeEach(() => {
    script = join(cli.home, 'long.sql');
    writeFileSync(script, 'create table t (id integer primary key, x varchar(5));\nselect pg_sleep(60);\n');
  });

  async function sleeping(): Promise<void> {
    const running = `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
    while ((await database.query(running)).length === 0) await sleep(20);
  }

  async function isThere(): Promise<boolean> {
    return (await database.query(`select to_regclass('t') as name`))[0]?.name !== null;
  }

  test('ends with 130 at Ctrl-C, and nothing of it is there', async () => {
    const { child, ended } = cli.start('tables', 'create', ...to, '--ddl', script, '--json');
    await sleeping();
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect({ code, document: JSON.parse(out), isThere: await isThere() }).toEqual({
      code: 130,
      document: { job: expect.any(String), state: 'cancelled', resume: expect.stringContaining('jobs resume') },
      isThere: false,
    });
  });

  test('whose process is killed is interrupted, leaves nothing, and can be run again', async () => {
    const { child, ended } = cli.start('tables', 'create', ...to, '--ddl', script);
    await sleeping();
    child.kill('SIGKILL');
    await ended;
    await database.expectNoConnections();
    const [job] = (await cli.json('jobs')).document.jobs;
    expect(job).toMatchObject({ kind: 'tables', state: 'interrupted' });
    expect(await isThere()).toBe(false);
    const resumed = cli.start('jobs', 'resume', job.job);
    await sleeping();
    resumed.child.kill('SIGINT');
    expect((await resumed.ended).code).toBe(130);
  });
});
