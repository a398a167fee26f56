import type { PgClient } from '#engine/postgres/client';
import { NeedsSavepoints } from './merge-context.ts';
import { DROPPED_BY_TRIGGER, isForeignKeyObjection, isObjection, type Objection, objectionText } from './objections.ts';

export interface IsolateOptions {
  readonly signal: AbortSignal;
  readonly retryReferences: boolean;
  readonly underSavepoints: boolean;
  /** Hears of each refused row, and throws when there are more than the load may have: the rest is not worth finding. */
  readonly refuse: (found: readonly Objection[]) => void;
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
  options: IsolateOptions,
): Promise<Isolated> {
  if (!options.underSavepoints) return { applied: await applyAtOnce(client, rows, statement(1, rows)), objections: [] };
  const search: Search = { client, statement, signal: options.signal, objections: [], refuse: options.refuse };
  // A row that waits for another one of the same statement is no objection yet.
  if (options.retryReferences) search.refuse = () => undefined;
  const attempt = { applied: await halve(search, 1, rows), objections: search.objections };
  let { applied } = attempt;
  let { objections } = attempt;
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

interface Search {
  readonly client: PgClient;
  readonly statement: (from: number, to: number) => string;
  readonly signal: AbortSignal;
  readonly objections: Objection[];
  refuse: (found: readonly Objection[]) => void;
}

/** @returns how many rows went in. */
async function halve(search: Search, from: number, to: number): Promise<number> {
  if (to < from) return 0;
  search.signal.throwIfAborted();
  const objection = await tryRange(search.client, from, to, search.statement);
  if (objection === null) return to - from + 1;
  if (from === to) {
    search.objections.push(objection);
    search.refuse(search.objections);
    return 0;
  }
  const middle = Math.floor((from + to) / 2);
  return (await halve(search, from, middle)) + (await halve(search, middle + 1, to));
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
