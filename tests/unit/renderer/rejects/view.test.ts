import { expect, it } from 'vitest';
import { readOnlyReason } from '#renderer/screens/rejects/read-only.ts';
import {
  chosenFromAddress,
  chosenToAddress,
  columnToAddress,
  filterFromAddress,
  nextSort,
  sortFromAddress,
  sortToAddress,
} from '#renderer/screens/rejects/reject-view.ts';

const NO_FILTER = { code: '', table: '', column: '', file: '', text: '' };

it('keeps order and filter of rejects in the address, and survives nonsense there', () => {
  const sort = { by: 'value', descending: true } as const;
  expect(sortFromAddress(sortToAddress(sort))).toEqual(sort);
  expect(sortFromAddress('-nonsense')).toEqual({ by: 'place', descending: true });
  expect(sortToAddress({ by: 'place', descending: false })).toBe('');
  expect(nextSort({ by: 'code', descending: false }, 'code')).toEqual({ by: 'code', descending: true });
  expect(nextSort({ by: 'code', descending: true }, 'table')).toEqual({ by: 'table', descending: false });
  const nonsense = { ...NO_FILTER, code: 'NONSENSE', table: 'a', file: '-1', text: ` ${'x'.repeat(300)}` };
  expect(filterFromAddress(nonsense)).toEqual({ table: 'a', text: 'x'.repeat(200) });
});

it('tells objections to whole rows from those to any column, and what is shown from what is left', () => {
  expect(filterFromAddress({ ...NO_FILTER, column: columnToAddress(null), file: '12' })).toEqual({
    column: null,
    file: 12,
  });
  expect(filterFromAddress({ ...NO_FILTER, column: columnToAddress('a.b') })).toEqual({ column: 'a.b' });
  expect(filterFromAddress(NO_FILTER, 'uncorrected')).toEqual({ corrected: false });
  expect(filterFromAddress(NO_FILTER, 'fixed')).toEqual({ state: 'fixed' });
});

it('finds the chosen objection again by its address, whatever its column is called', () => {
  for (const column of [null, 'so_to', 'a.b c', '12', 'hai\ndòng']) {
    const chosen = { at: 3, file: 12, sequence: 345, column };
    expect(chosenFromAddress(chosenToAddress(chosen))).toEqual(chosen);
  }
  for (const nonsense of ['', 'x', '1.2.3', '0.0.1.a', '-1.1.1.a']) expect(chosenFromAddress(nonsense)).toBeNull();
});

it('lets rejects be corrected only once the rest of their load is in the tables', () => {
  const why = (state: Parameters<typeof readOnlyReason>[0]['state'], canRetry = false, dryRun = false) =>
    readOnlyReason({ state, dryRun }, canRetry);
  expect(why('succeeded_with_rejects', true)).toBeNull();
  expect([why('succeeded_with_rejects', false, true), why('succeeded')]).toEqual(['dryRun', 'other']);
  expect([why('running'), why('waiting_for_review'), why('cancelled'), why('undone')]).toEqual([
    'running',
    'review',
    'notMerged',
    'undone',
  ]);
});
