import { type ChosenType, chooseType } from '#engine/model/types/choose-type';
import type { ValueStats } from '../observe/value-stats.ts';
import type { SimpleType } from '../schema/simple-type.ts';

const SMALL: ReadonlySet<string> = new Set(['int', 'short', 'byte', 'unsignedShort', 'unsignedByte']);
const LARGE: ReadonlySet<string> = new Set(['long', 'unsignedInt']);
const WHOLE: ReadonlySet<string> = new Set([
  'integer',
  'nonNegativeInteger',
  'positiveInteger',
  'nonPositiveInteger',
  'negativeInteger',
  'unsignedLong',
]);
const OTHER: ReadonlySet<string> = new Set(['decimal', 'double', 'float', 'boolean', 'date', 'dateTime', 'time']);
const FLAGS: ReadonlySet<string> = new Set(['true', 'false', '1', '0']);
const EXACT_DIGITS = 15;

/**
 * The type a schema names, as far as the values seen can be read as it: what was seen counts more than what was said.
 */
export function refineType(values: ValueStats, said: SimpleType): ChosenType {
  const observed = chooseType(values);
  const { base } = said;
  if (!SMALL.has(base) && !LARGE.has(base) && !WHOLE.has(base) && !OTHER.has(base)) return textType(values, said);
  const wanted = values.count === 0 ? emptyType(said) : typeFor(values, said, observed);
  if (wanted !== null) return wanted === observed.type ? observed : { type: wanted };
  return contradicted(observed, `the schema says ${base}, which some of the values are not`);
}

function contradicted({ doubt: _, ...observed }: ChosenType, why: string): ChosenType {
  return { ...observed, doubt: { code: 'SCHEMA_CONTRADICTED', why } };
}

function textType({ longest }: ValueStats, { maxLength }: SimpleType): ChosenType {
  if (maxLength === null || maxLength < 1) return { type: 'text' };
  if (longest <= maxLength) return { type: `varchar(${maxLength})` };
  const why = `the schema allows ${maxLength} characters, the longest value has ${longest}`;
  return { type: 'text', doubt: { code: 'SCHEMA_CONTRADICTED', why } };
}

/** @returns null when some value does not fit. */
function typeFor(values: ValueStats, said: SimpleType, observed: ChosenType): string | null {
  const { numbers } = values.evidence;
  const { base } = said;
  if (values.evidence.isText && base !== 'boolean') return null;
  const isWhole = !numbers.refuted && numbers.signed === 0 && numbers.scientific === 0;
  if (SMALL.has(base)) return isWhole && numbers.fitsInteger ? 'integer' : null;
  if (LARGE.has(base)) return isWhole && numbers.fitsBigint ? 'bigint' : null;
  if (WHOLE.has(base)) return isWhole ? (numbers.fitsBigint ? 'bigint' : 'numeric') : null;
  switch (base) {
    case 'boolean':
      return isFlag(values) ? 'boolean' : null;
    case 'decimal':
      return decimalFor(values, said);
    case 'double':
    case 'float':
      return !numbers.refuted && numbers.dot.possible && numbers.mostDigits <= EXACT_DIGITS ? 'double precision' : null;
    case 'date':
    case 'time':
      return observed.type === base && observed.formats === undefined ? base : null;
    default:
      return observed.type.startsWith('timestamp') && observed.formats === undefined ? observed.type : null;
  }
}

/** All different values are among the samples when there are so few. */
function isFlag({ samples, distinct }: ValueStats): boolean {
  return !distinct.incomplete && distinct.count === samples.length && samples.every((sample) => FLAGS.has(sample));
}

function decimalFor({ evidence: { numbers } }: ValueStats, { totalDigits, fractionDigits }: SimpleType): string | null {
  const { dot, scientific, refuted } = numbers;
  if (refuted || scientific > 0 || !dot.possible) return null;
  if (totalDigits === null || fractionDigits === null || fractionDigits > totalDigits) return 'numeric';
  const fits = dot.fraction <= fractionDigits && dot.whole <= totalDigits - fractionDigits;
  return fits ? `numeric(${totalDigits},${fractionDigits})` : null;
}

function emptyType({ base, totalDigits, fractionDigits }: SimpleType): string {
  if (SMALL.has(base)) return 'integer';
  if (LARGE.has(base) || WHOLE.has(base)) return 'bigint';
  if (base === 'dateTime') return 'timestamp';
  if (base === 'decimal') {
    const isSized = totalDigits !== null && fractionDigits !== null && fractionDigits <= totalDigits;
    return isSized ? `numeric(${totalDigits},${fractionDigits})` : 'numeric';
  }
  return base === 'double' || base === 'float' ? 'double precision' : base;
}
