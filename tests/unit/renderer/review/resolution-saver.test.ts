import { expect, test, vi } from 'vitest';
import type { Resolutions } from '#contract/resolutions';
import { choose, forAllTables, forTable, withoutChoice } from '#renderer/screens/review/model/edit-resolutions.ts';
import { ResolutionSaver } from '#renderer/screens/review/model/resolution-saver.ts';

const EMPTY: Resolutions = { version: 1 };
const isStale = (thrown: unknown) => thrown === 'stale';

/** A host that keeps a document as ours does, and answers when it is told to. */
class Host {
  saved = { resolutions: EMPTY, revision: 1 };
  readonly asked: (readonly [Resolutions, number])[] = [];
  fault: unknown = null;
  /** Whether what cannot be answered is kept all the same. */
  isAnswerLost = false;
  ends = 0;
  #gate = Promise.withResolvers<void>();

  readonly save = async (resolutions: Resolutions, revision: number) => {
    this.asked.push([resolutions, revision]);
    await this.#gate.promise;
    if (this.fault !== null && !this.isAnswerLost) throw this.fault;
    if (revision !== this.saved.revision) throw 'stale';
    this.saved = { resolutions, revision: revision + 1 };
    if (this.fault !== null) throw this.fault;
    return this.saved;
  };

  readonly read = async () => this.saved;

  open(): void {
    this.#gate.resolve();
  }
}

function start(host: Host): ResolutionSaver {
  return new ResolutionSaver({
    start: host.saved,
    save: host.save,
    read: host.read,
    isStale,
    onEnd: () => {
      host.ends += 1;
    },
  });
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
  await vi.waitFor(() => expect(host.ends).toBe(1));
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
  expect(saver.state).toMatchObject({ overtaken: 'kept', canUndo: false });
  saver.acknowledge();
  expect(saver.state.overtaken).toBeNull();
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
  expect(saver.state.overtaken).toBe('dropped');
});

test('a change of somebody else is taken when nothing is being saved, an older answer never', () => {
  const saver = start(new Host());
  saver.follow({ resolutions: { version: 1, use: 'merge' }, revision: 2 });
  saver.follow({ resolutions: EMPTY, revision: 1 });
  expect(saver.state).toMatchObject({ resolutions: { use: 'merge' }, revision: 2, overtaken: 'kept' });
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

const choiceFor = (id: string) => ({ table: 't', which: { key: { id } }, use: 'skip' }) as const;

test('a choice that is taken back is the one that was pressed, wherever others have moved it', async () => {
  const host = new Host();
  host.open();
  const [one, two, three, four] = [choiceFor('1'), choiceFor('2'), choiceFor('3'), choiceFor('4')];
  host.saved = { resolutions: { version: 1, choices: [one, two, three, four] }, revision: 4 };
  const saver = start(host);
  host.saved = { resolutions: { version: 1, choices: [two, three, four] }, revision: 5 };
  saver.change(withoutChoice(three));
  await settled(saver);
  expect(host.saved).toEqual({ resolutions: { version: 1, choices: [two, four] }, revision: 6 });
});

test('a save that landed and whose answer was lost is done once, and is nobody else’s', async () => {
  const host = new Host();
  host.open();
  const [one, two, three] = [choiceFor('1'), choiceFor('2'), choiceFor('3')];
  host.saved = { resolutions: { version: 1, choices: [one, two, three] }, revision: 4 };
  host.fault = new Error('line broken');
  host.isAnswerLost = true;
  const saver = start(host);
  saver.change(withoutChoice(one));
  expect(await saver.settled()).toMatchObject({ status: 'failed' });
  host.fault = null;
  saver.retry();
  await settled(saver);
  expect(host.saved).toEqual({ resolutions: { version: 1, choices: [two, three] }, revision: 5 });
  expect(saver.state).toMatchObject({ status: 'saved', revision: 5, overtaken: null, canUndo: true });

  host.fault = new Error('line broken');
  saver.undo();
  expect(await saver.settled()).toMatchObject({ status: 'failed' });
  saver.follow(host.saved);
  expect(saver.state).toMatchObject({ status: 'saved', error: null, overtaken: null });
  expect(saver.state.resolutions.choices).toEqual([one, two, three]);
});
