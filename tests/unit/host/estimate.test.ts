import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { estimateLoad, type PastLoad } from '#host/jobs/estimate';
import { JobList } from '#host/jobs/job-list';
import { JobStore } from '#host/jobs/job-store';
import { type Ledger, openLedger } from '#host/ledger/ledger';
import { SILENT_LOG, testReport, testSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const SERVER = { kind: 'server', host: 'h', port: 5432, database: 'd', user: 'u', ssl: 'prefer' } as const;
const MB = 1_000_000;

/** A load that stages at this speed after its start. */
const past = (mbPerSecond: number, changes: Partial<PastLoad> = {}): PastLoad => {
  const { bytes = 100 * MB } = changes;
  const seconds = 1.5 + bytes / (mbPerSecond * MB);
  return { mapping: 'dossiers', format: 'xml', connection: { kind: 'embedded' }, bytes, seconds, ...changes };
};
const wish = { bytes: 1_000 * MB, mapping: 'dossiers', format: 'xml', connection: { kind: 'embedded' } } as const;

describe('the estimate of a load', () => {
  test('rests on the same mapping and connection first, then on the format, then on stated figures', () => {
    const same = past(10);
    const otherServer = past(1, { connection: SERVER });
    const otherMapping = past(2, { mapping: 'else' });
    const otherFormat = past(50, { format: 'csv' });
    const basis = (...loads: readonly PastLoad[]) => {
      const { basis: found, loads: count } = estimateLoad(loads, wish);
      return [found, count];
    };
    expect(basis(otherServer, otherMapping, otherFormat, same)).toEqual(['mapping', 1]);
    expect(basis(otherServer, otherMapping, otherFormat)).toEqual(['format', 2]);
    expect(basis(otherFormat)).toEqual(['default', 0]);
    expect(basis()).toEqual(['default', 0]);
  });

  test('holds what the load will take at the speed that was seen, in a range as wide as little is known', () => {
    const truth = wish.bytes / (10 * MB);
    const widths = [[past(10)], [past(10), past(10), past(10)], [past(10, { mapping: 'else' })]].map((loads) => {
      const { low, high } = estimateLoad(loads, wish);
      expect(low).toBeLessThanOrEqual(truth);
      expect(high).toBeGreaterThanOrEqual(truth);
      return high / low;
    });
    const [few = 0, several = 0, other = 0] = widths;
    expect(several).toBeLessThanOrEqual(few);
    expect(few).toBeLessThanOrEqual(other);
    expect(several).toBeLessThan(2.1);
  });

  test('is not thrown off by small loads, or by one among several that had to wait', () => {
    const steady = estimateLoad([past(10), past(10), past(10), past(10), past(10)], wish);
    const small = past(10, { bytes: 100_000, seconds: 3 });
    expect(estimateLoad([small, past(10), past(10), past(10), past(10), past(10)], wish)).toEqual(steady);
    const waited = past(10, { seconds: 3_600 });
    expect(estimateLoad([past(10), past(10), waited, past(10), past(10)], wish)).toEqual(steady);
  });

  test('is never more precise than it can be, and never nothing', () => {
    expect(estimateLoad([past(10)], { ...wish, bytes: 1 })).toMatchObject({ low: 5, high: 5 });
    for (const bytes of [60, 700, 9_000, 120_000, 4_000_000].map((mb) => mb * MB)) {
      const { low, high } = estimateLoad([past(7.3), past(9.1)], { ...wish, bytes });
      for (const seconds of [low, high]) {
        const step = seconds < 60 ? 5 : seconds < 600 ? 60 : seconds < 3_600 ? 300 : 1_800;
        expect(seconds % step).toBe(0);
      }
      expect(low).toBeLessThanOrEqual(high);
    }
  });
});

describe('past loads', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let ledger: Ledger;
  beforeEach(() => {
    folder = temporaryFolder();
    ledger = openLedger(folder.path, SILENT_LOG);
  });
  afterEach(() => {
    ledger.close();
    folder.remove();
  });

  test('are those of the ledger that brought rows in one run: no dry run, none that failed, none that was resumed', () => {
    const store = new JobStore(ledger);
    const list = new JobList(ledger, () => true);
    const connection = { kind: 'embedded' } as const;
    const report = testReport({ bytes: 100 * MB });
    const load = (changes: object, ...states: Parameters<JobStore['change']>[1][]) => {
      const { number } = store.create({ kind: 'load', spec: testSpec(folder.path, { connection, ...changes }) });
      for (const state of states) store.change(number, state, { report });
      ledger.database
        .prepare(`UPDATE jobs SET started_at = ?, ended_at = ? WHERE number = ?`)
        .run('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:11.500Z', number);
    };
    const estimate = () => list.estimate({ ...wish, mapping: 'test' });
    load({ dryRun: true }, 'running', 'succeeded');
    load({}, 'running', 'failed');
    load({}, 'running', 'waiting_for_review', 'queued', 'running', 'succeeded');
    expect(estimate().basis).toBe('default');
    load({}, 'running', 'succeeded', 'undone');
    load({}, 'running', 'succeeded_with_rejects');
    load({}, 'running', 'succeeded');
    const seconds = 11.5;
    const of = (mapping: string) => ({ mapping, format: 'xml', connection, bytes: 100 * MB, seconds });
    expect(estimate()).toEqual(estimateLoad([of('test'), of('test'), of('test')], { ...wish, mapping: 'test' }));
    expect(estimate()).toMatchObject({ basis: 'mapping', loads: 3 });
  });
});
