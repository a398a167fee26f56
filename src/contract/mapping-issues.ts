import type { z } from 'zod';
import { allowedKeys } from './mapping-json-schema.ts';
import { nearestName } from './nearest-name.ts';

type Issue = z.core.$ZodIssue;

/** More than these at once do not help. */
const MOST_PROBLEMS = 5;

interface Problem {
  readonly text: string;
  readonly remedy: string;
}

/** What is wrong with a mapping, in words: one phrase per problem, and the remedy of the first. */
export function explainIssues(
  issues: readonly Issue[],
  written: unknown,
): { readonly problems: readonly string[]; readonly remedy: string } {
  const all = issues.flatMap((issue) => explain(issue, [], written));
  const problems = all.slice(0, MOST_PROBLEMS).map(({ text }) => text);
  if (all.length > MOST_PROBLEMS) problems.push(`and ${all.length - MOST_PROBLEMS} more problems`);
  return { problems, remedy: all[0]?.remedy ?? 'Compare the file with schemas/mapping-1.schema.json.' };
}

function explain(issue: Issue, above: readonly PropertyKey[], written: unknown): readonly Problem[] {
  const path = [...above, ...issue.path];
  const place = placeName(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path));
    case 'invalid_union':
      return explainUnion(issue, path, written);
    case 'invalid_value':
      return [mustBe(path, issue.values.map((value) => JSON.stringify(value)).join(', '), written)];
    case 'invalid_type':
      return [mustBe(path, TYPE_NAMES[issue.expected] ?? issue.expected, written)];
    case 'too_small':
      return [{ text: `${place} ${tooSmall(issue)}`, remedy: `Fill in ${place}.` }];
    case 'too_big':
      return [{ text: `${place} must be at most ${issue.maximum}`, remedy: `Shorten or lower ${place}.` }];
    default:
      return [{ text: `${place} ${issue.message}`, remedy: `Correct ${place}.` }];
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object {…}',
  record: 'an object {…}',
  array: 'a list […]',
};

function tooSmall({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  return origin === 'string' || origin === 'array' ? 'must not be empty' : `must be at least ${minimum}`;
}

function unknownKey(key: string, path: readonly PropertyKey[]): Problem {
  const allowed = allowedKeys(path);
  const meant = nearestName(key, allowed);
  const guess = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return {
    text: `${placeName([...path, key])} is not a key that is known there${guess}`,
    remedy: `Rename or remove "${key}". Allowed in ${placeName(path)}: ${allowed.join(', ')}.`,
  };
}

function mustBe(path: readonly PropertyKey[], allowed: string, written: unknown): Problem {
  const place = placeName(path);
  const value = valueAt(written, path);
  if (value === undefined) return { text: `${place} is missing`, remedy: `Add ${place}: ${allowed}.` };
  return {
    text: `${place} is ${shown(value)}, it must be ${choice(allowed)}`,
    remedy: `Write ${choice(allowed)} at ${place}.`,
  };
}

function choice(allowed: string): string {
  return allowed.includes(', ') ? `one of ${allowed}` : allowed;
}

/** The branch that the value's own shape chose explains itself; else all that is allowed is listed. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
  written: unknown,
): readonly Problem[] {
  const fitting = issue.errors.find((branch) => branch.every(isInside));
  if (fitting !== undefined) return fitting.flatMap((inner) => explain(inner, path, written));
  const allowed = issue.errors.flat().map((inner) => {
    if (inner.code === 'invalid_value') return inner.values.map((value) => JSON.stringify(value)).join(', ');
    return inner.code === 'invalid_type' ? (TYPE_NAMES[inner.expected] ?? inner.expected) : inner.message;
  });
  return [mustBe(path, allowed.join(' or '), written)];
}

function isInside(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === 'unrecognized_keys' || issue.code === 'too_small';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  let value = written;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return value;
}

/** `tables[2].columns[1].typ`; names that are not plain words stand in brackets too. */
function placeName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the mapping';
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      const name = String(step);
      return /^[$\w]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    })
    .join('')
    .replace(/^\./, '');
}
