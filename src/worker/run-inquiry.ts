import type { InquiryKind, InquiryTask, Task, TaskKind, TaskResults } from '#contract/worker-messages';
import {
  browseRows,
  browseTable,
  browseTables,
  diagnoseConnection,
  exportRejects,
  type PreviewOptions,
  pageRejects,
  previewLoad,
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
  'load.preview': 'preview the load',
  'tables.list': 'list the tables',
  'tables.describe': 'describe the table',
  'tables.rows': 'read the rows',
  'rejects.page': 'read the rejects',
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
    case 'load.preview':
      return previewLoad(session, { ...tools, request: task.request });
    case 'tables.list':
      return browseTables(session, { signal });
    case 'tables.describe':
      return browseTable(session, task.table, { signal });
    case 'tables.rows':
      return browseRows(session, task.request, { signal });
    case 'rejects.page':
      return pageRejects(session, task.request, { signal });
    case 'rejects.export':
      return exportRejects(session, { loadId: task.loadId, filter: task.filter, path: task.path, signal });
    default:
      return task satisfies never;
  }
}
