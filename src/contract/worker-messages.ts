import type { AuditFilter, AuditPage, AuditRequest, LoadFilesPage, LoadFilesRequest } from './api/audit.ts';
import type { CatalogListing, RowPage, RowRequest, TableDescription, TableName } from './api/catalog.ts';
import type { ConnectionDiagnosis } from './api/connections.ts';
import type { DetectedFormats, DialectRequest, InferRequest, Inferred } from './api/inference.ts';
import type { PreviewReport, PreviewRequest } from './api/previews.ts';
import type { CorrectAll, Corrected, Correction, ImportedCorrections, RecordView } from './api/reject-corrections.ts';
import type {
  RejectedRecord,
  RejectFilter,
  RejectGroupRequest,
  RejectGroups,
  RejectPage,
  RejectRequest,
} from './api/reject-pages.ts';
import type {
  ConflictPage,
  ConflictRequest,
  DuplicatePage,
  DuplicateRequest,
  ResolveRequest,
  Review,
} from './api/reviews.ts';
import type { SourceSummary } from './api/sources.ts';
import type { Trace, TraceRequest } from './api/traces.ts';
import type { UndoConflictPage, UndoConflictRequest } from './api/undos.ts';
import type { ConnectionRef, ConnectionTarget } from './connection.ts';
import type { ErrorFacts } from './errors.ts';
import type { CsvDialectGuess } from './inference.ts';
import type { MergeProgress } from './jobs.ts';
import type { LoadReport, LoadSpec } from './load.ts';
import type { Mapping } from './mapping.ts';
import type { Approval } from './review.ts';
import type { TablesPlan, TablesReport, TablesRequest, TablesSpec } from './tables-plan.ts';
import type { UndoPruned, UndoResult } from './undo.ts';

/**
 * What host and worker say to each other. Row data never crosses: every message is small. Each frame carries the
 * worker's generation, so that the late words of a process that was given up do no harm.
 */

/** A run of consecutive files of the plan, by file id (1-based, in byte order of the paths). */
export interface FileChunk {
  readonly first: number;
  readonly last: number;
}

/** What a worker can be asked to do. A worker does one task at a time. */
export type Task =
  /** Scan, skip what is loaded, create or re-open the staging schema. This worker becomes the load's lead: it holds the load's advisory lock until its end. */
  | {
      readonly kind: 'load.prepare';
      readonly spec: LoadSpec;
      readonly resume: boolean;
      readonly approval?: Approval;
    }
  /** Pull chunks with `next` until there is none; stage them. */
  | { readonly kind: 'load.stage'; readonly spec: LoadSpec; readonly fence: number }
  /** Check without merging, and keep what was found beside the staged rows, which outlast a crash from then on. Only the lead can. */
  | { readonly kind: 'load.check'; readonly spec: LoadSpec; readonly fence: number }
  /** Check and merge (or, for a dry run, count and roll back). Only the lead can. */
  | {
      readonly kind: 'load.merge';
      readonly spec: LoadSpec;
      readonly fence: number;
      readonly approval?: Approval;
      /** For how long it can be undone; null: for ever. */
      readonly undoDays: number | null;
    }
  | { readonly kind: 'load.discard'; readonly spec: LoadSpec }
  | { readonly kind: 'load.undo'; readonly loadId: string; readonly connection: ConnectionRef }
  /** Drop what loads have kept for their undo for long enough, those that do not say how long after so many days; at most so many loads. */
  | { readonly kind: 'undo.prune'; readonly connection: ConnectionRef; readonly days: number; readonly limit: number }
  /** Create a mapping's tables and alter those that do not fit, in one transaction. */
  | { readonly kind: 'tables.create'; readonly spec: TablesSpec }
  | InquiryTask
  /** End the backends of dead workers and wait until they are gone. */
  | { readonly kind: 'backends.end'; readonly connection: ConnectionRef; readonly pids: readonly number[] };
/** What the window asks, outside of any job: short, read-only, one at a time per worker. */
export type InquiryTask =
  /** How to reach a server now; starts the embedded one. Needs no lease. */
  | {
      readonly kind: 'server.resolve';
      readonly server: ConnectionRef;
      readonly home: string;
      /** Known from the keychain or the environment. */
      readonly password?: string;
    }
  /** One connection and out again, over no lease: what is tested may not work. */
  | { readonly kind: 'server.test'; readonly target: ConnectionTarget }
  /** Whether it ran. */
  | { readonly kind: 'embedded.stop'; readonly home: string }
  /** What a load of these paths would take. Needs no server. */
  | { readonly kind: 'source.scan'; readonly paths: readonly string[]; readonly mapping: Mapping }
  /** Of which formats the files at these paths are. Needs no server. */
  | { readonly kind: 'source.detect'; readonly paths: readonly string[] }
  /** How the CSV files at these paths are written. Needs no server. */
  | { readonly kind: 'source.dialect'; readonly request: DialectRequest }
  /** What mapping would load these paths. Needs no server. */
  | { readonly kind: 'source.infer'; readonly request: InferRequest }
  | { readonly kind: 'load.preview'; readonly connection: ConnectionRef; readonly request: PreviewRequest }
  | { readonly kind: 'tables.list'; readonly connection: ConnectionRef }
  | { readonly kind: 'tables.describe'; readonly connection: ConnectionRef; readonly table: TableName }
  | { readonly kind: 'tables.rows'; readonly connection: ConnectionRef; readonly request: RowRequest }
  | { readonly kind: 'tables.plan'; readonly connection: ConnectionRef; readonly request: TablesRequest }
  | { readonly kind: 'tables.trace'; readonly connection: ConnectionRef; readonly request: TraceRequest }
  /** An undo, done and rolled back. */
  | { readonly kind: 'undo.preview'; readonly connection: ConnectionRef; readonly loadId: string }
  | { readonly kind: 'undo.conflicts'; readonly connection: ConnectionRef; readonly request: UndoConflictRequest }
  | { readonly kind: 'rejects.page'; readonly connection: ConnectionRef; readonly request: RejectRequest }
  | { readonly kind: 'review.read'; readonly connection: ConnectionRef; readonly loadId: string }
  /** How often its resolutions were changed. */
  | { readonly kind: 'review.revision'; readonly connection: ConnectionRef; readonly loadId: string }
  | { readonly kind: 'review.page'; readonly connection: ConnectionRef; readonly request: ConflictRequest }
  | { readonly kind: 'review.duplicates'; readonly connection: ConnectionRef; readonly request: DuplicateRequest }
  /** The one inquiry that writes: into the load's own staging. */
  | { readonly kind: 'review.resolve'; readonly connection: ConnectionRef; readonly request: ResolveRequest }
  | { readonly kind: 'rejects.groups'; readonly connection: ConnectionRef; readonly request: RejectGroupRequest }
  /** One rejected row whole. Files are read below the load's own paths only. */
  | {
      readonly kind: 'rejects.record';
      readonly connection: ConnectionRef;
      readonly load: RejectedLoad;
      readonly record: RejectedRecord;
    }
  /** Not read-only: keeps what was written in the place of what records hold. */
  | {
      readonly kind: 'rejects.correct';
      readonly connection: ConnectionRef;
      readonly load: RejectedLoad;
      readonly corrections: readonly Correction[];
    }
  | {
      readonly kind: 'rejects.correctAll';
      readonly connection: ConnectionRef;
      readonly load: RejectedLoad;
      readonly request: CorrectAll;
    }
  | {
      readonly kind: 'rejects.import';
      readonly connection: ConnectionRef;
      readonly load: RejectedLoad;
      readonly path: string;
    }
  /** Writes them as CSV, in order of files and records; answers how many. */
  | {
      readonly kind: 'rejects.export';
      readonly connection: ConnectionRef;
      readonly loadId: string;
      readonly filter: RejectFilter;
      readonly path: string;
    }
  | { readonly kind: 'audit.page'; readonly connection: ConnectionRef; readonly request: AuditRequest }
  /** The files of a load, with their hashes. */
  | { readonly kind: 'audit.files'; readonly connection: ConnectionRef; readonly request: LoadFilesRequest }
  /** Writes the target's audit log as CSV, newest first; answers how many entries. */
  | {
      readonly kind: 'audit.export';
      readonly connection: ConnectionRef;
      readonly filter: AuditFilter;
      readonly path: string;
    };
/** A load as far as its rejects are concerned; of a retry, under the id of the load that it retried. */
export type RejectedLoad = Pick<LoadSpec, 'loadId' | 'paths' | 'mapping' | 'schema' | 'onConflict'>;

export type InquiryKind = InquiryTask['kind'];

export type TaskKind = Task['kind'];
export type TaskOf<K extends TaskKind> = Extract<Task, { readonly kind: K }>;

/** The environment variable that tells a worker its generation before the first frame. */
export const GENERATION_VARIABLE = 'LOADSTONE_WORKER_GENERATION';

export interface PrepareResult {
  /** Counts up with every prepare of one load; staging under an older fence is refused. */
  readonly fence: number;
  /** The load is already merged (its row is in loadstone.loads): the stored report, nothing left to do. */
  readonly merged?: LoadReport;
  /** The load was checked and waits for a decision: the stored report, nothing left to do. */
  readonly waiting?: LoadReport;
  /** What is left to stage. */
  readonly chunks: readonly FileChunk[];
  readonly files: {
    readonly found: number;
    readonly unchanged: number;
    readonly toStage: number;
    readonly staged: number;
  };
  readonly bytes: number;
}

export interface StageResult {
  readonly files: number;
  readonly rows: number;
}

export interface TaskResults {
  'load.prepare': PrepareResult;
  'load.stage': StageResult;
  /** Waits for review. */
  'load.check': LoadReport;
  /** Waits for review again when the target has moved on and that was not accepted. */
  'load.merge': LoadReport;
  'load.discard': null;
  'load.undo': UndoResult;
  'undo.prune': UndoPruned;
  'tables.create': TablesReport;
  'backends.end': null;
  'server.resolve': ConnectionTarget;
  'server.test': ConnectionDiagnosis;
  'embedded.stop': boolean;
  'source.scan': SourceSummary;
  'source.detect': DetectedFormats;
  'source.dialect': CsvDialectGuess;
  'source.infer': Inferred;
  'load.preview': PreviewReport;
  'tables.list': CatalogListing;
  'tables.describe': TableDescription;
  'tables.rows': RowPage;
  'tables.plan': TablesPlan;
  'tables.trace': Trace;
  'undo.preview': UndoResult;
  'undo.conflicts': UndoConflictPage;
  'rejects.page': RejectPage;
  'rejects.groups': RejectGroups;
  'rejects.record': RecordView;
  'rejects.correct': Corrected;
  'rejects.correctAll': number;
  'rejects.import': ImportedCorrections;
  'rejects.export': number;
  'audit.page': AuditPage;
  'audit.files': LoadFilesPage;
  'audit.export': number;
  'review.read': Review;
  'review.revision': number;
  'review.page': ConflictPage;
  'review.duplicates': DuplicatePage;
  'review.resolve': Review;
}

/** Growth since the last report of the same worker, except `phase`, `table`, `statements` and `merge`: they say what is now. */
export interface StageProgress {
  readonly phase: 'scan' | 'stage' | 'check' | 'merge' | 'create';
  readonly files?: number;
  readonly failedFiles?: number;
  readonly bytes?: number;
  readonly rows?: number;
  readonly rejected?: number;
  /** The table being checked, merged, created or altered. */
  readonly table?: string;
  /** Rows staged by table, under the mapping's names. */
  readonly tables?: Readonly<Record<string, number>>;
  /** How far the creation of tables is. */
  readonly statements?: { readonly done: number; readonly total: number };
  /** How far the merge is. */
  readonly merge?: MergeProgress;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type HostToWorker = { readonly generation: number } & (
  | { readonly type: 'task'; readonly taskId: number; readonly task: Task }
  /** First cancel: stop after the current batch and roll back what is open. */
  | { readonly type: 'cancel'; readonly taskId: number }
  | { readonly type: 'chunk'; readonly taskId: number; readonly chunk: FileChunk | null }
  | { readonly type: 'lease'; readonly requestId: number; readonly leaseId: number; readonly target: ConnectionTarget }
  | { readonly type: 'lease-refused'; readonly requestId: number; readonly error: ErrorFacts }
  | { readonly type: 'ping'; readonly sequence: number }
  | { readonly type: 'shutdown' }
);

export type WorkerToHost = { readonly generation: number } & (
  | { readonly type: 'ready' }
  | { readonly type: 'pong'; readonly sequence: number; readonly rssBytes: number }
  /** Asks for the next chunk of files. */
  | { readonly type: 'next'; readonly taskId: number }
  | { readonly type: 'lease-request'; readonly requestId: number; readonly connection: ConnectionRef }
  /** The lease is in use by this server process; sent after every (re)connect. */
  | { readonly type: 'lease-connected'; readonly leaseId: number; readonly backendPid: number }
  | { readonly type: 'lease-release'; readonly leaseId: number }
  | { readonly type: 'progress'; readonly taskId: number; readonly progress: StageProgress }
  | {
      readonly type: 'log';
      readonly level: LogLevel;
      readonly message: string;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'done'; readonly taskId: number; readonly result: TaskResults[TaskKind] }
  | { readonly type: 'cancelled'; readonly taskId: number }
  /** `report` is what is known of a load that failed as a whole (all files failed, too many rejects, …). */
  | { readonly type: 'failed'; readonly taskId: number; readonly error: ErrorFacts; readonly report?: LoadReport }
);
