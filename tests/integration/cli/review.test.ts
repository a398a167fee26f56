import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { CommandLine, urlOf } from './command-line.ts';

const MAPPING = {
  version: 1,
  name: 'owners',
  source: { format: 'csv' },
  tables: [
    {
      name: 'owner',
      key: ['id'],
      columns: [
        { name: 'id', path: 'id', type: 'integer' },
        { name: 'name', path: 'name', type: 'text' },
        { name: 'seen', path: 'seen', type: 'date' },
      ],
    },
  ],
};

let database: TestDatabase;
let cli: CommandLine;
let data: string;
let load: readonly string[];

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  cli = new CommandLine({ PGPASSWORD: database.target.password });
  data = join(cli.home, 'owners.csv');
  const mapping = join(cli.home, 'mapping.json');
  writeFileSync(mapping, JSON.stringify(MAPPING));
  writeFileSync(data, 'id,name,seen\n1,An,2026-01-01\n2,Bình,2026-03-03\n3,Chi,2026-01-01\n4,Dũng,\n');
  await database.query(`create table owner (id int primary key, name text, seen date);
    insert into owner values (1, 'An', '2026-01-01'), (2, 'Binh', '2026-02-02'), (3, 'Chi C.', '2026-02-02')`);
  load = ['load', data, '--to', urlOf(database.target), '--mapping', mapping, '--review'];
});

afterEach(async () => {
  await cli.dispose();
  await database.expectNoConnections();
  await database.drop();
});

const owners = async () =>
  (await database.query<{ line: string }>(`select concat_ws(' ', id, name, seen) as line from owner order by id`)).map(
    ({ line }) => line,
  );
const file = (name: string, content: unknown) => {
  const path = join(cli.home, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const NEWER_WINS = {
  version: 1,
  choices: [{ table: 'owner', which: { where: [{ column: 'seen', is: 'newer' }] }, use: 'overwrite' }],
};

test('a load waits, is looked at, decided, and merged when its files are long gone', async () => {
  const { code, document } = await cli.json(...load);
  expect({ code, ...document }).toMatchObject({
    code: 4,
    state: 'waiting_for_review',
    tables: { owner: { read: 4, inserted: 0, rejected: 0 } },
    review: { tables: { owner: { new: 1, identical: 1, changed: 2, columns: { name: 2, seen: 2 } } } },
  });
  rmSync(data);
  const { document: listed } = await cli.json('jobs');
  expect(listed.jobs[0]).toMatchObject({ state: 'waiting_for_review', waiting: { conflicts: 2 } });
  expect(listed.jobs[0].waiting.bytes).toBeGreaterThan(0);
  expect((await cli.run('jobs')).out).toMatch(/waiting for review \([\d.]+ kB for [\d.]+ s\)/);
  const { out } = await cli.run('jobs', 'review', '1', '--table', 'owner', '--changed', 'name');
  expect(out).toBe(
    '#1  id = "2"  (owners.csv:3): stays as it is\n    name  "Binh" → "Bình"\n    seen  "2026-02-02" → "2026-03-03"\n\n' +
      '#2  id = "3"  (owners.csv:4): stays as it is\n    name  "Chi C." → "Chi"\n    seen  "2026-02-02" → "2026-01-01"\n\n' +
      '2 conflicts of owner.\n',
  );
  expect((await cli.json('jobs', 'review', '1', '--limit', '1')).document).toMatchObject({
    ...{ job: '1', revision: 1, table: 'owner', matching: 2, total: 1 },
    conflicts: [{ number: 1, path: 'owners.csv' }],
  });
  const decided = await cli.json('jobs', 'resolve', '1', file('newer.json', NEWER_WINS));
  expect(decided).toMatchObject({
    code: 0,
    document: { revision: 2, effects: { owner: { updated: 1, skipped: 1, fails: 0 } } },
  });
  const kept = join(cli.home, 'kept.json');
  await cli.run('jobs', 'resolutions', '1', '--out', kept);
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(NEWER_WINS);
  const review = await cli.run('jobs', 'review', '1');
  expect(review.out).toContain('1 choice for single rows');
  for (const [, words = ''] of review.out.matchAll(/^[\w ]+: +loadstone (.+)$/gm)) {
    const help = await cli.run(...words.split(' ').slice(0, 2), '--help');
    expect({ words, code: help.code, examples: help.out.includes('Examples:') }).toEqual({
      words,
      code: 0,
      examples: true,
    });
  }
  expect(await cli.json('jobs', 'merge', '1')).toMatchObject({
    code: 0,
    document: { state: 'succeeded', tables: { owner: { inserted: 1, updated: 1, unchanged: 1, skipped: 1 } } },
  });
  expect(await owners()).toEqual(['1 An 2026-01-01', '2 Bình 2026-03-03', '3 Chi C. 2026-02-02', '4 Dũng']);
  const again = await cli.json('jobs', 'merge', '1');
  expect(again).toMatchObject({ code: 2, document: { error: { code: 'JOB_STATE' } } });
  expect((await cli.json('jobs', 'review', '1')).document.error.code).toBe('REVIEW_GONE');
});

test('a load whose target has moved on waits again, and says so; resuming it merges it', async () => {
  await cli.run(...load, '--resolutions', file('overwrite.json', { version: 1, use: 'overwrite' }));
  await database.query(`update owner set name = 'An N.' where id = 1`);
  const { code, out, err } = await cli.run('jobs', 'merge', '1');
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toContain('Load 1 waits for review: 1 of 1 file staged');
  expect(err).toContain('The target has moved on: 1 conflict came, went or changed since the load was approved.');
  expect(err).toContain('Merge it:               loadstone jobs merge 1\n');
  await database.query(`update owner set name = 'An M.' where id = 1`);
  expect((await cli.run('jobs', 'merge', '1', '--accept-moved')).code).toBe(0);
  expect(await owners()).toEqual(['1 An 2026-01-01', '2 Bình 2026-03-03', '3 Chi 2026-01-01', '4 Dũng']);
  writeFileSync(data, 'id,name,seen\n1,Anh,2026-01-01\n');
  await cli.run(...load);
  const other = file('other.json', { version: 1, tables: { owner: { columns: { name: 'overwrite' } } } });
  expect((await cli.run('jobs', 'resolve', '2', other)).err).toContain('Merge it:  loadstone jobs merge 2');
  expect((await cli.json('jobs', 'resume', '2')).document).toMatchObject({ state: 'succeeded' });
  expect((await owners())[0]).toBe('1 Anh 2026-01-01');
});

test('a load is merged with resolutions given at the last moment, or nothing is when one of its conflicts fails', async () => {
  await cli.run(...load);
  const fails = file('fail.json', { version: 1, use: 'fail' });
  expect(await cli.json('jobs', 'merge', '1', '--resolutions', fails)).toMatchObject({
    code: 1,
    document: { error: { code: 'CONFLICTS_FOUND' } },
  });
  expect((await cli.json('jobs')).document.jobs[0]).toMatchObject({ state: 'failed', waiting: { conflicts: 2 } });
  const unknown = file('unknown.json', { version: 1, tables: { owners: { use: 'skip' } } });
  expect(await cli.json('jobs', 'merge', '1', '--resolutions', unknown)).toMatchObject({
    code: 2,
    document: { error: { code: 'RESOLUTIONS_INVALID', message: expect.stringContaining('owners') } },
  });
  expect(await cli.json('jobs', 'review', '1', '--table', 'owners')).toMatchObject({ code: 2 });
  const fill = file('fill.json', { version: 1, use: 'merge' });
  expect((await cli.json('jobs', 'merge', '1', '--resolutions', fill)).document).toMatchObject({
    tables: { owner: { inserted: 1, updated: 0, skipped: 2 } },
  });
});

test('what waits can be discarded, and then nothing of it is left', async () => {
  await cli.run(...load);
  const schemas = `select nspname from pg_namespace where nspname like 'loadstone_load_%'`;
  expect(await database.query(schemas)).toHaveLength(1);
  expect((await cli.run('jobs', 'discard', '1')).code).toBe(0);
  expect(await database.query(schemas)).toEqual([]);
  expect((await cli.json('jobs')).document.jobs[0].waiting).toBeUndefined();
});

test('a load whose staged rows were dropped by somebody is staged and checked anew when it is resumed', async () => {
  await cli.run(...load);
  await database.query(
    `do $$ begin execute (select format('drop schema %I cascade', nspname) from pg_namespace where nspname like 'loadstone_load_%'); end $$`,
  );
  expect((await cli.json('jobs', 'merge', '1')).document.error.code).toBe('REVIEW_GONE');
  expect(await cli.json('jobs', 'merge', '1')).toMatchObject({ code: 2, document: { error: { code: 'JOB_STATE' } } });
  expect(await cli.json('jobs', 'resume', '1')).toMatchObject({ code: 4, document: { state: 'waiting_for_review' } });
  expect((await cli.run('jobs', 'merge', '1')).code).toBe(0);
});
