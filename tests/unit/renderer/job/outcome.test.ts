import { describe, expect, it } from 'vitest';
import { outcomeOf } from '#renderer/screens/job/model/outcome.ts';
import { NO_COUNTS, sampleDetail, sampleReport } from './job-samples.ts';

const counts = (changes: Partial<typeof NO_COUNTS>) => ({ ...NO_COUNTS, ...changes });

describe('how a job ended', () => {
  it('adds up what landed over all tables', () => {
    const tables = {
      a: counts({ read: 5, inserted: 3, updated: 1, unchanged: 1 }),
      b: counts({ read: 2, inserted: 2 }),
    };
    const outcome = outcomeOf(sampleDetail({ state: 'succeeded' }, { report: sampleReport({ tables }) }));
    expect(outcome).toMatchObject({ kind: 'loaded', rows: 6, inserted: 5, updated: 1, unchanged: 1 });
  });

  it('says that nothing was new when every row was there already', () => {
    const tables = { a: counts({ read: 5, unchanged: 5 }) };
    const report = sampleReport({ tables });
    expect(outcomeOf(sampleDetail({ state: 'succeeded' }, { report })).kind).toBe('nothingNew');
    expect(outcomeOf(sampleDetail({ state: 'succeeded_with_rejects' }, { report })).kind).toBe('nothingNewWithRejects');
  });

  it('tells a dry run from a load', () => {
    const report = sampleReport({ tables: { a: counts({ read: 5, inserted: 5 }) } });
    const state = 'succeeded';
    expect(outcomeOf(sampleDetail({ state, dryRun: true }, { report })).kind).toBe('dryRun');
    expect(outcomeOf(sampleDetail({ state, dryRun: false }, { report })).kind).toBe('loaded');
  });

  it('has a kind of its own for each way of not landing', () => {
    const states = ['failed', 'cancelled', 'interrupted', 'discarded', 'undone'] as const;
    expect(states.map((state) => outcomeOf(sampleDetail({ state })).kind)).toEqual(states);
  });

  it('tells an undo that had to leave rows from one that left none', () => {
    const tables = { a: { removed: 3, restored: 0, conflicts: 1 } };
    const events = [{ at: '2026-11-22T00:00:00.000Z', event: 'undone', facts: { tables, sample: [] } }];
    expect(outcomeOf(sampleDetail({ state: 'undone' }, { events })).kind).toBe('undoneInPart');
  });

  it('is open while somebody works on it', () => {
    const states = ['queued', 'running', 'cancelling'] as const;
    expect(states.map((state) => outcomeOf(sampleDetail({ state })).kind)).toEqual(['open', 'open', 'open']);
  });
});
