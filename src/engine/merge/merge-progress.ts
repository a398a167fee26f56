import type { MergeProgress } from '#contract/jobs';
import type { Classified } from '#engine/check/classify-rows';
import type { ResolvedRows } from '#engine/check/resolve-columns';
import type { LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';

/** Where a merge is: the table at hand, and the rows accounted for. */
export interface MergeStep {
  readonly table?: string;
  readonly merge: MergeProgress;
}

/** Tables of fewer rows are done before anybody could read how far they are. */
const LARGE_TABLE = 50_000;
/** Of so many rows one speaks. A prime, so that rows that stand at even distances take their turns. */
const ROWS_PER_WORD = 9_973;
const WORD = 'loadstone: rows done';

/**
 * Tells how many rows a merge has accounted for, also while a statement runs: about every ten-thousandth row has the
 * server send a notice, at once, from inside the statement. (Rows of an attempt that is rolled back count twice, so a
 * table's own number ends where its rows do; what is done is exact after each table.)
 */
export class MergeWatch {
  readonly #client: PgClient;
  readonly #tell: (step: MergeStep) => void;
  readonly #staged: ReadonlyMap<number, number>;
  readonly #total: number;
  #table: LoadTable | null = null;
  #part: MergeProgress['part'] = 'check';
  /** Rows of the tables before. */
  #before = 0;
  /** Rows of this one. */
  #here = 0;

  private constructor(client: PgClient, staged: ReadonlyMap<number, number>, tell: (step: MergeStep) => void) {
    this.#client = client;
    this.#tell = tell;
    this.#staged = staged;
    this.#total = [...staged.values()].reduce((sum, rows) => sum + rows, 0);
    client.on('notice', this.#hear);
  }

  /** Begins to listen; to be closed whatever happens. */
  static async open(
    client: PgClient,
    tables: readonly LoadTable[],
    resolved: ResolvedRows,
    tell: (step: MergeStep) => void,
  ): Promise<MergeWatch> {
    const staged = new Map<number, number>();
    for (const { index } of tables.filter(({ keep }) => keep)) {
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${resolved.relation(index)}`);
      staged.set(index, Number(rows[0]?.count));
    }
    if ([...staged.values()].some((rows) => rows >= LARGE_TABLE)) await client.query(SPEAK);
    return new MergeWatch(client, staged, tell);
  }

  close(): void {
    this.#client.off('notice', this.#hear);
  }

  /** Another attempt begins with the first table. */
  restart(): void {
    this.#before = 0;
    this.#here = 0;
  }

  begin(table: LoadTable): void {
    this.#table = table;
    this.#part = 'check';
    this.#say();
  }

  /** The rows that stay as they are need no more. */
  async classified(classified: Classified | null): Promise<void> {
    this.#part = 'write';
    if (classified !== null && this.#isLarge) this.#here += await countSettled(this.#client, classified);
    this.#say();
  }

  /** @returns the value, in a statement over rows `s` (file, seq) that writes each of them once. */
  watched(value: string): string {
    if (!this.#isLarge) return value;
    return `case when (s.file::int8 + s.seq) % ${ROWS_PER_WORD} <> 0 or pg_temp.loadstone_row_done() then ${value} end`;
  }

  end(): void {
    this.#before += this.#rowsHere;
    this.#here = 0;
    this.#table = null;
  }

  /** All rows are in. */
  keys(): void {
    this.#part = 'keys';
    this.#say();
  }

  get #rowsHere(): number {
    return this.#staged.get(this.#table?.index ?? -1) ?? 0;
  }

  get #isLarge(): boolean {
    return this.#rowsHere >= LARGE_TABLE;
  }

  readonly #hear = ({ message }: { readonly message?: string | undefined }): void => {
    if (message !== WORD) return;
    this.#here += ROWS_PER_WORD;
    this.#say();
  };

  #say(): void {
    const done = this.#before + Math.min(this.#here, this.#rowsHere);
    const merge = { done, total: this.#total, part: this.#part };
    this.#tell({ ...(this.#table !== null && { table: this.#table.name }), merge });
  }
}

const SPEAK = `create or replace function pg_temp.loadstone_row_done() returns boolean language plpgsql as
  $word$ begin raise info '${WORD}'; return true; end $word$`;

async function countSettled(client: PgClient, { outcomes }: Classified): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from ${outcomes} where outcome in ('unchanged', 'skipped')`,
  );
  return Number(rows[0]?.count);
}
