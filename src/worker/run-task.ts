import type {
  FileChunk,
  LogLevel,
  StageProgress,
  Task,
  TaskKind,
  TaskOf,
  TaskResults,
} from '#contract/worker-messages';
import {
  checkLoad,
  createOrderedTables,
  discardLoad,
  endBackends,
  finishLoad,
  prepareLoad,
  pruneUndo,
  type ServerSession,
  type StageTiming,
  stageChunks,
  undoMergedLoad,
} from '#engine/door';
import { isInquiry, runInquiry } from './run-inquiry.ts';

export interface TaskTools {
  readonly session: ServerSession;
  readonly signal: AbortSignal;
  readonly nextChunk: () => Promise<FileChunk | null>;
  readonly onProgress: (progress: StageProgress) => void;
  readonly log: (level: LogLevel, message: string, facts: Readonly<Record<string, unknown>>) => void;
  /** When this worker's load began. */
  readonly startedAt: number;
}

/** A load is merged by then, and somebody waits for its report. */
const PRUNE_MS = 10_000;

/** Runs one task to its end. */
export function runTask(task: Task, tools: TaskTools): Promise<TaskResults[TaskKind]> {
  const { session, signal, onProgress, nextChunk, startedAt, log } = tools;
  const onRetry = ({ attempt, delayMs, error }: { attempt: number; delayMs: number; error: unknown }) =>
    log('warn', 'the server was lost or in the way: trying again', { attempt, delayMs, cause: String(error) });
  const onTiming = (timing: StageTiming) => log('info', 'part of the load done', { ...timing });
  const run = { signal, onRetry, onProgress, onTiming };
  if (isInquiry(task)) return runInquiry(task, { ...run, session });
  switch (task.kind) {
    case 'load.prepare':
      return prepareLoad(session, { ...run, ...approved(task), spec: task.spec, resume: task.resume });
    case 'load.stage':
      return stageChunks(session, { ...run, spec: task.spec, fence: task.fence, nextChunk });
    case 'load.check':
      return checkLoad(session, { ...run, spec: task.spec, fence: task.fence, startedAt });
    case 'load.merge':
      return finishLoad(session, { ...run, ...approved(task), ...mergeFacts(task), startedAt });
    case 'load.discard':
      return discardLoad(session, { ...run, spec: task.spec });
    case 'load.undo':
      return undoMergedLoad(session, { ...run, loadId: task.loadId });
    case 'undo.prune':
      return pruneUndo(session, { ...run, days: task.days, limit: task.limit, timeoutMs: PRUNE_MS });
    case 'tables.create':
      return createOrderedTables(session, { ...run, spec: task.spec });
    case 'backends.end':
      return endBackends(session, { ...run, pids: task.pids });
    default:
      return task satisfies never;
  }
}

function mergeFacts({ spec, fence, undoDays }: TaskOf<'load.merge'>) {
  return { spec, fence, undoDays };
}

function approved({ approval }: TaskOf<'load.prepare' | 'load.merge'>) {
  return approval === undefined ? {} : { approval };
}
