import { expect, test } from 'vitest';
import { pruneUndo } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { closeClient, openClient } from '#engine/postgres/client';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { failureOf, type LoadRun, undoRun } from '#tests/helpers/run-load';

const persons = table('person', { id: 'integer', name: 'text' }, { key: ['id'], onConflict: 'overwrite' });

describeEachServer('what undos need', (server) => {
  const bench = loadBench(server);
  const loadOf = (...names: string[]) => {
    const parts = names.map((name, index) => element('person', { id: index + 1, name }));
    bench.write({ 'a.xml': document(...parts) });
    return bench.run(mappingOf(persons), { skipLoaded: false });
  };
  const age = (...runs: LoadRun[]) =>
    bench.sql(
      `update loadstone.loads set merged_at = now() - interval '100 days' where load_id in (${runs.map(({ loadId }) => `'${loadId}'`).join(', ')})`,
    );
  const prune = async (days: number, dryRun = false) => {
    const session = new DirectSession(bench.database.target);
    try {
      return await pruneUndo(session, { days, dryRun, signal: AbortSignal.timeout(60_000) });
    } finally {
      await session.close();
    }
  };
  const kept = async () =>
    (await bench.sql(`select relname from pg_class where relname ~ '^(inserted|before)_' order by 1`)).length;
  const undone = async (run: LoadRun) => (await bench.undo(run)).person;

  test('is dropped when it is old enough, and only then; the undo then says when that was', async () => {
    const old = await loadOf('one', 'one');
    const young = await loadOf('two');
    await age(old);
    expect({ told: await prune(90, true), kept: await kept() }).toEqual({
      told: { loads: 1, bytes: old.report.undoBytes, kept: 0 },
      kept: 2,
    });
    expect(old.report.undoBytes).toBeGreaterThan(0);
    expect([await prune(101), await prune(90), await prune(90), await kept()]).toEqual([
      { loads: 0, bytes: 0, kept: 0 },
      { loads: 1, bytes: old.report.undoBytes, kept: 0 },
      { loads: 0, bytes: 0, kept: 0 },
      1,
    ]);
    const year = String(new Date().getUTCFullYear());
    expect(await failureOf(undoRun(bench.database, old))).toEqual({
      code: 'UNDO_EXPIRED',
      message: expect.stringContaining(`was removed on ${year}-`),
    });
    expect(await undone(young)).toEqual({ removed: 0, restored: 1, conflicts: 0 });
  });

  test('stays while the undo of an older load needs it; both go together, oldest first', async () => {
    const older = await loadOf('one', 'one');
    const newer = await loadOf('two', 'two');
    await bench.undo(newer);
    await age(newer);
    expect([await prune(90), await kept()]).toEqual([{ loads: 0, bytes: 0, kept: 1 }, 2]);
    await age(older);
    expect([(await prune(90)).loads, await kept()]).toEqual([2, 0]);
  });

  test('lets the older load be undone, and makes its rows conflicts when somebody removed it', async () => {
    const older = await loadOf('one', 'one');
    const newer = await loadOf('two');
    await bench.undo(newer);
    await age(newer);
    await prune(90);
    const [before] = await bench.sql(`select relname from pg_class where relname like 'before_%'`);
    const again = await loadOf('three', 'one', 'three');
    await bench.sql(`drop table loadstone.${before?.relname}`);
    await bench.undo(again);
    expect([await undone(older), await bench.conflicts(older), await bench.rows('person')]).toEqual([
      { removed: 1, restored: 0, conflicts: 1 },
      ['person id=1 inserted changed_since by undo'],
      ['id=1, name=one'],
    ]);
  });

  test('stays while somebody undoes a load, or uses it', async () => {
    const run = await loadOf('one');
    await age(run);
    const other = await openClient(bench.database.target, { applicationName: 'somebody else' });
    try {
      await other.query('begin; select pg_advisory_xact_lock_shared(4710003)');
      expect(await prune(90)).toEqual({ loads: 0, bytes: 0, kept: 1 });
      await other.query(`rollback; begin; select from loadstone.inserted_${run.loadId.replaceAll('-', '')}_0`);
      expect(await prune(90)).toEqual({
        ...{ loads: 0, bytes: 0, kept: 1 },
        failure: expect.stringContaining('lock timeout'),
      });
    } finally {
      await closeClient(other);
    }
    expect(await undone(run)).toEqual({ removed: 1, restored: 0, conflicts: 0 });
  });
});
