import type { DialectRequest, InferRequest, Inferred } from '#contract/api/inference';
import { mappingSchema } from '#contract/mapping';
import type { InquiryKind, InquiryTask, Task, TaskKind, TaskResults } from '#contract/worker-messages';
import {
  browseRows,
  browseTable,
  browseTables,
  correctAllRejects,
  correctRejects,
  detectFormats,
  diagnoseConnection,
  exportRejects,
  glanceAtTables,
  groupRejects,
  guessDialect,
  importCorrections,
  inferMapping,
  type PreviewOptions,
  pageRejects,
  previewLoad,
  readRejectedRecord,
  resolveTarget,
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
  'rejects.page': 'read the rejects',
  'rejects.groups': 'count the rejects',
  'rejects.record': 'look at the rejected record',
  'rejects.correct': 'keep the corrections',
  'rejects.correctAll': 'keep the corrections',
  'rejects.import': 'keep the corrections',
  'rejects.export': 'write the rejects',
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
    case 'rejects.page':
      return pageRejects(session, task.request, { signal });
    case 'rejects.groups':
      return groupRejects(session, task.request, { signal });
    case 'rejects.record':
      return readRejectedRecord(session, { load: task.load, record: task.record, signal });
    case 'rejects.correct':
      return correctRejects(session, task.load, { corrections: task.corrections, signal });
    case 'rejects.correctAll':
      return correctAllRejects(session, task.load, { request: task.request, signal });
    case 'rejects.import':
      return importCorrections(session, task.load, { path: task.path, signal });
    case 'rejects.export':
      return exportRejects(session, { loadId: task.loadId, filter: task.filter, path: task.path, signal });
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
