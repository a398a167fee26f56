import type { PgClient } from '#engine/postgres/client';
import { NeedsSavepoints } from './merge-context.ts';
import { DROPPED_BY_TRIGGER, isForeignKeyObjection, isObjection, objectionText } from './objections.ts';

/** One row the server refuses, by its number in the numbered relation. */
export interface Objection {
  readonly number: number;
  readonly text: string;
  readonly isForeignKey: boolean;
}

export interface Isolated {
  readonly applied: number;
  readonly objections: readonly Objection[];
}

/**
 * Applies a statement to numbered rows and finds, by halving, the rows that the server objects to: each attempt runs
 * under a savepoint, so that what it refuses leaves no trace and everything else stays.
 *
 * @param statement the SQL for the rows numbered from…to (both included); its row count must be theirs.
 * @param retryReferences rows may refer to rows of the same statement: refused ones are tried again while others go in.
 */
export async function isolateObjections(
  client: PgClient,
  rows: number,
  statement: (from: number, to: number) => string,
  options: { readonly signal: AbortSignal; readonly retryReferences: boolean; readonly underSavepoints: boolean },
): Promise<Isolated> {
  if (!options.underSavepoints) return { applied: await applyAtOnce(client, rows, statement(1, rows)), objections: [] };
  const attempt = await halve(client, 1, rows, statement, options.signal);
  let { applied } = attempt;
  let objections = attempt.objections;
  for (let progress = options.retryReferences; progress; ) {
    progress = false;
    const still: Objection[] = [];
    for (const objection of objections) {
      const again = objection.isForeignKey
        ? await tryRange(client, objection.number, objection.number, statement)
        : objection;
      if (again === null) progress = true;
      else still.push(again);
    }
    applied += objections.length - still.length;
    // The next round goes the other way: chains of references are as often written backwards.
    objections = still.reverse();
  }
  return { applied, objections };
}

/** @throws NeedsSavepoints when the server objects to any row. */
export async function applyAtOnce(client: PgClient, rows: number | null, statement: string): Promise<number> {
  try {
    const { rowCount } = await client.query(statement);
    if (rows === null || rowCount === rows) return rowCount ?? 0;
  } catch (thrown) {
    if (!isObjection(thrown)) throw thrown;
  }
  throw new NeedsSavepoints();
}

async function halve(
  client: PgClient,
  from: number,
  to: number,
  statement: (from: number, to: number) => string,
  signal: AbortSignal,
): Promise<{ applied: number; objections: Objection[] }> {
  if (to < from) return { applied: 0, objections: [] };
  signal.throwIfAborted();
  const objection = await tryRange(client, from, to, statement);
  if (objection === null) return { applied: to - from + 1, objections: [] };
  if (from === to) return { applied: 0, objections: [objection] };
  const middle = Math.floor((from + to) / 2);
  const left = await halve(client, from, middle, statement, signal);
  const right = await halve(client, middle + 1, to, statement, signal);
  return { applied: left.applied + right.applied, objections: [...left.objections, ...right.objections] };
}

/** @returns null when the rows went in, else what the server said. */
async function tryRange(
  client: PgClient,
  from: number,
  to: number,
  statement: (from: number, to: number) => string,
): Promise<Objection | null> {
  await client.query('savepoint attempt');
  try {
    const { rowCount } = await client.query(statement(from, to));
    if (rowCount === to - from + 1) {
      await client.query('release savepoint attempt');
      return null;
    }
    await client.query('rollback to savepoint attempt');
    return { number: from, text: DROPPED_BY_TRIGGER, isForeignKey: false };
  } catch (thrown) {
    if (!isObjection(thrown)) throw thrown;
    await client.query('rollback to savepoint attempt');
    return { number: from, text: objectionText(thrown), isForeignKey: isForeignKeyObjection(thrown) };
  }
}
