import { expect, test, vi } from 'vitest';
import type { Resolutions } from '#contract/resolutions';
import { choose, forAllTables, forTable } from '#renderer/screens/review/model/edit-resolutions.ts';
import { ResolutionSaver } from '#renderer/screens/review/model/resolution-saver.ts';

const EMPTY: Resolutions = { version: 1 };
const isStale = (thrown: unknown) => thrown === 'stale';

/** A host that keeps a document as ours does, and answers when it is told to. */
class Host {
  saved = { resolutions: EMPTY, revision: 1 };
  readonly asked: (readonly [Resolutions, number])[] = [];
  fault: unknown = null;
  #gate = Promise.withResolvers<void>();

  readonly save = async (resolutions: Resolutions, revision: number) => {
    this.asked.push([resolutions, revision]);
    await this.#gate.promise;
    if (this.fault !== null) throw this.fault;
    if (revision !== this.saved.revision) throw 'stale';
    this.saved = { resolutions, revision: revision + 1 };
    return this.saved;
  };

  readonly read = async () => this.saved;

  open(): void {
    this.#gate.resolve();
  }
}

function start(host: Host): ResolutionSaver {
  return new ResolutionSaver({ start: host.saved, save: host.save, read: host.read, isStale });
}

const settled = (saver: ResolutionSaver) => vi.waitFor(() => expect(saver.state.status).not.toBe('saving'));

test('a change shows at once; what is changed while it is saved goes with one further save', async () => {
  const host = new Host();
  const saver = start(host);
  saver.change(forAllTables('skip'));
  saver.change(forTable('t', 'merge'));
  saver.change(forTable('t', 'overwrite'));
  expect(saver.state).toMatchObject({
    resolutions: { use: 'skip', tables: { t: { use: 'overwrite' } } },
    status: 'saving',
  });
  host.open();
  await settled(saver);
  expect(host.asked).toEqual([
    [{ version: 1, use: 'skip' }, 1],
    [{ version: 1, use: 'skip', tables: { t: { use: 'overwrite' } } }, 2],
  ]);
  expect(saver.state).toMatchObject({ status: 'saved', revision: 3 });
});

test('undo goes back change by change, and a change that says nothing new is none', async () => {
  const host = new Host();
  host.open();
  const saver = start(host);
  saver.change(forAllTables('skip'));
  saver.change(forAllTables('skip'));
  saver.change(choose({ table: 't', which: { key: { id: '1' } }, use: 'overwrite' }));
  saver.undo();
  expect(saver.state).toMatchObject({ resolutions: { version: 1, use: 'skip' }, canUndo: true });
  saver.undo();
  await settled(saver);
  expect([saver.state.canUndo, host.saved.resolutions]).toEqual([false, EMPTY]);
});

test('without a change of this window, undo takes back the last choice', async () => {
  const host = new Host();
  host.open();
  const choice = { table: 't', which: { key: { id: '1' } }, use: 'skip' } as const;
  host.saved = { resolutions: { version: 1, choices: [choice, { ...choice, table: 'u' }] }, revision: 4 };
  const saver = start(host);
  saver.undo();
  saver.undo();
  await settled(saver);
  expect([saver.state.canUndo, host.saved.resolutions]).toEqual([false, EMPTY]);
});

test('what somebody else saved first stays, with the change made on it, and is told', async () => {
  const host = new Host();
  const saver = start(host);
  saver.change(forTable('t', 'merge'));
  host.saved = { resolutions: { version: 1, use: 'fail' }, revision: 2 };
  host.open();
  await settled(saver);
  expect(host.saved).toEqual({
    resolutions: { version: 1, use: 'fail', tables: { t: { use: 'merge' } } },
    revision: 3,
  });
  expect(saver.state).toMatchObject({ isOvertaken: true, canUndo: false });
  saver.acknowledge();
  expect(saver.state.isOvertaken).toBe(false);
});

test('an undo that comes after somebody else’s change undoes nothing of theirs', async () => {
  const host = new Host();
  host.open();
  const saver = start(host);
  saver.change(forAllTables('skip'));
  await settled(saver);
  const theirs = { resolutions: { version: 1, use: 'fail' } as const, revision: 5 };
  host.saved = theirs;
  saver.undo();
  await settled(saver);
  expect([host.saved, saver.state.resolutions]).toEqual([theirs, theirs.resolutions]);
});

test('a change of somebody else is taken when nothing is being saved, an older answer never', () => {
  const saver = start(new Host());
  saver.follow({ resolutions: { version: 1, use: 'merge' }, revision: 2 });
  saver.follow({ resolutions: EMPTY, revision: 1 });
  expect(saver.state).toMatchObject({ resolutions: { use: 'merge' }, revision: 2, isOvertaken: true });
});

test('a save that fails keeps what was wanted, to be tried again or given up', async () => {
  const host = new Host();
  host.open();
  host.fault = new Error('gone');
  const saver = start(host);
  saver.change(forAllTables('merge'));
  await settled(saver);
  expect(saver.state).toMatchObject({ status: 'failed', error: host.fault, resolutions: { use: 'merge' } });
  host.fault = null;
  saver.retry();
  await settled(saver);
  expect(saver.state).toMatchObject({ status: 'saved', error: null, revision: 2 });
  host.fault = 'again';
  saver.change(forAllTables('skip'));
  await settled(saver);
  saver.giveUp();
  expect(saver.state).toMatchObject({ status: 'saved', resolutions: { use: 'merge' } });
});
