import type { ColumnPath, NameTest, Predicate, RecordsPattern, Step, Terminal } from './ast.ts';
import { isPlainName } from './path-reader.ts';

/** Writes a path in its canonical form: reading it again gives the same path. */
export function printColumnPath(path: ColumnPath): string {
  switch (path.kind) {
    case 'fact':
      return `$${path.fact}`;
    case 'parent':
      return isPlainName(path.column) ? `$parent.${path.column}` : `$parent.[${JSON.stringify(path.column)}]`;
    case 'select':
      return printSelection(path.up, path.steps, path.terminal);
    default:
      return path satisfies never;
  }
}

export function printRecordsPattern(pattern: RecordsPattern): string {
  return (pattern.absolute ? '/' : '') + printSteps(pattern.steps);
}

/** One step with its predicates, without its axis. */
export function printStep(step: Step): string {
  return printName(step.test) + step.predicates.map(printPredicate).join('');
}

function printSelection(up: number, steps: readonly Step[], terminal: Terminal): string {
  const parents = Array.from({ length: up }, () => '..').join('/');
  const first = steps[0];
  const lead = parents === '' || first === undefined || first.axis === 'descendant' ? parents : `${parents}/`;
  const below = lead + (first?.axis === 'descendant' ? '//' : '') + printSteps(steps);
  const end = printTerminal(terminal);
  if (end === '') return below === '' ? '.' : below;
  return below === '' ? end : `${below}/${end}`;
}

/** The first step's axis is the caller's to write. */
function printSteps(steps: readonly Step[]): string {
  return steps
    .map((step, index) => (index === 0 ? '' : step.axis === 'descendant' ? '//' : '/') + printStep(step))
    .join('');
}

function printTerminal(terminal: Terminal): string {
  switch (terminal.kind) {
    case 'value':
      return '';
    case 'text':
    case 'string':
      return `${terminal.kind}()`;
    case 'attribute':
      return `@${printName(terminal.name)}`;
    default:
      return terminal satisfies never;
  }
}

function printPredicate(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'position':
      return `[${predicate.position}]`;
    case 'last':
      return '[last()]';
    case 'attribute':
    case 'child': {
      const quote = predicate.value.includes("'") ? '"' : "'";
      const at = predicate.kind === 'attribute' ? '@' : '';
      return `[${at}${printName(predicate.name)}=${quote}${predicate.value}${quote}]`;
    }
    default:
      return predicate satisfies never;
  }
}

function printName(test: NameTest): string {
  if (test.kind === 'any') return '*';
  if (test.kind === 'exact') return `[${JSON.stringify(test.name)}]`;
  return test.prefix === null ? test.local : `${test.prefix}:${test.local}`;
}
