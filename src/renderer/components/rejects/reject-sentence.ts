import type { RejectEntry } from '#contract/rejects';
import type { rejectWords } from '#renderer/i18n/en/reject-words.ts';
import { visibleSpaces } from '../visible-spaces.ts';
import { type ColumnFacts, typeFamily } from './column-facts.ts';

type WithoutPlural<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
type SentenceKey = WithoutPlural<keyof (typeof rejectWords)['says']>;

/** What may stand in a sentence; '' for what the one at hand has no place for. */
type Values = Readonly<Record<'value' | 'table' | 'column' | 'type' | keyof typeof NOTHING, string>>;

const NOTHING = { found: '', most: '', words: '', formats: '', taken: '', entity: '', other: '', name: '' };

/** One of the texts `rejects.says`, and what stands in it. */
interface Sentence {
  readonly key: SentenceKey;
  readonly values: Values;
  /** Of what was found, which decides between one and many. */
  readonly count: number;
}

type Said = Omit<Sentence, 'count'>;

type Objection = Pick<RejectEntry, 'code' | 'column' | 'table' | 'value' | 'message'>;

/** Longer values stand beside the sentence anyway. */
const LONGEST_SHOWN = 60;

/** What is wrong, to be said in the reader's language. What the engine said is used where it tells more than the code. */
export function rejectSentence(entry: Objection, facts: ColumnFacts | null): Sentence {
  const said = sentenceOf(entry, facts);
  return { ...said, count: Number(/\d+/.exec(said.values.found)?.[0] ?? 0) };
}

function sentenceOf(entry: Objection, facts: ColumnFacts | null): Said {
  const { code, table, column = '' } = entry;
  const common = { ...NOTHING, value: shown(entry.value ?? ''), table, column, type: facts?.type ?? '' };
  switch (code) {
    case 'BAD_VALUE':
      return badValue(entry.message, common, facts);
    case 'TOO_LONG':
      return tooLong(entry, common);
    case 'MISSING_REFERENCE': {
      const other = facts?.refersTo ?? /→ (.+?)\(/.exec(entry.message)?.[1];
      const key = other === undefined ? 'missingReference' : 'missingReferenceTo';
      return { key, values: { ...common, other: other ?? '' } };
    }
    case 'UNRESOLVED_ENTITY':
      return { key: 'entity', values: { ...common, entity: /&(.+?);/.exec(entry.message)?.[1] ?? '' } };
    case 'CONSTRAINT':
      return constraint(entry.message, common);
    case 'MISSING_VALUE':
      return { key: 'missingValue', values: common };
    case 'MISSING_KEY':
      return { key: 'missingKey', values: common };
    case 'EXTRA_VALUES':
      return { key: 'extraValues', values: common };
    case 'PARENT_REJECTED':
      return { key: 'parentRejected', values: common };
    case 'BROKEN_RECORD':
      return brokenRecord(entry.message, common);
    default:
      return code satisfies never;
  }
}

/** Whether a sentence leaves out what only the words of the parser or the database tell. */
export function needsWords({ code }: Pick<RejectEntry, 'code'>, { key }: Pick<Sentence, 'key'>): boolean {
  return code === 'CONSTRAINT' || key === 'brokenRecord';
}

function shown(value: string): string {
  const characters = [...value];
  const cut = characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN).join('')}…` : value;
  return cut.trim() === '' ? visibleSpaces(cut) : cut;
}

/** The engine's words that say more than the type does. */
const KNOWN: readonly (readonly [RegExp, SentenceKey])[] = [
  [/^is not a number; the decimal sign is (?<words>.+)/, 'notNumber'],
  [/^is not a whole number/, 'notWhole'],
  [/^has (?<found>[\w ]+) decimals, the column holds (?<most>\d+)/, 'decimals'],
  [/^has (?<found>\d+) digits before the decimal sign, .+ holds (?<most>\d+)/, 'digits'],
  [/^is outside /, 'outside'],
  [/^is none of the words (?<words>.+)/, 'words'],
  [/^cannot be: /, 'impossible'],
  [/^is not written as (?!ISO)(?<formats>.+)/, 'formats'],
  [/^holds the time /, 'timeInDate'],
  [/^names the zone /, 'zone'],
  [/would become (?<taken>.*) in the target/, 'changed'],
];

function badValue(message: string, common: Values, facts: ColumnFacts | null): Said {
  for (const [shape, key] of KNOWN) {
    const found = shape.exec(message);
    if (found === null) continue;
    const { words = '', ...groups } = found.groups ?? {};
    return {
      key,
      values: { ...common, ...groups, words: words.replaceAll(/"(.+?)"/g, '“$1”').replaceAll(' or ', ' / ') },
    };
  }
  return { key: facts === null ? 'badValue' : typeFamily(facts.type), values: common };
}

const BROKEN: readonly (readonly [RegExp, SentenceKey])[] = [
  [/^The record has (?<found>\d+) fields? where the header has (?<most>\d+)/, 'brokenFields'],
  [/^A quotation mark stands inside/, 'brokenQuote'],
  [/^Text follows the closing quotation mark/, 'brokenBehind'],
];

function brokenRecord(message: string, common: Values): Said {
  for (const [shape, key] of BROKEN) {
    const found = shape.exec(message);
    if (found !== null) return { key, values: { ...common, ...found.groups } };
  }
  return { key: 'brokenRecord', values: common };
}

function tooLong({ message, value }: Objection, common: Values): Said {
  const [most = /(?<=^(?:var)?char\w*\()\d+/.exec(common.type)?.[0]] =
    /(?<=holds )\d+|(?<=than the )\d+(?= characters)/.exec(message) ?? [];
  const [found = value === undefined ? undefined : String([...value].length)] = /(?<=has )\d+/.exec(message) ?? [];
  if (most === undefined || found === undefined) return { key: 'tooLong', values: common };
  return { key: 'tooLongBy', values: { ...common, found, most } };
}

const STATES: Readonly<Record<string, SentenceKey>> = {
  '23505': 'unique',
  '23514': 'check',
  '23P01': 'exclusion',
  '23502': 'notNull',
  P0001: 'trigger',
};

function constraint(message: string, common: Values): Said {
  const state = /\[SQLSTATE (\w{5})\]$/.exec(message)?.[1] ?? '';
  const name = /constraint "(.+?)"/.exec(message)?.[1] ?? '';
  const key = STATES[state];
  if (key === undefined || (name === '' && key !== 'notNull' && key !== 'trigger')) {
    return { key: 'constraint', values: common };
  }
  return { key, values: { ...common, name } };
}
