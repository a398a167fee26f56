import type { AuditFilter, AuditPage, AuditRequest } from '#contract/api/audit';
import type { AuditEntry, AuditFiles, AuditProgram } from '#contract/audit';
import type { AuditAction } from '#contract/audit-actions';
import type { ConnectionRef } from '#contract/connection';
import { connectionText } from '#contract/connection-text';
import { type Ledger, readLedger } from '../ledger/ledger.ts';
import { addTextSearch } from '../ledger/text-search.ts';
import { type Actor, ownActor } from './actor.ts';
import { readAuditPage } from './read-audit.ts';

/** What happened, as the one who did it tells it. */
export interface AuditNote {
  readonly action: AuditAction;
  readonly job?: number;
  readonly loadId?: string;
  readonly connection?: ConnectionRef;
  readonly counts?: Readonly<Record<string, number>>;
  readonly files?: AuditFiles;
  /** Holds no secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Entries read together. */
const PAGE = 500;

/** The audit log of this ledger: written and read, never changed. */
export class AuditTrail {
  readonly #ledger: Ledger;
  readonly #program: AuditProgram;
  readonly #actor: Actor = ownActor();

  constructor(ledger: Ledger, program: AuditProgram) {
    this.#ledger = ledger;
    this.#program = program;
    addTextSearch(ledger.database);
  }

  /** Inside a transaction of the ledger it is written with the rest of it, or not at all. @throws LEDGER_FAILED */
  add({ action, job, loadId, connection, counts = {}, files, facts = {} }: AuditNote): void {
    readLedger(this.#ledger, (database) =>
      database
        .prepare(
          `INSERT INTO audit (at, os_user, os_host, program, action, job, load_id, connection, counts, files, bytes, digest, facts)
           VALUES (@at, @user, @host, @program, @action, @job, @loadId, @connection, @counts, @files, @bytes, @digest, @facts)`,
        )
        .run({
          ...{ at: new Date().toISOString(), ...this.#actor, program: this.#program, action },
          ...{ job: job ?? null, loadId: loadId ?? null },
          connection: connection === undefined ? null : connectionText(connection),
          counts: JSON.stringify(counts),
          ...{ files: files?.count ?? null, bytes: files?.bytes ?? null, digest: files?.digest ?? null },
          facts: JSON.stringify(facts),
        }),
    );
  }

  /** Newest first. */
  page(request: AuditRequest): AuditPage {
    return readLedger(this.#ledger, (database) => readAuditPage(database, request));
  }

  /** All that pass the filter, newest first; what is written meanwhile is not among them. */
  *entries(filter: AuditFilter): Generator<AuditEntry> {
    let upTo: string | undefined;
    for (let offset = 0; ; offset += PAGE) {
      const page = this.page({ filter, offset, limit: PAGE, ...(upTo !== undefined && { upTo }) });
      yield* page.entries;
      if (page.entries.length < PAGE || page.upTo === null) return;
      upTo = page.upTo;
    }
  }
}
