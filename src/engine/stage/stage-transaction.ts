import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';
import { copyRows } from '#engine/postgres/copy';
import { copyField } from '#engine/postgres/copy-text';
import { holdFence } from './fence.ts';
import type { FileMark, StageBuffers } from './stage-buffers.ts';

/** What the staging keeps of a file: its content's hash and times, or why it failed. */
export interface StagedFile {
  readonly file: number;
  readonly sha256: string | null;
  readonly size: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  readonly failure: {
    readonly code: string;
    readonly message: string;
    readonly line?: number | undefined;
    readonly column?: number | undefined;
  } | null;
}

const STAGED_COLUMNS = ['file', 'sha256', 'size', 'modified_ns', 'changed_ns', 'code', 'message', 'line', '"column"'];

/**
 * One staging transaction: the rows of several whole files and the list of these files, all or nothing. Rows are sent
 * while the next ones are parsed, one send at a time. A file too large for the buffers is sent in parts under a
 * savepoint, so that it alone can still be taken back.
 *
 * States: open → (in a file's savepoint ↔ open) → committed or rolled back.
 */
export class StageTransaction {
  readonly #client: PgClient;
  readonly #names: StagingNames;
  readonly #buffers: StageBuffers;
  readonly #files: StagedFile[] = [];
  #sending: Promise<void> = Promise.resolve();
  #failure: { readonly reason: unknown } | null = null;
  #mark: FileMark | null = null;
  #inSavepoint = false;

  private constructor(client: PgClient, names: StagingNames, buffers: StageBuffers) {
    this.#client = client;
    this.#names = names;
    this.#buffers = buffers;
  }

  static async begin(
    client: PgClient,
    names: StagingNames,
    buffers: StageBuffers,
    fence: number,
  ): Promise<StageTransaction> {
    // Staged rows are worth no disk flush: after a crash they are staged again.
    await client.query('begin; set local synchronous_commit = off');
    await holdFence(client, names, fence);
    buffers.clear();
    return new StageTransaction(client, names, buffers);
  }

  beginFile(file: number): void {
    this.#mark = this.#buffers.beginFile(file);
  }

  /** Sends what is complete; resolves when the send before it is done, so that at most one is under way. */
  async sendComplete(): Promise<void> {
    await this.#afterSending();
    this.#send(null);
  }

  /** Sends what there is of the current file too. */
  async sendPart(): Promise<void> {
    await this.#afterSending();
    if (!this.#inSavepoint) {
      this.#send(this.#mark);
      await this.#afterSending();
      await this.#client.query('savepoint file');
      this.#inSavepoint = true;
      this.#mark = this.#buffers.firstMark;
    }
    this.#send(null);
  }

  async endFile(staged: StagedFile): Promise<void> {
    this.#buffers.endFile();
    this.#files.push(staged);
    if (this.#inSavepoint) await this.#leaveSavepoint('release savepoint file');
    this.#mark = null;
  }

  /** Takes the current file's rows back; it is listed with its failure. */
  async dropFile(staged: StagedFile): Promise<void> {
    if (this.#mark !== null) this.#buffers.dropFile(this.#mark);
    this.#files.push(staged);
    if (this.#inSavepoint) await this.#leaveSavepoint('rollback to savepoint file');
    this.#mark = null;
  }

  async #leaveSavepoint(statement: string): Promise<void> {
    // Rows that wait in the buffers must not slip out of the savepoint they belong to.
    if (statement.startsWith('release')) {
      await this.#afterSending();
      this.#send(null);
    }
    await this.#afterSending();
    await this.#client.query(statement);
    this.#inSavepoint = false;
  }

  async commit(): Promise<void> {
    await this.#afterSending();
    this.#send(null);
    await this.#afterSending();
    if (this.#files.length > 0) {
      await copyRows(
        this.#client,
        this.#names.staged,
        STAGED_COLUMNS,
        Buffer.from(this.#files.map(stagedLine).join('')),
      );
    }
    await this.#client.query('commit');
  }

  /** Ends the transaction without keeping anything; never throws. */
  async rollback(): Promise<void> {
    await this.#sending;
    await this.#client.query('rollback').catch(() => undefined);
  }

  async #afterSending(): Promise<void> {
    await this.#sending;
    if (this.#failure !== null) throw this.#failure.reason;
  }

  /** Starts sending the buffers, as far as `upTo`. A failure is kept and thrown by the next step. */
  #send(upTo: FileMark | null): void {
    const parts = this.#buffers.buffers.flatMap((buffer, index) => {
      const mark = upTo?.marks[index] ?? buffer.text.mark();
      return mark.byteLength === 0 ? [] : [{ buffer, data: buffer.text.take(mark) }];
    });
    const send = async () => {
      for (const { buffer, data } of parts) {
        await copyRows(this.#client, buffer.table, buffer.columns, data);
        buffer.text.recycle();
      }
    };
    this.#sending = send().catch((reason) => {
      this.#failure ??= { reason };
    });
  }
}

function stagedLine({ file, sha256, size, modifiedNs, changedNs, failure }: StagedFile): string {
  const text = [failure?.code, failure?.message, failure?.line, failure?.column];
  const fields = [`${file}`, sha256, `${size}`, `${modifiedNs}`, `${changedNs}`, ...text];
  return `${fields.map((field) => copyField(field == null ? null : String(field))).join('\t')}\n`;
}
