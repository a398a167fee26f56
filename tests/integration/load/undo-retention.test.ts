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
  const write = (...names: string[]) =>
    bench.write({ 'a.xml': document(...names.map((name, index) => element('person', { id: index + 1, name }))) });
  const loadOf = (...names: string[]) => {
    write(...names);
    return bench.run(mappingOf(persons), { skipLoaded: false });
  };
  const loadFor = (undoDays: number | null, ...names: string[]) => {
    write(...names);
    return bench.run(mappingOf(persons), { skipLoaded: false, undoDays });
  };
  /** As if they had been merged a hundred days ago. */
  const age = (...runs: LoadRun[]) =>
    bench.sql(
      `update loadstone.loads set merged_at = merged_at - interval '100 days', undo_kept_until = undo_kept_until - interval '100 days' where load_id in (${runs.map(({ loadId }) => `'${loadId}'`).join(', ')})`,
    );
  const prune = async (days: number, { dryRun = false, always = false } = {}) => {
    const session = new DirectSession(bench.database.target);
    try {
      const { loadIds: _, ...told } = await pruneUndo(session, {
        days,
        always,
        dryRun,
        signal: AbortSignal.timeout(60_000),
      });
      return told;
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
    expect({ told: await prune(90, { dryRun: true }), kept: await kept() }).toEqual({
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

  test('goes when its own load said, whoever prunes; whoever wants the space takes all', async () => {
    const long = await loadFor(null, 'one');
    const short = await loadFor(30, 'two');
    expect([long.report.undoDays, short.report.undoDays]).toEqual([null, 30]);
    expect([(await prune(1)).loads, (await prune(0)).loads]).toEqual([0, 0]);
    await age(long, short);
    expect([(await prune(1_000)).loads, (await prune(1)).loads, await kept()]).toEqual([1, 0, 1]);
    expect([(await prune(99, { always: true })).loads, await kept()]).toEqual([1, 0]);
  });

  test('stays for no older load that wrote nothing', async () => {
    await loadOf('one');
    const idle = await loadOf('one');
    const newer = await loadOf('two');
    await bench.undo(newer);
    await age(idle, newer);
    await bench.sql(
      `update loadstone.loads set undo_dropped_at = now() where load_id not in ('${idle.loadId}', '${newer.loadId}')`,
    );
    expect(await prune(90)).toMatchObject({ loads: 1, kept: 0 });
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
