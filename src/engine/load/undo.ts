import type { UndoConflictPage, UndoConflictRequest } from '#contract/api/undos';
import { LoadstoneError } from '#contract/errors';
import type { UndoResult } from '#contract/undo';
import { countUndoConflicts, readUndoConflicts } from '#engine/merge/read-undo-conflicts';
import { undoLoad } from '#engine/merge/undo-load';
import type { PgClient } from '#engine/postgres/client';
import { isLoadstoneInstalled, upgradeLoadstoneSchema } from '#engine/postgres/loadstone-schema';
import { LOCK_NOT_AVAILABLE } from '#engine/postgres/sql-states';
import { sqlStateOf } from '#engine/postgres/transient';
import type { InquiryOptions } from './inquire.ts';
import { inquireKept } from './inquire-kept.ts';
import { onServer, type RunOptions } from './on-server.ts';
import type { ServerSession } from './server-session.ts';

/** Memory for hashes and sorts of the one session that undoes. */
const WORK_MEM = '128MB';
/** Somebody who holds a target longer than this is not waited for: the load stays as it is. */
const LOCK_TIMEOUT = '60s';

/** A preview holds the targets as an undo does, so that it ends soon, whatever it has found. */
const PREVIEW_MS = 20_000;
const PREVIEW_LOCK_TIMEOUT = '3s';

interface UndoRun extends Pick<RunOptions, 'signal' | 'onRetry'> {
  readonly loadId: string;
}

/** Takes a merged load back, in one transaction. */
export function undoMergedLoad(session: ServerSession, options: UndoRun): Promise<UndoResult> {
  return onServer(
    session,
    async (client) => {
      await begin(client, options.loadId, LOCK_TIMEOUT);
      const result = await undoLoad(client, options.loadId);
      await client.query('commit');
      return result;
    },
    options,
  );
}

/**
 * What an undo would do, found by doing it in a transaction that is rolled back.
 * @throws LoadstoneError as the undo; LOAD_LOCKED when somebody works on the targets, or it takes too long.
 */
export async function previewUndo(
  session: ServerSession,
  { loadId, signal }: Pick<UndoRun, 'loadId' | 'signal'>,
): Promise<UndoResult> {
  const deadline = AbortSignal.timeout(PREVIEW_MS);
  const preview = async (client: PgClient) => {
    await begin(client, loadId, PREVIEW_LOCK_TIMEOUT);
    try {
      const result = await undoLoad(client, loadId);
      await client.query('rollback');
      return result;
    } catch (thrown) {
      // Not to be tried again: somebody waits for the answer.
      throw sqlStateOf(thrown) === LOCK_NOT_AVAILABLE ? inUse(thrown) : thrown;
    }
  };
  try {
    return await onServer(session, preview, {
      signal: AbortSignal.any([signal, deadline]),
      onRetry: () => undefined,
      attempts: 2,
    });
  } catch (thrown) {
    signal.throwIfAborted();
    throw deadline.aborted ? tooLong() : thrown;
  }
}

/** One page of the rows that an undo left as they are. */
export async function pageUndoConflicts(
  session: ServerSession,
  request: UndoConflictRequest,
  options: InquiryOptions,
): Promise<UndoConflictPage> {
  const read = async (client: PgClient): Promise<UndoConflictPage> => {
    const page = await readUndoConflicts(client, request);
    return { ...page, counts: await countUndoConflicts(client, request.loadId) };
  };
  return (await inquireKept(session, read, options)) ?? { conflicts: [], matching: 0, counts: [] };
}

/** @throws LoadstoneError JOB_STATE where no load was ever merged. */
async function begin(client: PgClient, loadId: string, lockTimeout: string): Promise<void> {
  if (!(await isLoadstoneInstalled(client))) throw neverMerged(loadId);
  await upgradeLoadstoneSchema(client);
  await client.query(
    `begin; set local work_mem = '${WORK_MEM}'; set local lock_timeout = '${lockTimeout}'; set local transaction_isolation = 'read committed'`,
  );
}

function neverMerged(loadId: string): LoadstoneError {
  return new LoadstoneError({
    code: 'JOB_STATE',
    message: `Nothing was ever loaded into this database, so load ${loadId} is not in it. Nothing was undone.`,
    remedy: 'Nothing to undo.',
  });
}

function inUse(cause: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'LOAD_LOCKED',
    message:
      'Somebody works on the tables of this load, so what an undo would do could not be looked at. Nothing was changed.',
    remedy: 'Try again in a moment. The undo itself waits until they are free.',
    retryable: true,
    cause,
  });
}

function tooLong(): LoadstoneError {
  return new LoadstoneError({
    code: 'LOAD_LOCKED',
    message: `To find out what an undo would do took longer than ${PREVIEW_MS / 1000} s and was given up, so that the tables stay free. Nothing was changed.`,
    remedy: 'The undo itself takes as long as it needs: it leaves what others have changed, and tells what that was.',
  });
}
