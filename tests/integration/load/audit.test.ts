import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { AuditFilter, AuditRequest } from '#contract/api/audit';
import { connectionText } from '#contract/connection-text';
import { DirectSession, exportAudit, pageAudit, pageLoadFiles } from '#engine/door';
import { noteInTarget } from '#engine/postgres/note-in-target';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { failureOf } from '#tests/helpers/run-load';

const mapping = mappingOf(table('item', { id: 'integer', n: 'integer' }, { key: ['id'], onConflict: 'overwrite' }));
const item = (id: number, n: number | string) => element('item', { id, n });
const signal = () => AbortSignal.timeout(60_000);
const connection = { kind: 'embedded' } as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describeEachServer("the target's audit log", (server) => {
  const bench = loadBench(server);
  const withSession = async <T>(work: (session: DirectSession) => Promise<T>): Promise<T> => {
    const session = new DirectSession(bench.database.target);
    return work(session).finally(() => session.close());
  };
  const page = (changes: Partial<AuditRequest> = {}) =>
    withSession((session) =>
      pageAudit(
        session,
        { connection, request: { filter: {}, offset: 0, limit: 100, ...changes } },
        { signal: signal() },
      ),
    );
  const actions = async (filter: AuditFilter = {}) => (await page({ filter })).entries.map(({ action }) => action);
  const files = { 'b.xml': document(item(1, 1), item(2, 2)), 'a/Đất.xml': document(item(3, 3), item(4, 'x')) };

  test('tells who merged and undid a load, from which files with which hashes, and to whom the database knew it', async () => {
    bench.write(files);
    const run = await bench.run(mapping);
    await bench.undo(run);
    const { entries, matching, upTo } = await page();
    const list = Object.entries(files)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([path, text]) => ({ path, root: bench.folder, bytes: Buffer.byteLength(text), sha256: sha256(text) }));
    const digest = sha256(list.map((file) => `${file.sha256}  ${file.path}\n`).join(''));
    const bytes = list.reduce((sum, file) => sum + file.bytes, 0);
    const common = {
      ...{ user: userInfo().username, host: hostname(), program: null, job: null, loadId: run.loadId },
      ...{ connection: connectionText(connection), files: { count: 2, bytes, digest } },
      session: { user: bench.database.target.user, address: entries[0]?.session?.address, application: 'loadstone' },
    };
    expect(run.report.digest).toBe(digest);
    expect({ matching, upTo }).toEqual({ matching: 2, upTo: entries[0]?.id });
    expect(entries).toMatchObject([
      { ...common, action: 'undone', counts: { removed: 3, restored: 0, conflicts: 0 } },
      {
        ...common,
        action: 'merged',
        counts: { read: 4, inserted: 3, updated: 0, unchanged: 0, skipped: 0, rejected: 1 },
        facts: { mapping: 'test', tables: ['public.item'] },
      },
    ]);
    expect(Math.abs(Date.now() - Date.parse(entries[0]?.at ?? ''))).toBeLessThan(60_000);
    const request = { loadId: run.loadId, offset: 0, limit: 10 };
    const kept = await withSession((session) => pageLoadFiles(session, request, { signal: signal() }));
    expect(kept).toEqual({ files: list, matching: 2 });
  });

  test('holds nothing of a dry run, of a load that failed, and of an undo that was refused', async () => {
    bench.write(files);
    await bench.run(mapping, { dryRun: true });
    await bench.failure(mapping, { maxRejects: { rows: 0 } });
    expect(await page()).toEqual({ entries: [], matching: 0, upTo: null });
    bench.write({ 'keyless.xml': document(element('theirs', { x: 1 })) });
    await bench.sql('create table theirs (x int)');
    const run = await bench.run(mappingOf(table('theirs', { x: 'integer' })), { onError: 'row' });
    expect((await failureOf(bench.undo(run))).code).toBe('UNDO_CONFLICT');
    expect(await actions()).toEqual(['merged']);
  });

  test('is written in the very transaction: what rolls that back takes the entry with it, and without it nothing is merged', async () => {
    bench.write(files);
    await bench.run(mapping);
    await bench.sql(
      `create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
       create trigger full_disk before insert on loadstone.audit for each row execute function full_disk()`,
    );
    bench.write({ 'c.xml': document(item(9, 9)) });
    await expect(bench.run(mapping)).rejects.toThrow('no room');
    await bench.sql('drop trigger full_disk on loadstone.audit');
    expect(await bench.rows('item')).toEqual(['id=1, n=1', 'id=2, n=2', 'id=3, n=3']);
    await withSession(async (session) => {
      const client = await session.connect(signal());
      await client.query('begin');
      await noteInTarget(client, { action: 'resolved', loadId: '00000000-0000-4000-8000-000000000000' });
      await client.query('rollback');
    });
    expect(await actions()).toEqual(['merged']);
  });

  test('refuses to be changed, deleted or truncated, and so do the files of its loads; what counts may change', async () => {
    bench.write(files);
    const run = await bench.run(mapping);
    const before = await bench.sql('select a.*, f.* from loadstone.audit a join loadstone.files f using (load_id)');
    for (const sql of [
      `update loadstone.audit set os_user = 'somebody else'`,
      'update loadstone.audit set at = at',
      'delete from loadstone.audit',
      'truncate loadstone.audit',
      `set session_replication_role = replica; delete from loadstone.audit`,
      `update loadstone.files set path = 'another'`,
      `update loadstone.files set sha256 = repeat('0', 64), counts = false`,
      'delete from loadstone.files',
      'delete from loadstone.loads',
      'truncate loadstone.files',
      'truncate loadstone.loads cascade',
    ]) {
      await expect(bench.sql(sql), sql).rejects.toThrow('audit log');
    }
    expect(await bench.sql('select a.*, f.* from loadstone.audit a join loadstone.files f using (load_id)')).toEqual(
      before,
    );
    await bench.sql('update loadstone.files set counts = false');
    await bench.undo(run);
    expect(await actions()).toEqual(['undone', 'merged']);
  });

  test('is filtered and paged in SQL, other people’s entries among them, and written as a CSV file that no spreadsheet runs', async () => {
    bench.write(files);
    const run = await bench.run(mapping);
    await bench.sql(
      `insert into loadstone.audit (at, os_user, os_host, action, load_id, facts)
       select timestamptz '2026-01-01 00:00+07' + make_interval(hours => n), '=cmd|calc', 'máy-' || n, 'undone',
         gen_random_uuid(), jsonb_build_object('why', 'Ồ "' || n || '"') from generate_series(1, 1200) n
       union all select '2026-03-01', 'x', 'y', 'from_the_future', null, '{}'`,
    );
    expect(await actions({ action: 'merged' })).toEqual(['merged']);
    expect(await actions({ text: ' MáY-777' })).toEqual(['undone']);
    expect(await actions({ text: 'Ồ "12"' })).toEqual(['undone']);
    expect(await actions({ text: run.loadId.slice(0, 13) })).toEqual(['merged']);
    expect(await actions({ from: '2026-02-28T00:00:00Z', to: '2026-04-01T00:00:00Z' })).toEqual(['other']);
    const hours = await page({ filter: { from: '2026-01-01T00:00:00+07:00', to: '2026-01-01T03:00:00+07:00' } });
    expect(hours.matching).toBe(2);
    const first = await page({ limit: 2 });
    await bench.run(mapping, { skipLoaded: false });
    const second = await page({ limit: 1, offset: 1, ...(first.upTo !== null && { upTo: first.upTo }) });
    expect([second.matching, second.entries[0]]).toEqual([1202, first.entries[1]]);
    const path = join(bench.folder, 'audit.csv');
    const written = await withSession((session) =>
      exportAudit(session, { connection, filter: { action: 'undone' }, path, signal: signal() }),
    );
    const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true, bom: true });
    expect([written, rows.length]).toEqual([1200, 1200]);
    expect(rows[0]).toMatchObject({
      user: "'=cmd|calc",
      host: 'máy-1200',
      action: 'undone',
      connection: 'embedded',
      facts: JSON.stringify({ why: 'Ồ "1200"' }),
      database_user: bench.database.target.user,
    });
  });

  test('is empty where nothing was ever loaded, and leaves such a database as it is', async () => {
    expect(await page()).toEqual({ entries: [], matching: 0, upTo: null });
    expect(await bench.sql(`select from pg_namespace where nspname = 'loadstone'`)).toEqual([]);
  });
});
