import type { z } from 'zod';
import { allowedKeys, type JsonSchemaNode } from './json-schema.ts';
import { nearestName } from './nearest-name.ts';

type Issue = z.core.$ZodIssue;

/** More than these at once do not help. */
const MOST_PROBLEMS = 5;

interface Problem {
  readonly text: string;
  readonly remedy: string;
}

/** A kind of document that people write. */
export interface DocumentKind {
  /** `the mapping`: what its outermost place is called. */
  readonly name: string;
  readonly schema: () => JsonSchemaNode;
  /** What to do when nothing better can be said. */
  readonly remedy: string;
}

/** What is wrong with a document, in words: one phrase per problem, and the remedy of the first. */
export function explainIssues(
  issues: readonly Issue[],
  written: unknown,
  kind: DocumentKind,
): { readonly problems: readonly string[]; readonly remedy: string } {
  const all = issues.flatMap((issue) => explain(issue, [], { written, kind }));
  const problems = all.slice(0, MOST_PROBLEMS).map(({ text }) => text);
  if (all.length > MOST_PROBLEMS) problems.push(`and ${all.length - MOST_PROBLEMS} more problems`);
  return { problems, remedy: all[0]?.remedy ?? kind.remedy };
}

interface Document {
  readonly written: unknown;
  readonly kind: DocumentKind;
}

function explain(issue: Issue, above: readonly PropertyKey[], document: Document): readonly Problem[] {
  const path = [...above, ...issue.path];
  const place = placeName(path, document);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, document));
    case 'invalid_union':
      return explainUnion(issue, path, document);
    case 'invalid_value':
      return [mustBe(path, issue.values.map((value) => JSON.stringify(value)).join(', '), document)];
    case 'invalid_type':
      return [mustBe(path, TYPE_NAMES[issue.expected] ?? issue.expected, document)];
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

function unknownKey(key: string, path: readonly PropertyKey[], document: Document): Problem {
  const allowed = allowedKeys(document.kind.schema(), path);
  const meant = nearestName(key, allowed);
  const guess = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return {
    text: `${placeName([...path, key], document)} is not a key that is known there${guess}`,
    remedy: `Rename or remove "${key}". Allowed in ${placeName(path, document)}: ${allowed.join(', ')}.`,
  };
}

function mustBe(path: readonly PropertyKey[], allowed: string, document: Document): Problem {
  const place = placeName(path, document);
  const value = valueAt(document.written, path);
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
  document: Document,
): readonly Problem[] {
  const fitting = issue.errors.find((branch) => branch.every(isInside));
  if (fitting !== undefined) return fitting.flatMap((inner) => explain(inner, path, document));
  const allowed = issue.errors.flat().map((inner) => {
    if (inner.code === 'invalid_value') return inner.values.map((value) => JSON.stringify(value)).join(', ');
    return inner.code === 'invalid_type' ? (TYPE_NAMES[inner.expected] ?? inner.expected) : inner.message;
  });
  return [mustBe(path, allowed.join(' or '), document)];
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
function placeName(path: readonly PropertyKey[], { kind }: Document): string {
  if (path.length === 0) return kind.name;
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      const name = String(step);
      return /^[$\w]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    })
    .join('')
    .replace(/^\./, '');
}
