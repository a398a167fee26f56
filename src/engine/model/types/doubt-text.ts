import type { ChosenType, JudgedValues } from './choose-type.ts';
import type { Outliers } from './outliers.ts';

/** A column is almost of a type when no more of its values than this share are something else. */
const FEW = 0.2;
const counted = new Intl.NumberFormat('en-US');

/** Why values are text, although most of them, or each by itself, could be more. */
export function doubtText({ count, evidence }: JudgedValues): ChosenType['doubt'] {
  const { noNumbers, noMoments, numbers, moments } = evidence;
  if (count === 0 || numbers.leadingZero > 0) return undefined;
  const all = `all ${counted.format(count)} values are`;
  const why =
    almost(noNumbers, count, ['number', 'numbers']) ??
    almost(noMoments, count, ['date or time', 'dates or times']) ??
    (numbers.refuted && noNumbers.count === 0 ? `${all} numbers, but not written in one way` : null) ??
    (moments.refuted && noMoments.count === 0 ? `${all} dates, some with the day first, some with the month` : null);
  return why === null ? undefined : { code: 'TYPE_DISAGREES', why };
}

function almost({ count: others, samples }: Outliers, count: number, [one, many]: readonly [string, string]) {
  if (others === 0 || others > count * FEW) return null;
  const are = others === 1 ? `values is no ${one}` : `values are no ${many}`;
  return `${counted.format(others)} of ${counted.format(count)} ${are}, for example ${samples.join(', ')}`;
}
