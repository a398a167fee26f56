import type { Review } from '#contract/api/reviews';
import type { AuditAction } from '#contract/audit-actions';
import { mergeCounts, undoCounts } from '#contract/audit-counts';
import type { JobState } from '#contract/jobs';
import type { LoadReport, LoadSpec } from '#contract/load';
import type { Approval } from '#contract/review';
import type { UndoResult } from '#contract/undo';
import type { JobRecord } from '../jobs/job-record.ts';
import type { AuditNote } from './audit-trail.ts';

type Facts = Readonly<Record<string, unknown>>;

/** An order may name a thousand paths; the job keeps them all. */
const MOST_PATHS = 20;

/** What the audit log says of a new job. */
export function orderedNote(record: JobRecord): AuditNote {
  return { ...about(record), action: 'ordered', facts: orderFacts(record) };
}

/** What it says of a job whose state changed; null: nothing that matters. @param record as it is now */
export function changedNote(record: JobRecord, undone: UndoResult | undefined): AuditNote | null {
  const action = actionOf(record);
  if (action === null) return null;
  return { ...about(record), action, ...outcomeOf(record, action, undone) };
}

/** What it says of a load that shall be merged as it was reviewed. */
export function approvedNote(record: JobRecord, { reviewId, revision, acceptMoved }: Approval): AuditNote {
  const facts = { review: reviewId, ...(revision !== undefined && { revision }), acceptMoved };
  return { ...about(record), action: 'approved', facts };
}

/** What it says of a load for whose conflicts something was decided. */
export function resolvedNote(record: JobRecord, { revision, resolutions, effects }: Review): AuditNote {
  const of = (outcome: 'updated' | 'skipped' | 'fails') =>
    Object.values(effects).reduce((sum, effect) => sum + effect[outcome], 0);
  return {
    ...about(record),
    action: 'resolved',
    counts: { updated: of('updated'), skipped: of('skipped'), fails: of('fails') },
    facts: { revision, choices: resolutions.choices?.length ?? 0 },
  };
}

/** What it says of a job whose process died. @param action what that did with a job that had ended */
export function interruptedNote(record: JobRecord, action: string | null, hostPid: number | null): AuditNote {
  return { ...about(record), action: 'interrupted', facts: { during: action ?? record.kind, process: hostPid } };
}

function about({ number, loadId, spec }: JobRecord): Pick<AuditNote, 'job' | 'loadId' | 'connection'> {
  return { job: number, loadId, connection: spec.connection };
}

function orderFacts(record: JobRecord): Facts {
  const { mapping, schema } = record.spec;
  const common = { kind: record.kind, mapping: mapping.name, ...(schema !== undefined && { schema }) };
  if (record.kind === 'tables') {
    const { policy, ddl } = record.spec;
    return { ...common, policy, ownScript: ddl !== undefined };
  }
  return { ...common, ...pathFacts(record.spec), ...loadFacts(record.spec) };
}

function pathFacts({ paths }: LoadSpec): Facts {
  return { paths: paths.slice(0, MOST_PATHS), ...(paths.length > MOST_PATHS && { pathCount: paths.length }) };
}

function loadFacts({ dryRun, onConflict, review, retry }: LoadSpec): Facts {
  return {
    ...(dryRun && { dryRun }),
    ...(onConflict !== undefined && { onConflict }),
    ...(review && { review }),
    ...(retry !== undefined && { retryOf: retry.loadId }),
  };
}

/** By the state a job has come to. */
function actionOf({ kind, spec, state }: JobRecord): AuditAction | null {
  switch (state) {
    case 'queued':
      return 'resumed';
    case 'running':
    case 'cancelling':
      return null;
    case 'waiting_for_review':
      return 'checked';
    case 'succeeded':
    case 'succeeded_with_rejects':
      return kind === 'load' ? loadedAction(spec as LoadSpec) : 'tables_changed';
    case 'failed':
    case 'cancelled':
    case 'interrupted':
    case 'discarded':
    case 'undone':
      return state;
    default:
      return state satisfies never;
  }
}

function loadedAction({ dryRun, retry }: LoadSpec): AuditAction {
  if (dryRun) return 'tried';
  return retry === undefined ? 'merged' : 'retried';
}

type Outcome = Pick<AuditNote, 'counts' | 'files' | 'facts'>;

/** Actions that a load's files are named with: those that concern what was staged of them. */
const WITH_FILES: readonly AuditAction[] = ['checked', 'merged', 'retried', 'tried', 'undone'];

function outcomeOf(record: JobRecord, action: AuditAction, undone: UndoResult | undefined): Outcome {
  const { error, spec, state } = record;
  const facts = {
    mapping: spec.mapping.name,
    ...(action === 'failed' && error && { code: error.code, message: error.message }),
  };
  if (record.kind === 'tables') return { facts, ...(isDone(state) && tablesOutcome(record)) };
  const report = record.report;
  if (report === null || !WITH_FILES.includes(action)) return { facts };
  return {
    facts: { ...facts, ...pathFacts(record.spec), ...loadFacts(record.spec) },
    counts: action === 'undone' ? takenBack(undone) : loadCounts(report, action),
    files: { count: stagedFiles(report), bytes: report.bytes, digest: report.digest ?? null },
  };
}

/** Of a load that waits none is loaded yet. */
function stagedFiles({ files: { found, unchanged, failed } }: LoadReport): number {
  return found - unchanged - failed;
}

function isDone(state: JobState): boolean {
  return state === 'succeeded' || state === 'succeeded_with_rejects';
}

function tablesOutcome({ report }: Extract<JobRecord, { readonly kind: 'tables' }>): Pick<AuditNote, 'counts'> {
  if (report === null) return {};
  return { counts: { created: report.created.length, statements: report.ddl.length } };
}

/** Of a check nothing is in the tables yet. */
function loadCounts(report: LoadReport, action: AuditAction): Readonly<Record<string, number>> {
  const counts = mergeCounts(report);
  if (action !== 'checked') return counts;
  const { read, rejected, failedFiles } = counts;
  return { read, rejected, ...(failedFiles !== undefined && { failedFiles }) };
}

function takenBack(undone: UndoResult | undefined): Readonly<Record<string, number>> {
  return undone === undefined ? {} : undoCounts(undone);
}
