import type { DialectRequest, InferRequest, Inferred } from '#contract/api/inference';
import { mappingSchema } from '#contract/mapping';
import type { InquiryKind, InquiryTask, Task, TaskKind, TaskOf, TaskResults } from '#contract/worker-messages';
import {
  browseRows,
  browseTable,
  browseTables,
  browseTrace,
  correctAllRejects,
  correctRejects,
  detectFormats,
  diagnoseConnection,
  duplicatesPage,
  exportAudit,
  exportRejects,
  glanceAtTables,
  groupRejects,
  guessDialect,
  importCorrections,
  inferMapping,
  type PreviewOptions,
  pageAudit,
  pageLoadFiles,
  pageRejects,
  pageUndoConflicts,
  previewLoad,
  previewUndo,
  readLoadReview,
  readRejectedRecord,
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
  'rejects.groups': 'count the rejects',
  'rejects.record': 'look at the rejected record',
  'rejects.correct': 'keep the corrections',
  'rejects.correctAll': 'keep the corrections',
  'rejects.import': 'keep the corrections',
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

type Answers = {
  readonly [K in InquiryKind]: (task: TaskOf<K>, tools: InquiryTools) => Promise<TaskResults[K]>;
};

const ANSWERS: Answers = {
  'server.resolve': (task, { signal }) =>
    resolveTarget(task.server, { home: task.home, env: process.env, signal, password: task.password }),
  'server.test': (task, { signal }) => diagnoseConnection(task.target, { signal }),
  'embedded.stop': (task, { signal }) => stopEmbedded({ home: task.home, signal }),
  'source.scan': (task, { signal }) => summarisePaths(task.paths, task.mapping, { signal }),
  'source.detect': (task, { signal }) => detectFormats(task.paths, { signal }),
  'source.dialect': (task, { signal }) => guessSource(task.request, { signal }),
  'source.infer': (task, tools) => inferSource(task.request, tools),
  'load.preview': (task, tools) => previewLoad(tools.session, { ...tools, request: task.request }),
  'tables.list': (_, { session, signal }) => browseTables(session, { signal }),
  'tables.describe': (task, { session, signal }) => browseTable(session, task.table, { signal }),
  'tables.rows': (task, { session, signal }) => browseRows(session, task.request, { signal }),
  'tables.plan': (task, { session, signal }) => glanceAtTables(session, task.request, { signal }),
  'tables.trace': (task, { session, signal }) => browseTrace(session, task.request, { signal }),
  'undo.preview': (task, { session, signal }) => previewUndo(session, { loadId: task.loadId, signal }),
  'undo.conflicts': (task, { session, signal }) => pageUndoConflicts(session, task.request, { signal }),
  'rejects.page': (task, { session, signal }) => pageRejects(session, task.request, { signal }),
  'rejects.groups': (task, { session, signal }) => groupRejects(session, task.request, { signal }),
  'rejects.record': (task, { session, signal }) =>
    readRejectedRecord(session, { load: task.load, record: task.record, signal }),
  'rejects.correct': (task, { session, signal }) =>
    correctRejects(session, task.load, { corrections: task.corrections, signal }),
  'rejects.correctAll': (task, { session, signal }) =>
    correctAllRejects(session, task.load, { request: task.request, signal }),
  'rejects.import': (task, { session, signal }) => importCorrections(session, task.load, { path: task.path, signal }),
  'rejects.export': (task, { session, signal }) =>
    exportRejects(session, { loadId: task.loadId, filter: task.filter, path: task.path, signal }),
  'audit.page': (task, { session, signal }) => pageAudit(session, task, { signal }),
  'audit.files': (task, { session, signal }) => pageLoadFiles(session, task.request, { signal }),
  'audit.export': (task, { session, signal }) => exportAudit(session, { ...task, signal }),
  'review.read': (task, { session, signal }) => readLoadReview(session, task.loadId, { signal }),
  'review.revision': (task, { session, signal }) => reviewRevision(session, task.loadId, { signal }),
  'review.page': (task, { session, signal }) => reviewPage(session, task.request, { signal }),
  'review.duplicates': (task, { session, signal }) => duplicatesPage(session, task.request, { signal }),
  'review.resolve': (task, { session, signal }) => resolveConflicts(session, task.request, { signal }),
};

/** Answers one question of the window. */
export function runInquiry(task: InquiryTask, tools: InquiryTools): Promise<TaskResults[TaskKind]> {
  const answer = ANSWERS[task.kind] as (task: InquiryTask, tools: InquiryTools) => Promise<TaskResults[InquiryKind]>;
  return answer(task, tools);
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
