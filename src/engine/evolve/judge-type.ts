import { type ColumnType, printColumnType, type ScalarType } from '#engine/model/column-type';

/** How a target's column stands to the type that a mapping asks for. */
export type TypeVerdict =
  /** The column takes every value the mapping can bring. */
  | { readonly kind: 'holds' }
  /** The column can take the mapping's type and keep every value it has. */
  | { readonly kind: 'widen'; readonly rewrites: boolean }
  | { readonly kind: 'lossy'; readonly why: string };

/** @param has the target's type @param wants the mapping's */
export function judgeType(has: ColumnType, wants: ColumnType): TypeVerdict {
  if (holds(has, wants)) return { kind: 'holds' };
  const kept = keeps(has, wants);
  if (kept !== null) return { kind: 'widen', rewrites: kept.rewrites };
  return { kind: 'lossy', why: whyNot(has, wants) };
}

interface Kept {
  /** PostgreSQL writes the whole table anew. */
  readonly rewrites: boolean;
}

const NO_REWRITE: Kept = { rewrites: false };
const REWRITE: Kept = { rewrites: true };

/** @returns how altering one type to the other keeps every value, or null when it may not. */
function keeps(from: ColumnType, to: ColumnType): Kept | null {
  if (printColumnType(from) === printColumnType(to)) return NO_REWRITE;
  if (from.kind === 'array' || to.kind === 'array') {
    const both = from.kind === 'array' && to.kind === 'array';
    return both && keeps(from.element, to.element) !== null ? REWRITE : null;
  }
  if (isText(from) && isText(to)) return keepsText(from, to);
  if (from.kind === 'numeric' && to.kind === 'numeric') return keepsNumeric(from, to);
  const digits = wholeDigits(from);
  if (digits !== null) return digits <= (wholeDigits(to) ?? numericDigits(to) ?? 0) ? REWRITE : null;
  if (isTime(from) && isTime(to) && from.kind === to.kind)
    return secondDigits(from) <= secondDigits(to) ? NO_REWRITE : null;
  return null;
}

type TextType = { readonly kind: 'text' } | Extract<ScalarType, { kind: 'varchar' | 'char' }>;
type TimeType = Extract<ScalarType, { kind: 'time' | 'timestamp' | 'timestamptz' }>;
type NumericType = Extract<ScalarType, { kind: 'numeric' }>;

function isText(type: ColumnType): type is TextType {
  return type.kind === 'text' || type.kind === 'varchar' || type.kind === 'char';
}

function isTime(type: ColumnType): type is TimeType {
  return type.kind === 'time' || type.kind === 'timestamp' || type.kind === 'timestamptz';
}

function longest(type: TextType): number {
  return type.kind === 'text' ? Number.POSITIVE_INFINITY : (type.length ?? Number.POSITIVE_INFINITY);
}

/** Blanks at the end of a char are no part of its value. */
function keepsText(from: TextType, to: TextType): Kept | null {
  if (longest(from) > longest(to)) return null;
  if (from.kind === 'char') return REWRITE;
  return to.kind === 'char' ? null : NO_REWRITE;
}

function keepsNumeric(from: NumericType, to: NumericType): Kept | null {
  if (to.precision === null) return NO_REWRITE;
  if (from.precision === null) return null;
  const fits = from.precision - from.scale <= to.precision - to.scale && from.scale <= to.scale;
  if (!fits) return null;
  return from.scale === to.scale ? NO_REWRITE : REWRITE;
}

/** Decimal digits of the largest value of a whole-number type. */
function wholeDigits(type: ColumnType): number | null {
  if (type.kind === 'smallint') return 5;
  if (type.kind === 'integer') return 10;
  return type.kind === 'bigint' ? 19 : null;
}

/** Digits before the point that a numeric has room for. */
function numericDigits(type: ColumnType): number | null {
  if (type.kind !== 'numeric') return null;
  return type.precision === null ? Number.POSITIVE_INFINITY : type.precision - type.scale;
}

function secondDigits(type: TimeType): number {
  return type.precision ?? 6;
}

/** Wider than {@link keeps}: what a load writes into a column need not be what altering the column would make of it. */
function holds(has: ColumnType, wants: ColumnType): boolean {
  if (keeps(wants, has) !== null) return true;
  if (has.kind === 'array' || wants.kind === 'array') return false;
  if (isText(has) && longest(has) === Number.POSITIVE_INFINITY) return true;
  if (has.kind === 'char' && isText(wants)) return longest(wants) <= has.length;
  if (has.kind === 'double precision') return ['real', 'integer', 'smallint'].includes(wants.kind);
  if (has.kind === 'real') return wants.kind === 'smallint';
  return (has.kind === 'timestamp' && wants.kind === 'date') || (has.kind === 'json' && wants.kind === 'jsonb');
}

function whyNot(has: ColumnType, wants: ColumnType): string {
  const [from, to] = [printColumnType(has), printColumnType(wants)];
  if (has.kind === 'array' || wants.kind === 'array') return `${from} and ${to} do not hold the same values`;
  const common = isNumber(has) && isNumber(wants) ? commonNumeric(has, wants) : null;
  if (common !== null) return `${lost(has, wants)}; ${common} would hold both`;
  if (isText(has)) return isText(wants) ? `${to} pads values with blanks` : `not every text is a value of type ${to}`;
  if (isText(wants)) return `values of type ${from} would no longer compare and sort as what they are`;
  if (has.kind === 'date' && isTime(wants)) return 'a date has no time of day: midnight would be made up';
  if (wants.kind === 'date') return 'the time of day would be lost';
  if (isTime(has) && isTime(wants) && has.kind !== 'time' && wants.kind !== 'time') return zoneReason(has, wants);
  if (has.kind === 'real' && wants.kind === 'double precision') return '0.1 would become 0.10000000149011612';
  if (isNumber(has) && isFloat(wants)) return `${to} keeps about ${wants.kind === 'real' ? 6 : 15} digits of a number`;
  if (isFloat(has) && isNumber(wants)) return `numbers in floating point do not all have a value of type ${to}`;
  if (has.kind === 'json' && wants.kind === 'jsonb') return 'jsonb keeps neither the order of keys nor doubled ones';
  return `${from} and ${to} are different kinds of values`;
}

function isFloat(type: ColumnType): boolean {
  return type.kind === 'real' || type.kind === 'double precision';
}

function isNumber(type: ColumnType): boolean {
  return wholeDigits(type) !== null || type.kind === 'numeric';
}

function lost(has: ColumnType, wants: ColumnType): string {
  const room = (type: ColumnType) =>
    type.kind === 'numeric' && type.precision !== null
      ? `${type.precision - type.scale} digits before the point and ${type.scale} after it`
      : 'no decimals';
  return `${printColumnType(has)} has ${room(has)}, ${printColumnType(wants)} has ${room(wants)}`;
}

/** The narrowest numeric that holds all values of both, where both are bounded. */
function commonNumeric(a: ColumnType, b: ColumnType): string | null {
  const before = Math.max(...[a, b].map((type) => wholeDigits(type) ?? numericDigits(type) ?? 0));
  const after = Math.max(...[a, b].map((type) => (type.kind === 'numeric' ? type.scale : 0)));
  return Number.isFinite(before) ? `numeric(${before + after},${after})` : 'numeric';
}

function zoneReason(has: TimeType, wants: TimeType): string {
  if (has.kind === wants.kind) return `fractions of a second would be rounded to ${secondDigits(wants)} digits`;
  return wants.kind === 'timestamptz'
    ? 'which moment a time without zone means depends on who reads it'
    : 'the zone of the values would be lost';
}
