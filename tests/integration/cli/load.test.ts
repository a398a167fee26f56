import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { makeDossier } from '#tests/helpers/land-dossiers';
import { CommandLine, EXAMPLES, urlOf } from './command-line.ts';

/** What examples/land-records/README.md says must come out. */
const TABLES = {
  canhan: { read: 53, inserted: 50, updated: 0, unchanged: 1, skipped: 1, rejected: 1 },
  giaychungnhan: { read: 27, inserted: 26, updated: 0, unchanged: 1, skipped: 0, rejected: 0 },
  thuadat: { read: 27, inserted: 26, updated: 0, unchanged: 0, skipped: 0, rejected: 1 },
  hoso: { read: 31, inserted: 31, updated: 0, unchanged: 0, skipped: 0, rejected: 0 },
};
const SKIPPED = [
  '2. Xã Sông Lam/luu-tru/xml/24-xml-folder-too-deep.xml',
  '3. P. Tân Lập (cũ)/26-beside-the-xml-folder.xml',
  'xml/23-no-commune-folder.xml',
];
const ROWS = { canhan: 50, giaychungnhan: 26, thuadat: 26, hoso: 31 };

let database: TestDatabase;
let cli: CommandLine;
let to: readonly string[];

async function open(server: Parameters<typeof createDatabase>[0]): Promise<void> {
  database = await createDatabase(server);
  cli = new CommandLine({ PGPASSWORD: database.target.password, LOADSTONE_UNDO_DAYS: '30' });
  to = ['--to', urlOf(database.target), '--mapping', 'vn-land-records'];
}

afterEach(async () => {
  await cli.dispose();
  await database.drop();
});

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(ROWS)) {
    const [row] = await database.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    counts[table] = row?.n ?? -1;
  }
  return counts;
}

// What differs between servers is shown by the engine's own tests.
describe('loadstone load', () => {
  beforeEach(() => open(embeddedServer()));

  test('loads the examples, and its totals are what SQL counts', async () => {
    const { code, document } = await cli.json('load', EXAMPLES, ...to);
    expect({ code, ...document }).toMatchObject({
      code: 3,
      job: '1',
      state: 'succeeded_with_rejects',
      files: { found: 29, loaded: 27, unchanged: 0, failed: 2 },
      tables: TABLES,
      rejects: { total: 2, byReason: { BAD_VALUE: 1, MISSING_KEY: 1 } },
      undo: 'loadstone jobs undo 1',
    });
    const skipped = document.files.skipped.map(({ path }: { path: string }) => path);
    expect(skipped).toEqual(expect.arrayContaining(SKIPPED));
    expect(document.files.failures).toMatchObject([
      { path: '1. Xa Mau/xml/To2/12-not-well-formed.xml', line: 85, code: 'XML_NOT_WELL_FORMED' },
      { path: '1. Xa Mau/xml/To2/19-empty.xml', code: 'EMPTY_FILE' },
    ]);
    expect(await countRows()).toEqual(ROWS);
    await database.expectNoConnections();
  });

  test('takes what shall become of conflicts from a file', async () => {
    const columns = [
      { name: 'id', path: 'id', type: 'integer' },
      { name: 'a', path: 'a', type: 'text' },
    ];
    const files = {
      'm.json': { version: 1, name: 'm', source: { format: 'csv' }, tables: [{ name: 't', key: ['id'], columns }] },
      'r.json': { version: 1, choices: [{ table: 't', which: { key: { id: '2' } }, use: 'overwrite' }] },
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cli.home, name), JSON.stringify(content));
    writeFileSync(join(cli.home, 'a.csv'), 'id,a\n1,new\n2,new\n3,new\n');
    await database.query(`create table t (id int primary key, a text); insert into t values (1, 'old'), (2, 'old')`);
    const [mapping, resolutions, csv] = ['m.json', 'r.json', 'a.csv'].map((name) => join(cli.home, name));
    const words = ['--to', urlOf(database.target), '--mapping', String(mapping), '--resolutions', String(resolutions)];
    const { code, document } = await cli.json('load', String(csv), ...words);
    expect({ code, tables: document.tables, rows: await database.query('select * from t order by id') }).toMatchObject({
      code: 0,
      tables: { t: { read: 3, inserted: 1, updated: 1, skipped: 1 } },
      rows: [{ a: 'old' }, { a: 'new' }, { a: 'new' }],
    });
  });

  test('finds everything unchanged the second time', async () => {
    await cli.run('load', EXAMPLES, ...to);
    const { document } = await cli.json('load', EXAMPLES, ...to);
    expect(document.files).toMatchObject({ found: 29, loaded: 0, unchanged: 27, failed: 2 });
    expect(await countRows()).toEqual(ROWS);
  });
});

describe('loadstone load', () => {
  beforeEach(() => open(embeddedServer()));

  test('tells people what it did on standard error, and leaves standard output empty', async () => {
    const { code, out, err } = await cli.run('load', EXAMPLES, ...to);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^staging: \d+ of 29 files/m);
    expect(err).toContain('Load 1 is done, with rejects: 27 of 29 files loaded, 2 failed');
    expect(err).toContain('1. Xa Mau/xml/To2/12-not-well-formed.xml:85:');
    expect(err).toContain('2 rows rejected: ');
    expect(err).toContain('See the rejects: loadstone rejects 1\nUndo this load:  loadstone jobs undo 1\n');
    expect(err).not.toContain('\u001b');
  });

  test('--dry-run counts the same and leaves nothing', async () => {
    const { code, document } = await cli.json('load', EXAMPLES, ...to, '--dry-run');
    expect({ code, tables: document.tables }).toEqual({ code: 3, tables: TABLES });
    expect(document.undo).toBeUndefined();
    expect(await database.query("select 1 from pg_class where relname in ('canhan', 'thuadat')")).toEqual([]);
  });

  test('rejects are told to people, to spreadsheets and to programs', async () => {
    await cli.run('load', EXAMPLES, ...to);
    const people = await cli.run('rejects', '1');
    const { document } = await cli.json('rejects', '1');
    const file = join(cli.home, 'rejects.csv');
    const written = await cli.run('rejects', '1', '--out', file);
    expect(people.out.trimEnd().split('\n')).toHaveLength(2);
    expect(people.out).toContain('thuadat.dienTich = "abc"  BAD_VALUE');
    expect(document).toMatchObject({ job: '1', total: 2 });
    expect(written).toEqual({ code: 0, out: '', err: `2 rejects written to ${file}.\n` });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFfile,line,table,path,column,value,code,message,file_id,record');
    expect(lines).toHaveLength(3);
  });

  test('a load is listed, shown and undone, and the audit logs tell of it', async () => {
    await cli.run('load', EXAMPLES, ...to);
    const list = await cli.json('jobs');
    expect(list.document.jobs).toMatchObject([{ job: '1', state: 'succeeded_with_rejects', rows: 133, rejects: 2 }]);
    const shown = (await cli.json('jobs', 'show', '1')).document;
    expect(shown).toMatchObject({ job: '1', report: { tables: TABLES }, undo: { bytes: shown.report.undoBytes } });
    expect(Date.parse(shown.undo.keptUntil) - Date.parse(shown.endedAt)).toBe(30 * 86_400_000);
    const [row] = await database.query<{ id: string }>('select canhanid as id from canhan order by 1 limit 1');
    const id = row?.id ?? '';
    const server = to.slice(0, 2);
    await database.query(`update canhan set hoten = 'by hand' where canhanid = $1`, [id]);
    expect((await cli.json('jobs', 'trace', 'public.canhan', id, ...server)).document).toMatchObject({
      ...{ found: true, changedSince: true },
      events: [{ act: 'inserted', job: 1, path: expect.stringContaining('.xml'), line: expect.any(Number) }],
    });
    const left = { table: 'canhan', key: { canhanid: id }, act: 'inserted', reason: 'changed_since' };
    const preview = await cli.json('jobs', 'undo', '1', '--dry-run');
    expect(preview).toMatchObject({ code: 3, document: { state: 'succeeded_with_rejects', dryRun: true } });
    expect(preview.document.conflicts).toContainEqual(expect.objectContaining(left));
    expect(await cli.json('jobs', 'undo', '1')).toMatchObject({
      code: 3,
      document: { job: '1', state: 'undone', tables: preview.document.tables, conflicts: preview.document.conflicts },
    });
    expect(await countRows()).toEqual({
      canhan: preview.document.conflicts.length,
      giaychungnhan: 0,
      thuadat: 0,
      hoso: 0,
    });
    expect((await cli.run('jobs', 'show', '1')).out).toContain(`canhan canhanid=${id}: changed since\n`);
    expect(await cli.json('jobs', 'prune', '--older-than', '0', ...server)).toEqual({
      code: 0,
      document: { olderThanDays: 0, dryRun: false, loads: 1, bytes: shown.report.undoBytes, kept: 0 },
    });
    expect(await cli.json('jobs', 'undo', '1')).toMatchObject({ code: 2, document: { error: { code: 'JOB_STATE' } } });

    const file = join(cli.home, 'audit.csv');
    const target = ['audit', ...to.slice(0, 2)] as const;
    expect(await cli.run(...target, '--out', file)).toMatchObject({ code: 0, err: `3 entries written to ${file}.\n` });
    expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(4);
    const here = await cli.json('audit', '--since', '2026-01-01');
    expect(here.document).toMatchObject({ source: 'ledger', total: 5 });
    const entries = here.document.entries as readonly { readonly action: string; readonly files: object }[];
    expect(entries.map(({ action }) => action)).toEqual([
      'audit_exported',
      'undo_dropped',
      'undone',
      'merged',
      'ordered',
    ]);
    const there = await cli.json(...target, '--action', 'undone', '--limit', '5');
    expect(there.document.entries).toMatchObject([{ action: 'undone', files: entries[2]?.files, job: null }]);
    expect((await cli.run('audit')).out).toMatch(/undone +1 +132 removed.*merged +1 +138 read/s);
  });

  test('preview shows rows, DDL and rejects, and changes nothing', async () => {
    const { code, document } = await cli.json('preview', EXAMPLES, ...to, '--rows', '2');
    expect(code).toBe(3);
    expect(document.tables.thuadat.rows).toHaveLength(2);
    expect(document.tables.thuadat.counts.read).toBe(27);
    expect(document.ddl.join('\n')).toMatch(/create table/i);
    expect(await database.query("select 1 from pg_class where relname = 'thuadat'")).toEqual([]);
  });

  test('tables are created as the dry run says, once', async () => {
    const dry = await cli.run('tables', 'create', ...to, '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/create table/i) });
    const made = await cli.json('tables', 'create', ...to);
    expect(made.document.created).toEqual(['canhan', 'giaychungnhan', 'thuadat', 'hoso']);
    expect((await cli.json('tables', 'create', ...to)).document).toMatchObject({ created: [], ddl: [] });
  });

  test('a folder without fitting files is wrong usage', async () => {
    const { code, document } = await cli.json('load', join(EXAMPLES, '1. Xa Mau/ho-so-quet'), ...to);
    expect({ code, error: document.error.code }).toEqual({ code: 2, error: 'NO_FILES' });
  });

  test('a load whose files all fail has failed, with nothing merged', async () => {
    const folder = join(cli.home, 'data/x/xml');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'a.xml'), '<a>');
    const { code, document } = await cli.json('load', join(cli.home, 'data'), ...to);
    expect({ code, ...document }).toMatchObject({
      code: 1,
      error: { code: 'ALL_FILES_FAILED' },
      job: '1',
      state: 'failed',
      files: { found: 1, loaded: 0, failed: 1, failures: [{ path: 'x/xml/a.xml', code: 'XML_NOT_WELL_FORMED' }] },
      tables: { thuadat: { read: 0, inserted: 0 } },
    });
    const { code: again, out, err } = await cli.run('load', join(cli.home, 'data'), ...to);
    expect({ again, out }).toEqual({ again: 1, out: '' });
    expect(err).toContain('Load 2 failed, nothing was merged: 0 of 1 file loaded, 1 failed');
    expect(err).toMatch(/^ {2}x\/xml\/a\.xml:1:\d+ {2}XML_NOT_WELL_FORMED/m);
    expect((await cli.json('jobs', 'show', '2')).document.report.files.failures).toHaveLength(1);
  });

  test('a load that failed over its rejects tells them, to programs and to people', async () => {
    const { code, document } = await cli.json('load', EXAMPLES, ...to, '--max-rejects', '0');
    expect({ code, ...document }).toMatchObject({
      code: 1,
      error: { code: 'TOO_MANY_REJECTS' },
      state: 'failed',
      files: { found: 29, loaded: 0, failed: 2 },
      tables: { canhan: { read: 53, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 1 } },
      rejects: { total: 2, byReason: { BAD_VALUE: 1, MISSING_KEY: 1 } },
    });
    expect(document.rejects.sample).toHaveLength(2);
    expect(document.undo).toBeUndefined();
    const { code: abort, out, err } = await cli.run('load', EXAMPLES, ...to, '--on-error', 'abort');
    expect({ abort, out }).toEqual({ abort: 1, out: '' });
    expect(err).toContain('12-not-well-formed.xml:85:');
    expect(err).toContain('2 rows rejected: ');
    expect(err).toContain('thuadat.dienTich = "abc"  BAD_VALUE');
  });

  test('an undo is not offered for a table without a key, whose rows could not be told apart', async () => {
    const folder = join(cli.home, 'data');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.xml'), '<r><t><x>1</x></t></r>');
    const file = join(cli.home, 'mapping.json');
    const columns = [{ name: 'x', type: 'integer', path: 'x' }];
    const tables = [{ name: 't', records: '/r/t', columns }];
    writeFileSync(file, JSON.stringify({ version: 1, name: 'keyless', source: { format: 'xml' }, tables }));
    await database.query('create table t (x int)');
    const load = ['load', folder, '--to', urlOf(database.target), '--mapping', file];
    const { code, document } = await cli.json(...load);
    const { err } = await cli.run(...load, '--no-skip-loaded');
    expect({ code, inserted: document.tables.t.inserted, undo: document.undo }).toEqual({ code: 0, inserted: 1 });
    expect(err).toContain('Load 2 is done');
    expect(err).not.toContain('undo');
  });

  test('--max-rejects ends a load that rejects more', async () => {
    const { code, document } = await cli.json('load', EXAMPLES, ...to, '--max-rejects', '1');
    expect({ code, error: document.error.code }).toEqual({ code: 1, error: 'TOO_MANY_REJECTS' });
    expect(
      await database.query(
        "select 1 from pg_class c join pg_namespace n on n.oid = relnamespace where relname = 'canhan' and nspname = 'public'",
      ),
    ).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  const DOSSIERS = 3000;
  let data: string;

  beforeEach(async () => {
    await open(embeddedServer());
    data = join(cli.home, 'data');
    mkdirSync(join(data, 'xa/xml'), { recursive: true });
    for (let number = 1; number <= DOSSIERS; number += 1) {
      writeFileSync(join(data, `xa/xml/${number}.xml`), makeDossier({ commune: '90011', number }));
    }
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s cancels with the true summary, and resume ends the load',
    async (signal) => {
      const load = cli.start('load', data, ...to, '--workers', '1');
      await load.heard(/^staging: [1-9]\d* of/m);
      load.child.kill(signal);
      const { code, out, err } = await load.ended;
      expect({ code, out }).toEqual({ code: 130, out: '' });
      expect(err).toContain('loadstone jobs resume 1');
      expect((await cli.json('jobs', 'show', '1')).document.state).toBe('cancelled');
      expect(
        await database.query(
          "select 1 from pg_class c join pg_namespace n on n.oid = relnamespace where relname = 'thuadat' and nspname = 'public' and reltuples > 0",
        ),
      ).toEqual([]);
      const resumed = await cli.json('jobs', 'resume', '1');
      expect(resumed).toMatchObject({
        code: 0,
        document: { state: 'succeeded', files: { found: DOSSIERS, failed: 0 } },
      });
      expect((await countRows()).thuadat).toBe(DOSSIERS);
    },
  );

  test('with --json the summary is the one document', async () => {
    const load = cli.start('load', data, ...to, '--workers', '1', '--json');
    await expect
      .poll(() => cli.json('jobs', 'show', '1').then(({ document }) => document.state), { timeout: 20_000 })
      .toBe('running');
    load.child.kill('SIGINT');
    const { code, out } = await load.ended;
    expect({ code, document: JSON.parse(out) }).toMatchObject({
      code: 130,
      document: { job: '1', state: 'cancelled', tables: {}, resume: 'loadstone jobs resume 1' },
    });
  });

  test('twice kills, and the job can still be resumed', async () => {
    const load = cli.start('load', data, ...to, '--workers', '1');
    await load.heard(/^staging: [1-9]\d* of/m);
    load.child.kill('SIGINT');
    await load.heard(/Stopping/);
    await new Promise((resolve) => setTimeout(resolve, 250));
    load.child.kill('SIGINT');
    expect((await load.ended).code).toBe(130);
    expect(await cli.json('jobs', 'resume', '1')).toMatchObject({ code: 0 });
    expect((await countRows()).thuadat).toBe(DOSSIERS);
  });

  test('"jobs cancel" in another process does the same, and discard drops what was staged', async () => {
    const load = cli.start('load', data, ...to, '--workers', '1');
    await load.heard(/^staging: [1-9]\d* of/m);
    expect(await cli.json('jobs', 'cancel', '1')).toMatchObject({
      code: 0,
      document: { job: '1', state: 'cancelled' },
    });
    expect((await load.ended).code).toBe(130);
    expect(await cli.json('jobs', 'discard', '1')).toMatchObject({ code: 0, document: { state: 'discarded' } });
    expect(await cli.json('jobs', 'resume', '1')).toMatchObject({
      code: 2,
      document: { error: { code: 'JOB_STATE' } },
    });
  });
});
