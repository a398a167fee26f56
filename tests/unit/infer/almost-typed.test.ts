import { expect, test } from 'vitest';
import { columnLines, infer } from './support.ts';

async function judged(values: readonly string[]) {
  const decided = await infer(`<r>${values.map((value) => `<i><v>${value}</v></i>`).join('')}</r>`);
  const doubts = decided.uncertain.filter(({ column }) => column === 'v');
  return { type: columnLines(decided, 'i')[0]?.split(' ')[1], doubts: doubts.map(({ code, why }) => [code, why]) };
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => `${at * 3}`);

test.each<[string, readonly string[], string]>([
  ['a word among numbers', [...numbers(4_999), 'n.a.'], '1 of 5,000 values is no number, for example n.a.'],
  [
    'words among numbers, wherever they stand',
    ['N/A', ...numbers(2_990), ...Array.from({ length: 8 }, () => 'N/A'), 'x'],
    '10 of 3,000 values are no numbers, for example N/A, x',
  ],
  ['a code among numbers', [...numbers(20), '1e3'], '1 of 21 values is no number, for example 1e3'],
  [
    'a long text among numbers',
    [...numbers(20), 'y'.repeat(100)],
    `1 of 21 values is no number, for example ${'y'.repeat(39)}…`,
  ],
  [
    'days that do not exist',
    [...Array.from({ length: 28 }, (_, at) => `2020-02-${`${at + 1}`.padStart(2, '0')}`), '2020-02-30'],
    '1 of 29 values is no date or time, for example 2020-02-30',
  ],
  [
    'a word among dates that begin with a zero',
    [...Array.from({ length: 20 }, (_, at) => `0${(at % 9) + 1}/12/2020`), '31/12/2020', 'soon'],
    '1 of 22 values is no date or time, for example soon',
  ],
  [
    'a decimal comma among decimal points',
    ['1.5', '2.25', '3,75', '4'],
    'all 4 values are numbers, but not written in one way',
  ],
  [
    'the month first among days first',
    ['13/02/2020', '02/13/2020', '01/02/2020'],
    'all 3 values are dates, some with the day first, some with the month',
  ],
])('text because of few values says which: %s', async (_, values, why) => {
  expect(await judged(values)).toEqual({ type: 'text', doubts: [['TYPE_DISAGREES', why]] });
});

test.each<[string, readonly string[]]>([
  ['numbers among words', ['a', 'b', 'c', '1', '2']],
  ['words', ['a', 'b']],
  ['house numbers', ['12', '12A', '14/3', '7 B', '9']],
])('text that is mostly text says nothing: %s', async (_, values) => {
  expect(await judged(values)).toEqual({ type: 'text', doubts: [] });
});

test('what files say apart is said of them together', async () => {
  const file = (values: readonly string[]) => `<r>${values.map((value) => `<i><v>${value}</v></i>`).join('')}</r>`;
  const { uncertain } = await infer({ 'a.xml': file(numbers(50)), 'b.xml': file([...numbers(48), '?', '-']) });
  expect(uncertain.find(({ code }) => code === 'TYPE_DISAGREES')?.why).toBe(
    '2 of 100 values are no numbers, for example ?, -',
  );
});
