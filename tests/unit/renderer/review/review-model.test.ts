import { expect, test } from 'vitest';
import { resolutionsSchema } from '#contract/resolutions';
import { besideOpened } from '#renderer/screens/review/detail/beside-opened.ts';
import {
  choiceForKey,
  choose,
  forAllTables,
  forColumn,
  forTable,
  withoutChoice,
} from '#renderer/screens/review/model/edit-resolutions.ts';
import {
  aroundDifferences,
  looksAlike,
  markDifference,
  type TextPiece,
} from '#renderer/screens/review/model/marked-text.ts';
import { conditionsOf, filterFromAddress } from '#renderer/screens/review/model/review-filter.ts';
import { columnRules, ruleOf } from '#renderer/screens/review/model/rules.ts';

const EMPTY = { version: 1 } as const;
const column = (name: string, type: string, isKey = false) => ({ name, type, isKey });
const TABLE = {
  columns: [column('id', 'integer', true), column('day', 'date'), column('name', 'text')],
  policy: 'skip',
  columnPolicies: { name: 'merge' },
} as const;

test('every edit makes a document that the host takes, and what is taken back leaves nothing behind', () => {
  const edits = [
    forAllTables({ newer: 'day' }),
    forTable('t', 'merge'),
    forColumn('t', 'name', 'overwrite'),
    choose({ table: 't', which: { key: { id: '1' } }, use: 'overwrite' }),
    choose({ table: 't', which: { where: [{ column: 'day', is: 'newer' }] }, use: 'skip' }),
  ];
  const full = edits.reduce((now, edit) => edit(now), EMPTY);
  expect(resolutionsSchema.parse(full)).toEqual(full);
  const back = [
    withoutChoice({ table: 't', which: { key: { id: '1' } } }),
    withoutChoice({ table: 't', which: { where: [{ is: 'newer', column: 'day' }] } }),
    forColumn('t', 'name', null),
    forTable('t', null),
    forAllTables(null),
  ];
  expect(back.reduce((now, edit) => edit(now), full)).toEqual(EMPTY);
});

test('a second choice for the same row takes the place of the first, and stands last', () => {
  const key = { id: '1', part: 'a' };
  const all = { where: [{ column: 'day', is: 'newer' as const }] };
  const one = choose({ table: 't', which: { key }, use: 'skip' })(EMPTY);
  const two = choose({ table: 't', which: all, use: 'overwrite' })(one);
  const three = choose({ table: 't', which: { key: { part: 'a', id: '1' } }, use: 'merge' })(two);
  expect(three.choices).toEqual([
    { table: 't', which: all, use: 'overwrite' },
    { table: 't', which: { key }, use: 'merge' },
  ]);
  expect([choiceForKey(three, 't', key), choiceForKey(three, 'u', key)]).toEqual([{ place: 1, use: 'merge' }, null]);
});

test('what is said more narrowly goes before what is said more widely', () => {
  const all = forAllTables('overwrite')(EMPTY);
  const other = forAllTables({ newer: 'nowhere' })(EMPTY);
  const own = forTable('t', 'fail')(all);
  expect([EMPTY, all, other, own].map((document) => ruleOf(document, 't', TABLE))).toEqual([
    { use: 'skip', from: 'mapping' },
    { use: 'overwrite', from: 'all' },
    { use: 'skip', from: 'mapping' },
    { use: 'fail', from: 'table' },
  ]);
  expect([EMPTY, own, forColumn('t', 'day', 'skip')(EMPTY)].map((one) => columnRules(one, 't', TABLE))).toEqual([
    { name: 'merge' },
    {},
    { name: 'merge', day: 'skip' },
  ]);
});

/** What differs in square brackets. */
const shown = (pieces: readonly TextPiece[]) =>
  pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

test.each([
  [
    '13 Lê Lợi, phường Tân Lập',
    '14 Lê Lợi, Phường Tân Lập',
    '1[3] Lê Lợi, [p]hường Tân Lập',
    '1[4] Lê Lợi, [P]hường Tân Lập',
  ],
  ['2014-05-14', '2005-02-14', '20[14]-0[5]-14', '20[05]-0[2]-14'],
  ['Số 5 đường', 'Số 5, đường', 'Số 5 đường', 'Số 5[,] đường'],
  ['one two three', 'one three', 'one [two ]three', 'one three'],
  ['kept: two words', 'kept: quite other texts', 'kept: [two word]s', 'kept: [quite other text]s'],
  ['aaa', 'aa', 'aa[a]', 'aa'],
  ['', 'x', '', '[x]'],
  // One letter for the eye: a, circumflex, dot below.
  ['ậ', 'â', '[ậ]', '[â]'],
  ['👨‍👩‍👧', '👨‍👩‍👦', '[👨‍👩‍👧]', '[👨‍👩‍👦]'],
])('“%s” and “%s” differ where the eye sees it', (old, now, olds, nows) => {
  const marked = markDifference(old, now);
  expect([shown(marked.old), shown(marked.now)]).toEqual([olds, nows]);
});

test('of a long text a list shows what stands around the differences', () => {
  const long = 'x'.repeat(100);
  const { now } = markDifference(`${long} old ${long} end`, `${long} new ${long} fin`);
  expect(shown(aroundDifferences(now))).toBe(`…${'x'.repeat(23)} [new] ${'x'.repeat(23)}…${'x'.repeat(23)} [fin]`);
  expect(shown(aroundDifferences(markDifference(`${long}${long}`, `${long}${long}`).now))).toBe(`${'x'.repeat(24)}…`);
});

test('texts that only look the same are told from those that are', () => {
  const composed = 'Thửa';
  expect([
    looksAlike(composed, composed.normalize('NFD')),
    looksAlike('A', 'A '),
    looksAlike('A', 'A'),
    looksAlike('A', 'B'),
  ]).toEqual([true, true, false, false]);
});

test('an address that nobody could have made is a filter all the same', () => {
  const where = [{ column: 'day', is: 'newer' as const }];
  const good = { text: ' x ', changed: 'name', where: JSON.stringify(where), outcome: 'fails' };
  expect(filterFromAddress(good)).toEqual({ text: 'x', changed: 'name', where, outcome: 'fails' });
  expect(filterFromAddress({ text: '', changed: '', where: '[{"column":1}', outcome: 'lost' })).toEqual({});
  expect(filterFromAddress({ text: '', changed: '', where: '[{"column":1}]', outcome: '' })).toEqual({});
});

test('a choice can be made for what columns and conditions say, not for a search text or for what is decided', () => {
  const where = [{ column: 'day', is: 'newer' as const }];
  expect(
    [{}, { text: 'x', where }, { outcome: 'fails', where } as const, { changed: 'name', where }].map(conditionsOf),
  ).toEqual([null, null, null, [{ column: 'name', is: 'different' }, ...where]]);
});

test('the conflict beside one that a decision took out of the list is the one that came into its place', () => {
  const listOf =
    (...numbers: readonly number[]) =>
    (index: number) =>
      numbers[index] === undefined ? undefined : { number: numbers[index] };
  const opened = { number: 5, index: 2 };
  const both = (at: ReturnType<typeof listOf>) => [besideOpened(opened, -1, at), besideOpened(opened, 1, at)];
  expect(both(listOf(1, 3, 5, 7))).toEqual([
    { number: 3, index: 1 },
    { number: 7, index: 3 },
  ]);
  expect(both(listOf(1, 3, 7, 9)), 'it is gone').toEqual([
    { number: 3, index: 1 },
    { number: 7, index: 2 },
  ]);
  expect(both(listOf(3, 5, 7)), 'one before it is gone').toEqual([
    { number: 3, index: 0 },
    { number: 7, index: 2 },
  ]);
  expect(both(listOf(5))).toEqual([null, null]);
});
