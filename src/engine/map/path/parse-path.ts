import {
  type ColumnPath,
  type NameTest,
  type Predicate,
  RECORD_FACTS,
  type RecordsPattern,
  type Step,
  type Terminal,
} from './ast.ts';
import { PathReader } from './path-reader.ts';

/** The mapper keeps one bit per predicate. */
const MAX_PREDICATES = 16;
const LITERAL = /'([^']*)'|"([^"]*)"/y;
const NAME_REMEDY =
  'A step is a name, *, @name, text(), string() or, at the beginning, ..; a name with other characters is written ["like this"].';

/**
 * Reads a column's path.
 * @param place Where the path stands in the mapping, e.g. `tables[2].columns[4].path`.
 * @throws LoadstoneError MAPPING_INVALID naming place, character and remedy.
 */
export function parseColumnPath(text: string, place: string): ColumnPath {
  const reader = new PathReader(text.trim(), place);
  const path = reader.sees('$') ? dollarPath(reader) : selection(reader);
  if (!reader.done) throw reader.problem('nothing may follow here', 'Remove what follows, or part steps with /.');
  return path;
}

/** Reads a `records` pattern: steps only, each of which an element can be judged by when it is read. */
export function parseRecordsPattern(text: string, place: string): RecordsPattern {
  const reader = new PathReader(text.trim(), place);
  const absolute = !reader.sees('//') && reader.take('/');
  // A leading // says what a pattern without a leading / says anyway.
  reader.take('//');
  const steps: Step[] = [recordStep(reader, 'child')];
  while (!reader.done) steps.push(recordStep(reader, axis(reader)));
  return { absolute, steps };
}

function recordStep(reader: PathReader, stepAxis: Step['axis']): Step {
  const before = reader.at;
  if (reader.sees('..') || reader.sees('$') || reader.sees('@') || reader.sees('.')) {
    throw reader.problem('records are elements found from above', 'Use names, *, / and // with predicates only.');
  }
  const step = readStep(reader, stepAxis);
  if (reader.sees('()')) {
    reader.at = before;
    throw reader.problem('records are elements, not texts', 'End the pattern with the name of the record’s element.');
  }
  if (step.predicates.some(({ kind }) => kind === 'last')) {
    reader.at = before;
    throw reader.problem(
      'last() cannot be judged while the records are read',
      "Use last() in column paths only; choose records by name, [n], [@a='v'] or [b='v'].",
    );
  }
  return step;
}

function dollarPath(reader: PathReader): ColumnPath {
  if (reader.take('$parent')) {
    const rest = reader.take('.') ? (reader.quotedName() ?? reader.match(/[^[].*/sy)?.[0]) : undefined;
    const column = rest ?? '';
    if (column === '') throw reader.problem('a column is missing', 'Write $parent.column.');
    return { kind: 'parent', column };
  }
  for (const fact of RECORD_FACTS) {
    if (reader.text === `$${fact}`) {
      reader.at = reader.text.length;
      return { kind: 'fact', fact };
    }
  }
  throw reader.problem(
    'this value is unknown',
    `Known are ${RECORD_FACTS.map((fact) => `$${fact}`).join(', ')} and $parent.column.`,
  );
}

function selection(reader: PathReader): ColumnPath {
  const up = parents(reader);
  const steps: Step[] = [];
  let next = firstAxis(reader, up);
  while (next !== null) {
    const terminal = next === 'child' ? readTerminal(reader) : null;
    if (terminal !== null) return { kind: 'select', up, steps, terminal };
    if (reader.sees('..')) throw reader.problem('.. after a name', 'Put every .. at the beginning of the path.');
    steps.push(readStep(reader, next));
    next = reader.done ? null : axis(reader);
  }
  return { kind: 'select', up, steps, terminal: { kind: 'value' } };
}

function parents(reader: PathReader): number {
  let up = 0;
  while (reader.take('..')) {
    up += 1;
    if (reader.sees('/..')) reader.at += 1;
  }
  return up;
}

/** How the first step is reached; null when the path is `.` or only `..`. */
function firstAxis(reader: PathReader, up: number): Step['axis'] | null {
  if (up > 0 || reader.take('.')) return reader.done ? null : axis(reader);
  if (reader.take('//')) return 'descendant';
  if (reader.sees('/')) {
    throw reader.problem(
      'a column’s path starts at its record, not at the root',
      'Leave out the leading / (or use .. to reach the record’s ancestors).',
    );
  }
  return 'child';
}

function axis(reader: PathReader): Step['axis'] {
  if (reader.take('//')) return 'descendant';
  if (reader.take('/')) return 'child';
  throw reader.problem('expected / between steps', NAME_REMEDY);
}

function readTerminal(reader: PathReader): Terminal | null {
  for (const kind of ['text', 'string'] as const) if (reader.take(`${kind}()`)) return { kind };
  if (!reader.take('@')) return null;
  const name = reader.name();
  if (name === null) throw reader.problem('the attribute’s name is missing', 'Write @name; @* is not supported.');
  return { kind: 'attribute', name };
}

function readStep(reader: PathReader, stepAxis: Step['axis']): Step {
  const test: NameTest | null = reader.take('*') ? { kind: 'any' } : reader.name();
  if (test === null) {
    const why = reader.sees('@') ? 'an attribute cannot stand after //' : 'a step is missing or not a name';
    throw reader.problem(
      why,
      reader.sees('@') ? 'Name the element: //name/@attribute or //*/@attribute.' : NAME_REMEDY,
    );
  }
  const predicates: Predicate[] = [];
  while (reader.take('[')) predicates.push(readPredicate(reader));
  if (predicates.length > MAX_PREDICATES) {
    throw reader.problem(`a step has more than ${MAX_PREDICATES} predicates`, 'Use fewer predicates.');
  }
  return { axis: stepAxis, test, predicates };
}

function readPredicate(reader: PathReader): Predicate {
  reader.skipSpace();
  const predicate = readPosition(reader) ?? readComparison(reader);
  reader.skipSpace();
  if (!reader.take(']')) throw reader.problem('expected ]', "Close the predicate: [1], [last()], [@a='v'] or [b='v'].");
  return predicate;
}

function readPosition(reader: PathReader): Predicate | null {
  if (reader.take('last()')) return { kind: 'last' };
  const digits = reader.match(/[0-9]+/y)?.[0];
  if (digits === undefined) return null;
  const position = Number(digits);
  if (position >= 1 && position <= 0x7fff_ffff) return { kind: 'position', position };
  reader.at -= digits.length;
  throw reader.problem('positions count from 1', 'Write [1] for the first.');
}

function readComparison(reader: PathReader): Predicate {
  const kind = reader.take('@') ? 'attribute' : 'child';
  const name = reader.name();
  if (name === null) {
    throw reader.problem('this predicate is not supported', "Use [1], [last()], [@a='v'] or [b='v'].");
  }
  reader.skipSpace();
  if (!reader.take('=')) throw reader.problem('expected =', "Compare with a text: [@a='v'] or [b='v'].");
  reader.skipSpace();
  const literal = reader.match(LITERAL);
  if (!literal) throw reader.problem('expected a text in quotes', 'Compare with a text: [@a=\'v\'] or [b="v"].');
  return { kind, name, value: literal[1] ?? literal[2] ?? '' };
}
