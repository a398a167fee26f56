import type { DialectRequest, InferRequest, Inferred } from '#contract/api/inference';
import { mappingSchema } from '#contract/mapping';
import type { InquiryKind, InquiryTask, Task, TaskKind, TaskResults } from '#contract/worker-messages';
import {
  browseRows,
  browseTable,
  browseTables,
  browseTrace,
  detectFormats,
  diagnoseConnection,
  duplicatesPage,
  exportAudit,
  exportRejects,
  glanceAtTables,
  guessDialect,
  inferMapping,
  type PreviewOptions,
  pageAudit,
  pageLoadFiles,
  pageRejects,
  pageUndoConflicts,
  previewLoad,
  previewUndo,
  readLoadReview,
  resolveConflicts,
  resolveTarget,
  reviewPage,
  reviewRevision,
  type ServerSession,
  stopEmbedded,
  summarisePaths,
} from '#engine/door';

export interface InquiryTools extends Omit<PreviewOptions, 'request'> {
  /** Of the server that the task names. */
  readonly session: ServerSession;
}

/** What each inquiry does, as it continues "Could not …". */
export const INQUIRIES: Readonly<Record<InquiryKind, string>> = {
  'server.resolve': 'find the server',
  'server.test': 'test the connection',
  'embedded.stop': 'stop the embedded database',
  'source.scan': 'look through the folders',
  'source.detect': 'look through the folders',
  'source.dialect': 'find out how the files are written',
  'source.infer': 'find out what is in the files',
  'load.preview': 'preview the load',
  'tables.list': 'list the tables',
  'tables.describe': 'describe the table',
  'tables.rows': 'read the rows',
  'tables.plan': 'compare the tables with the mapping',
  'tables.trace': 'find where the row comes from',
  'undo.preview': 'find out what an undo would do',
  'undo.conflicts': 'read what the undo left',
  'rejects.page': 'read the rejects',
  'rejects.export': 'write the rejects',
  'audit.page': 'read the audit log',
  'audit.files': 'read the files of the load',
  'audit.export': 'write the audit log',
  'review.read': 'read the review',
  'review.revision': 'read the review',
  'review.page': 'read the conflicts',
  'review.duplicates': 'read the rows that come several times',
  'review.resolve': 'keep what was decided',
};

export function isInquiry(task: Task): task is InquiryTask {
  return Object.hasOwn(INQUIRIES, task.kind);
}

/** Answers one question of the window. */
export function runInquiry(task: InquiryTask, tools: InquiryTools): Promise<TaskResults[TaskKind]> {
  const { session, signal } = tools;
  switch (task.kind) {
    case 'server.resolve':
      return resolveTarget(task.server, { home: task.home, env: process.env, signal, password: task.password });
    case 'server.test':
      return diagnoseConnection(task.target, { signal });
    case 'embedded.stop':
      return stopEmbedded({ home: task.home, signal });
    case 'source.scan':
      return summarisePaths(task.paths, task.mapping, { signal });
    case 'source.detect':
      return detectFormats(task.paths, { signal });
    case 'source.dialect':
      return guessSource(task.request, { signal });
    case 'source.infer':
      return inferSource(task.request, tools);
    case 'load.preview':
      return previewLoad(session, { ...tools, request: task.request });
    case 'tables.list':
      return browseTables(session, { signal });
    case 'tables.describe':
      return browseTable(session, task.table, { signal });
    case 'tables.rows':
      return browseRows(session, task.request, { signal });
    case 'tables.plan':
      return glanceAtTables(session, task.request, { signal });
    case 'tables.trace':
      return browseTrace(session, task.request, { signal });
    case 'undo.preview':
      return previewUndo(session, { loadId: task.loadId, signal });
    case 'undo.conflicts':
      return pageUndoConflicts(session, task.request, { signal });
    case 'rejects.page':
      return pageRejects(session, task.request, { signal });
    case 'rejects.export':
      return exportRejects(session, { loadId: task.loadId, filter: task.filter, path: task.path, signal });
    case 'audit.page':
      return pageAudit(session, task, { signal });
    case 'audit.files':
      return pageLoadFiles(session, task.request, { signal });
    case 'audit.export':
      return exportAudit(session, { ...task, signal });
    case 'review.read':
      return readLoadReview(session, task.loadId, { signal });
    case 'review.revision':
      return reviewRevision(session, task.loadId, { signal });
    case 'review.page':
      return reviewPage(session, task.request, { signal });
    case 'review.duplicates':
      return duplicatesPage(session, task.request, { signal });
    case 'review.resolve':
      return resolveConflicts(session, task.request, { signal });
    default:
      return task satisfies never;
  }
}

function guessSource({ paths, ...options }: DialectRequest, run: Pick<InquiryTools, 'signal'>) {
  return guessDialect(paths, options, run);
}

/** Tells how much there is first, then what was looked at. Files that are read again do not count again. */
async function inferSource({ paths, ...options }: InferRequest, tools: InquiryTools): Promise<Inferred> {
  let files: number | undefined;
  let bytes = 0;
  const { mapping, report } = await inferMapping(paths, options, {
    signal: tools.signal,
    onProgress: (now) => {
      if (files === undefined) tools.onProgress?.({ phase: 'scan', files: now.files.total, bytes: now.bytes.total });
      const step = { files: now.files.done - (files ?? 0), bytes: now.bytes.done - bytes };
      files = Math.max(files ?? 0, now.files.done);
      bytes = Math.max(bytes, now.bytes.done);
      tools.onProgress?.({ phase: 'stage', files: Math.max(0, step.files), bytes: Math.max(0, step.bytes) });
    },
  });
  return { mapping: mappingSchema.parse(mapping), report };
}
