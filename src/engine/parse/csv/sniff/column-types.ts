import type { CsvDialectGuess, DialectProperty } from '#contract/inference';
import { type ChosenType, chooseType, type DecimalSign } from '#engine/model/types/choose-type';
import { TypeEvidence } from '#engine/model/types/type-evidence';
import { guessed } from './guess.ts';

type ColumnGuess = CsvDialectGuess['columns'][number];

function evidenceOf(values: readonly string[]): TypeEvidence {
  const evidence = new TypeEvidence();
  for (const value of values) evidence.add(value);
  return evidence;
}

/** The type inference would choose had it seen just these values. */
export function typeColumn(
  name: string,
  values: readonly string[],
  known: { readonly decimal?: DecimalSign | undefined; readonly isSample: boolean },
): ColumnGuess {
  const { type, formats, doubt } = chooseType({ count: values.length, evidence: evidenceOf(values) }, known);
  return { name, type, ...(formats !== undefined && { formats }), ...(doubt !== undefined && { doubt }) };
}

/** Whether the values are more than text, be it that their type is not certain. */
export function isTyped(values: readonly string[]): boolean {
  if (values.length === 0) return false;
  const { type, doubt }: ChosenType = chooseType({ count: values.length, evidence: evidenceOf(values) });
  return type !== 'text' || (doubt !== undefined && doubt.code !== 'TYPE_LEADING_ZERO');
}

/** Which sign parts decimals, by the columns in which only one of them makes every value a number. */
export function guessDecimal(columns: readonly (readonly string[])[]): DialectProperty<DecimalSign> {
  let points = 0;
  let commas = 0;
  for (const values of columns) {
    const { isText, numbers } = evidenceOf(values);
    if (isText || numbers.refuted || numbers.signed === 0) continue;
    if (!numbers.comma.possible) points++;
    else if (!numbers.dot.possible) commas++;
  }
  if (commas > points) return guessed(',', points === 0 ? 0.9 : 0.5, 'DECIMAL_COMMAS', { columns: commas });
  if (points > 0) return guessed('.', commas === 0 ? 0.95 : 0.5, 'DECIMAL_POINTS', { columns: points });
  return guessed('.', 0.5, 'NO_DECIMALS');
}
