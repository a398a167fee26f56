import { LoadstoneError } from '#contract/errors';

/** One statement of a script, without its semicolon and the comments before it. */
export interface ScriptStatement {
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

// What is taken whole, so that a semicolon in it ends nothing. Block comments nest and are read by hand.
const PIECES: readonly RegExp[] = [
  /--[^\n]*/y,
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  /\$([\p{L}_][\p{L}\p{N}_]*)?\$[\s\S]*?\$\1\$/uy,
  // A word: an e or a $ inside of it begins nothing.
  /[\p{L}_][\p{L}\p{N}_$]*/uy,
];

/** Would end, or part, the transaction in which everything runs. */
const TRANSACTION =
  /^(?:begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/i;

/**
 * Splits a script as psql does.
 * @throws LoadstoneError CONFIG_INVALID for statements that would end the transaction, naming the line.
 */
export function splitStatements(script: string): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let begin = -1;
  const close = (end: number) => {
    if (begin >= 0) statements.push({ text: script.slice(begin, end).trimEnd(), line: lineOf(script, begin) });
    begin = -1;
  };
  for (let at = 0; at < script.length; ) {
    const character = script[at] as string;
    const end = script.startsWith('/*', at) ? blockEnd(script, at) : pieceEnd(script, at);
    const isComment = script.startsWith('/*', at) || script.startsWith('--', at);
    if (character === ';') close(at);
    else if (begin < 0 && !isComment && !/\s/.test(character)) begin = at;
    at = end;
  }
  close(script.length);
  for (const statement of statements) assertInsideTransaction(statement);
  return statements;
}

function pieceEnd(script: string, at: number): number {
  for (const piece of PIECES) {
    piece.lastIndex = at;
    const length = piece.exec(script)?.[0].length ?? 0;
    if (length > 0) return at + length;
  }
  return at + 1;
}

function blockEnd(script: string, start: number): number {
  let depth = 0;
  for (let at = start; at < script.length; at += 1) {
    if (script.startsWith('/*', at)) depth += 1;
    else if (script.startsWith('*/', at)) depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return script.length;
}

function lineOf(script: string, at: number): number {
  return script.slice(0, at).split('\n').length;
}

function assertInsideTransaction({ text, line }: ScriptStatement): void {
  const word = TRANSACTION.exec(text)?.[0];
  if (word === undefined) return;
  throw new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `Line ${line} of the DDL is ${word.toUpperCase()}: all of it runs in one transaction, which Loadstone begins and ends. Nothing was changed.`,
    remedy: 'Take the statement out.',
  });
}
