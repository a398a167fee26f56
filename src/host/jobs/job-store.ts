import type { Review } from '#contract/api/reviews';
import type { ConnectionRef } from '#contract/connection';
import type { ErrorFacts } from '#contract/errors';
import type { JobOrder, JobReport } from '#contract/job-orders';
import { JOB_TRANSITIONS, type JobState } from '#contract/jobs';
import { loadSpecSchema } from '#contract/load';
import type { Approval } from '#contract/review';
import { tablesSpecSchema } from '#contract/tables-plan';
import type { UndoPruned, UndoResult } from '#contract/undo';
import { AuditTrail } from '../audit/audit-trail.ts';
import { approvedNote, changedNote, interruptedNote, orderedNote, resolvedNote } from '../audit/job-notes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ledgerFailed } from '../ledger/ledger-errors.ts';
import { isAlive, ownIdentity } from '../ledger/process-identity.ts';
import { jobBusy, jobNotFound, jobState, specUnreadable } from './job-errors.ts';
import {
  ACTION_ENDS,
  type JobAction,
  type JobEvent,
  type JobRecord,
  type JobRow,
  OWNED_STATES,
  toRecord,
  UNDO_DROPPED,
} from './job-record.ts';
import { reviewIdOf, waitingAfter } from './job-review.ts';

/** What is stored with a change of state. */
export interface StateFacts {
  readonly report?: JobReport;
  readonly error?: ErrorFacts;
  /** What an undo took back. */
  readonly undone?: UndoResult;
  /** That the load's staged rows shall be merged. */
  readonly approval?: Approval;
}

interface DroppedUndo {
  readonly connection: ConnectionRef;
  readonly olderThanDays: number;
  readonly pruned: UndoPruned;
}

/**
 * The jobs of the ledger. `change` is the only way a job's state changes: it reads, judges by JOB_TRANSITIONS and
 * writes in one SQLite transaction, so of two processes that want the same job one gets JOB_STATE. Going to `queued` or
 * `running` makes this process the job's owner. `claim` does the same for actions that leave the state as it is until
 * they are done. A job whose owner no longer lives becomes `interrupted` (or loses its action) by `recover`. What the
 * audit log has to know is written in the same transaction.
 */
export class JobStore {
  readonly #ledger: Ledger;
  readonly #self = ownIdentity();
  readonly #told: (number: number) => void;
  readonly #trail: AuditTrail;

  /** @param told hears the number of each job that this process changed, once that is stored. */
  constructor(ledger: Ledger, told: (number: number) => void = () => {}, trail = new AuditTrail(ledger, 'cli')) {
    this.#ledger = ledger;
    this.#told = told;
    this.#trail = trail;
  }

  /** A new job, `queued` and owned by this process. */
  create(order: JobOrder): JobRecord {
    const record = this.#write(() => {
      const { lastInsertRowid } = this.#prepare(
        `INSERT INTO jobs (load_id, kind, state, spec, created_at, host_pid, host_started)
         VALUES (@id, @kind, 'queued', @spec, @now, @pid, @started)`,
      ).run({ id: idOf(order), kind: order.kind, spec: JSON.stringify(order.spec), now: now(), ...this.#self });
      const number = Number(lastInsertRowid);
      this.#note(number, 'queued', {});
      const created = toRecord(this.#row(number));
      this.#trail.add(orderedNote(created));
      return created;
    });
    this.#told(record.number);
    return record;
  }

  /**
   * @param said what is stored with it; may be made of the job as it is when it changes.
   * @throws JOB_STATE when the job's state does not allow it, JOB_NOT_FOUND.
   */
  change(number: number, to: JobState, said: StateFacts | ((record: JobRecord) => StateFacts) = {}): JobRecord {
    return this.#change(number, () => {
      const row = this.#row(number);
      this.#judge(row, to);
      if (to === 'queued') judgeSpec(row);
      const facts = typeof said === 'function' ? said(toRecord(row)) : said;
      this.#keepWaiting(number, waitingAfter(to, facts));
      const starts = to === 'queued' || to === 'running';
      this.#prepare(
        `UPDATE jobs SET state = @to,
           host_pid = @pid, host_started = @started, action = NULL,
           cancel_requested = CASE WHEN @to = 'queued' THEN 0 ELSE cancel_requested END,
           started_at = CASE WHEN @to = 'running' THEN COALESCE(started_at, @now) ELSE started_at END,
           ended_at = CASE WHEN @open THEN NULL WHEN @to IN ('undone', 'discarded') THEN ended_at ELSE @now END,
           report = CASE WHEN @starts THEN NULL ELSE COALESCE(@report, report) END,
           error = CASE WHEN @starts THEN NULL ELSE COALESCE(@error, error) END
         WHERE number = @number`,
      ).run({
        number,
        to,
        now: now(),
        starts: Number(starts),
        open: Number(OWNED_STATES.includes(to)),
        report: facts.report ? JSON.stringify(facts.report) : null,
        error: facts.error ? JSON.stringify(facts.error) : null,
        ...this.#self,
      });
      this.#note(number, to, historyOf(facts));
      const changed = toRecord(this.#row(number));
      const { approval, undone } = facts;
      const told = approval === undefined ? changedNote(changed, undone) : approvedNote(changed, approval);
      if (told !== null) this.#trail.add(told);
      return changed;
    });
  }

  #keepWaiting(number: number, changes: ReturnType<typeof waitingAfter>): void {
    for (const name of ['review', 'approval'] as const) {
      const value = changes[name];
      if (value === undefined) continue;
      const json = value === null ? null : JSON.stringify(value);
      this.#prepare(`UPDATE jobs SET ${name} = ? WHERE number = ?`).run(json, number);
    }
  }

  /** The staged rows that waited to be merged are gone, as somebody found who looked for them. A later check counts. */
  forgetReview(number: number, reviewId: string): void {
    this.#change(number, () => {
      const row = this.#row(number);
      if (OWNED_STATES.includes(row.state) || reviewIdOf(toRecord(row)) !== reviewId) return;
      this.#keepWaiting(number, { review: null, approval: null });
      this.#note(number, 'review gone', {});
    });
  }

  /** What shall become of the load's conflicts was changed; it stands beside the staged rows. */
  resolved(number: number, review: Review): void {
    this.#change(number, () => {
      this.#note(number, 'resolved', { revision: review.revision });
      this.#trail.add(resolvedNote(toRecord(this.#row(number)), review));
    });
  }

  /** What the undo of loads needs is gone from a server: theirs, where they are jobs of this ledger, and others'. */
  undoDropped({ connection, olderThanDays, pruned: { loads, bytes, loadIds } }: DroppedUndo): void {
    if (loads === 0) return;
    const numbers = this.#write(() => {
      const facts = { olderThanDays };
      this.#trail.add({ action: 'undo_dropped', connection, counts: { loads, bytes }, facts });
      const find = this.#prepare('SELECT number FROM jobs WHERE load_id = ?').pluck();
      const own = loadIds.flatMap((loadId) => find.all(loadId) as number[]);
      for (const number of own) this.#note(number, UNDO_DROPPED, facts);
      return own;
    });
    for (const number of numbers) this.#told(number);
  }

  /** Takes the job for an action; `unclaim`, or `change` to the action's end, gives it back. */
  claim(number: number, action: JobAction): JobRecord {
    return this.#change(number, () => {
      const row = this.#row(number);
      this.#judge(row, ACTION_ENDS[action]);
      judgeSpec(row);
      if (row.action !== null && ownerLives(row)) throw jobBusy(number, row.action, row.host_pid);
      this.#prepare(
        `UPDATE jobs SET action = @action, host_pid = @pid, host_started = @started, cancel_requested = 0
         WHERE number = @number`,
      ).run({ number, action, ...this.#self });
      return toRecord(row);
    });
  }

  unclaim(number: number): void {
    this.#change(number, () => this.#prepare('UPDATE jobs SET action = NULL WHERE number = ?').run(number));
  }

  /** Marks what dead processes left behind; returns the numbers of the jobs that became `interrupted`. */
  recover(): readonly number[] {
    const left = this.#read(
      () =>
        this.#prepare(
          `SELECT * FROM jobs WHERE state IN ('queued', 'running', 'cancelling') OR action IS NOT NULL`,
        ).all() as JobRow[],
    ).filter((row) => !ownerLives(row));
    return left.flatMap((row) => (this.#recoverOne(row) ? [row.number] : []));
  }

  /** Asks the process that runs the job to cancel it. @throws JOB_STATE when none does. */
  requestCancel(number: number): void {
    this.#write(() => {
      const row = this.#row(number);
      if (!isOpen(row)) throw jobState(number, row.state, 'cancelled');
      this.#prepare('UPDATE jobs SET cancel_requested = cancel_requested + 1 WHERE number = ?').run(number);
    });
  }

  /** Whether a process works on the job. */
  isOpen(number: number): boolean {
    return this.#read(() => isOpen(this.#row(number)));
  }

  /** How often a cancel of the job was asked for by other processes. */
  cancelsRequested(number: number): number {
    return this.#read(() => this.#row(number).cancel_requested);
  }

  get(number: number): JobRecord {
    return this.#read(() => toRecord(this.#row(number)));
  }

  /** Newest first. */
  list(): readonly JobRecord[] {
    return this.#read(() => (this.#prepare('SELECT * FROM jobs ORDER BY number DESC').all() as JobRow[]).map(toRecord));
  }

  events(number: number): readonly JobEvent[] {
    const rows = this.#read(
      () =>
        this.#prepare('SELECT at, event, facts FROM job_events WHERE job = ? ORDER BY id').all(number) as {
          at: string;
          event: string;
          facts: string;
        }[],
    );
    return rows.map(({ at, event, facts }) => ({ at, event, facts: JSON.parse(facts) }));
  }

  note(number: number, event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    this.#change(number, () => this.#note(number, event, facts));
  }

  #recoverOne({ number }: JobRow): boolean {
    return this.#change(number, () => {
      const row = this.#row(number);
      if (ownerLives(row)) return false;
      const interrupted = OWNED_STATES.includes(row.state);
      if (!interrupted && row.action === null) return false;
      this.#prepare(
        `UPDATE jobs SET action = NULL, state = @state, ended_at = CASE WHEN @interrupted THEN @now ELSE ended_at END
         WHERE number = @number`,
      ).run({ number, now: now(), interrupted: Number(interrupted), state: interrupted ? 'interrupted' : row.state });
      this.#note(number, interrupted ? 'interrupted' : `${row.action} interrupted`, { hostPid: row.host_pid });
      this.#trail.add(interruptedNote(toRecord(row), row.action, row.host_pid));
      return interrupted;
    });
  }

  #judge(row: JobRow, to: JobState): void {
    if (!JOB_TRANSITIONS[row.state].includes(to)) throw jobState(row.number, row.state, wishOf(to));
    const { action } = row;
    const finishes = action !== null && to === ACTION_ENDS[action];
    const mayTouch = this.#isOwn(row) && (action === null || finishes);
    const taken = OWNED_STATES.includes(row.state) || action !== null;
    if (taken && !mayTouch && ownerLives(row)) throw jobBusy(row.number, action ?? row.kind, row.host_pid);
  }

  #isOwn(row: JobRow): boolean {
    return row.host_pid === this.#self.pid && row.host_started === this.#self.started;
  }

  #row(number: number): JobRow {
    const row = this.#prepare('SELECT * FROM jobs WHERE number = ?').get(number) as JobRow | undefined;
    if (!row) throw jobNotFound(number);
    return row;
  }

  #note(number: number, event: string, facts: Readonly<Record<string, unknown>>): void {
    this.#prepare('INSERT INTO job_events (job, at, event, facts) VALUES (?, ?, ?, ?)').run(
      number,
      now(),
      event,
      JSON.stringify(facts),
    );
  }

  #prepare(sql: string) {
    return this.#ledger.database.prepare(sql);
  }

  #read<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw ledgerFailed(this.#ledger.path, error);
    }
  }

  #change<Result>(number: number, work: () => Result): Result {
    const result = this.#write(work);
    this.#told(number);
    return result;
  }

  #write<Result>(work: () => Result): Result {
    return this.#read(() => this.#ledger.database.transaction(work).immediate());
  }
}

const SPECS = { load: loadSpecSchema, tables: tablesSpecSchema };

function idOf(order: JobOrder): string {
  return order.kind === 'load' ? order.spec.loadId : order.spec.tablesId;
}

/** What was written by another version, or by hand, must not be run half-understood. @throws LEDGER_FAILED */
function judgeSpec(row: JobRow): void {
  if (!Object.hasOwn(SPECS, row.kind)) throw specUnreadable(row.number, row.kind);
  const parsed = SPECS[row.kind].safeParse(JSON.parse(row.spec));
  if (!parsed.success) throw specUnreadable(row.number, parsed.error.issues[0]?.path.join('.') ?? '');
}

function ownerLives(row: JobRow): boolean {
  return row.host_pid !== null && isAlive({ pid: row.host_pid, started: row.host_started ?? '' });
}

function isOpen({ state, action }: JobRow): boolean {
  return OWNED_STATES.includes(state) || action !== null;
}

function wishOf(to: JobState): string {
  return to === 'queued' || to === 'running' ? 'resumed' : to.replaceAll('_', ' ');
}

function now(): string {
  return new Date().toISOString();
}

/** What the job's history keeps of a change of state. */
function historyOf({ error, undone, approval }: StateFacts): Readonly<Record<string, unknown>> {
  if (approval !== undefined) return { approved: approval.reviewId, acceptMoved: approval.acceptMoved };
  if (error !== undefined) return { code: error.code, message: error.message };
  return undone === undefined ? {} : { ...undone };
}
