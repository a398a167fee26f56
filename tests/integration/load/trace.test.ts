import { expect, test } from 'vitest';
import type { Trace, TraceRequest } from '#contract/api/traces';
import { browseTrace, pruneUndo } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { failureOf } from '#tests/helpers/run-load';

const OVERWRITE = { onConflict: 'overwrite' } as const;
const persons = table('person', { id: 'integer', name: 'text', born: 'date' }, { key: ['id'], ...OVERWRITE });
const plots = table(
  'plot',
  { commune: 'text', number: 'integer', area: 'numeric(10,2)' },
  { key: ['commune', 'number'], ...OVERWRITE },
);

/** `act path:line column: old → new, … undone left` */
function lineOf({ act, path, line, values, undone }: Trace['events'][number]): string {
  const changes = values?.map(({ column, old, new: now }) => `${column}: ${old} → ${now}`).join(', ');
  const end = undone === undefined ? [] : ['undone', undone.left];
  return [act, `${path}:${line}`, changes, ...end].filter((part) => part).join(' ');
}

describeEachServer('the trace of a row', (server) => {
  const bench = loadBench(server);
  const load = async (...parts: string[]) => {
    bench.write({ 'a.xml': document(...parts) });
    return bench.run(mappingOf(persons, plots), { skipLoaded: false });
  };
  const inSession = async <T>(work: (session: DirectSession, signal: AbortSignal) => Promise<T>) => {
    const session = new DirectSession(bench.database.target);
    try {
      return await work(session, AbortSignal.timeout(60_000));
    } finally {
      await session.close();
    }
  };
  const trace = (name: string, key: TraceRequest['key']) =>
    inSession((session, signal) => browseTrace(session, { table: name, key }, { signal }));
  const summary = async (name: string, key: TraceRequest['key']) => {
    const { found, changedSince, forgotten, truncated, events, key: shown } = await trace(name, key);
    return { key: shown, found, changedSince, forgotten: forgotten?.loads ?? 0, truncated, events: events.map(lineOf) };
  };
  const plain = { found: true, changedSince: false, forgotten: 0, truncated: false };

  test('names the loads that wrote it, with file and line and what each changed, newest first', async () => {
    await load(
      element('person', { id: 7, name: 'one', born: '2001-02-03' }),
      element('plot', { commune: 'A b', number: 1, area: 5 }),
    );
    const second = await load(element('person', { id: 1, name: 'x' }), element('person', { id: 7, name: 'two' }));
    const third = await load(
      element('person', { id: 7, name: 'three', born: '2001-02-04' }),
      element('plot', { commune: 'A b', number: 1, area: 6 }),
    );
    const { events } = await trace('person', ['07']);
    expect(events.map(({ loadId }) => loadId).slice(0, 2)).toEqual([third.loadId, second.loadId]);
    expect([await summary('person', ['07']), await summary('plot', { number: '1', commune: 'A b' })]).toEqual([
      {
        ...plain,
        key: { id: '7' },
        events: [
          'changed a.xml:2 name: two → three, born: null → 2001-02-04',
          'changed a.xml:3 name: one → two, born: 2001-02-03 → null',
          'inserted a.xml:2',
        ],
      },
      {
        ...plain,
        key: { commune: 'A b', number: '1' },
        events: ['changed a.xml:3 area: 5.00 → 6.00', 'inserted a.xml:3'],
      },
    ]);
    await bench.undo(third);
    await bench.undo(second);
    expect(await summary('person', ['7'])).toEqual({
      ...plain,
      key: { id: '7' },
      events: [
        'changed a.xml:2 undone',
        'changed a.xml:3 name: one → two, born: 2001-02-03 → null undone',
        'inserted a.xml:2',
      ],
    });
  });

  test('says who else may have written it: other programs, loads that are undone, loads of which nothing is kept', async () => {
    const first = await load(element('person', { id: 7, name: 'one' }), element('person', { id: 8, name: 'one' }));
    await load(element('person', { id: 7, name: 'two' }));
    await bench.sql(`update person set name = 'by hand' where id = 7; insert into person values (9, 'by hand')`);
    await bench.undo(first);
    const told = [await summary('person', ['7']), await summary('person', ['8']), await summary('person', ['9'])];
    await inSession((session, signal) => pruneUndo(session, { days: 0, signal }));
    expect([...told, await summary('person', ['7'])]).toEqual([
      {
        ...{ ...plain, key: { id: '7' }, changedSince: true },
        events: ['changed a.xml:2', 'inserted a.xml:2 undone changed_since'],
      },
      { ...plain, key: { id: '8' }, found: false, events: ['inserted a.xml:3 undone'] },
      { ...plain, key: { id: '9' }, events: [] },
      { ...plain, key: { id: '7' }, forgotten: 2, events: [] },
    ]);
  });

  test('is of one row: a key that tells none or several is refused, with the key that would', async () => {
    await load(
      element('plot', { commune: 'A', number: 1, area: 5 }),
      element('plot', { commune: 'A', number: 2, area: 5 }),
    );
    expect([
      await failureOf(trace('plot', ['A'])),
      await failureOf(trace('plot', { commune: 'A' })),
      await failureOf(trace('plot', { nothing: 'A' })),
      await failureOf(trace('plot', ['A', 'one'])),
      await failureOf(trace('nothing', ['A'])),
    ]).toEqual([
      { code: 'USAGE', message: expect.stringContaining('its key has 2 values, not 1') },
      { code: 'USAGE', message: expect.stringContaining('several rows have these values of commune') },
      { code: 'USAGE', message: expect.stringContaining('it has no column nothing') },
      { code: 'USAGE', message: expect.stringContaining('invalid input syntax for type integer: "one"') },
      { code: 'DATABASE_ERROR', message: expect.stringContaining('no table') },
    ]);
    await bench.sql(
      "create schema bare; create table bare.t (x int, note json); insert into bare.t values (1, '{}'); create view bare.v as select 1 as x",
    );
    const bare = await inSession((session, signal) =>
      browseTrace(session, { schema: 'bare', table: 't', key: { x: '1', note: '{}' } }, { signal }),
    );
    const view = inSession((session, signal) =>
      browseTrace(session, { schema: 'bare', table: 'v', key: ['1'] }, { signal }),
    );
    expect(await failureOf(view)).toMatchObject({ code: 'USAGE', message: expect.stringContaining('is a view') });
    expect(bare).toMatchObject({ schema: 'bare', found: true, events: [] });
  });
});
