import type { ScalarType } from '#engine/model/column-type';
import { type BadValue, badValue, type Converted } from './converter.ts';
import { doubledKey } from './doubled-key.ts';
import { readsBack } from './float-text.ts';

/** Judges a value that the target's type can take: @returns the objection where another one would stand there. */
type KeepValue = (given: string, taken: string) => BadValue | undefined;

const LONGEST_SHOWN = 60;
/** A number as text that says nothing beside its value: no grouping, no plus, no zeros in front as codes have them. */
const PLAIN_NUMBER = /^-?(0|[1-9]\d*)?(\.\d*)?([eE][-+]?\d+)?$/;

/**
 * What a column of another type than the mapping's could change about values without a word.
 * @returns null where it can change nothing, which is the rule.
 */
export function keepValue(from: ScalarType, to: ScalarType): KeepValue | null {
  switch (to.kind) {
    case 'real':
    case 'double precision':
      return from.kind === 'real' ? null : keptFloat(from, to.kind);
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'numeric':
      return isText(from)
        ? (given, taken) => (PLAIN_NUMBER.test(given) ? undefined : becomes(unpadded(taken), to.kind))
        : null;
    case 'char':
      return from.kind === 'char' ? null : keptBlanks(to.length);
    case 'jsonb':
      return from.kind === 'jsonb' ? null : keptKeys;
    case 'bytea':
      return isText(from) || from.kind === 'bytea' ? null : (_, taken) => becomes(taken, to.kind);
    case 'text':
    case 'varchar':
    case 'boolean':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'uuid':
    case 'json':
      return null;
    default:
      return to satisfies never;
  }
}

type ConvertValue = (text: string) => Converted;

/** The conversion, with the objections of `keep`. */
export function keeping(keep: KeepValue | null, convert: ConvertValue): ConvertValue {
  if (keep === null) return convert;
  return (text) => {
    const taken = convert(text);
    return typeof taken === 'string' ? (keep(text, taken) ?? taken) : taken;
  };
}

function isText({ kind }: ScalarType): boolean {
  return kind === 'text' || kind === 'varchar' || kind === 'char';
}

function keptFloat(from: ScalarType, kind: 'real' | 'double precision'): KeepValue {
  return (given, taken) => {
    if (isText(from) && !PLAIN_NUMBER.test(given)) return becomes(unpadded(taken), kind);
    // A number of the type double precision is what that type makes of its text.
    const sent = from.kind === 'double precision' ? String(Number(taken)) : taken;
    const back = readsBack(sent, kind);
    return back === null ? undefined : becomes(back, kind);
  };
}

function keptBlanks(length: number): KeepValue {
  const objection = badValue(`ends with blanks, which the target's column of type char(${length}) does not keep`);
  return (given) => (given.endsWith(' ') ? objection : undefined);
}

function keptKeys(given: string): BadValue | undefined {
  const key = doubledKey(given);
  if (key === undefined) return undefined;
  return badValue(`holds the key ${JSON.stringify(shown(key))} twice, of which the target's jsonb keeps one`);
}

function unpadded(number: string): string {
  return number.replace(/^(-?)0+(?=\d)/, '$1');
}

function becomes(taken: string, kind: string): BadValue {
  return badValue(`would become ${shown(taken)} in the target's column of type ${kind}`);
}

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
