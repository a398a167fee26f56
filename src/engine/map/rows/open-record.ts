import type { CompiledTable } from '../compile/compiled.ts';
import type { Decision } from '../match/align.ts';
import type { ContentHash } from './content-hash.ts';
import type { Context } from './context.ts';
import { Dependants } from './dependants.ts';
import type { PendingRow } from './pending-row.ts';

/** How a record ended. `open`: its row is not out yet; `none`: it was no record after all. */
type RecordEnd = 'open' | 'row' | 'rejected' | 'none';

/** One record of one table, from its element's start until its row is out and nothing below it needs it. */
export class OpenRecord {
  readonly table: CompiledTable;
  sequence = 0;
  line = 0;
  depth = 0;
  index = 0;
  /** Its element's name, without a prefix. */
  name = '';
  /** Its element's number in the document. */
  node = 0;
  context: Context;
  hash: ContentHash | null = null;
  /** The innermost record above it that some `$parent` may mean. */
  outer: OpenRecord | null = null;
  /** The same seen from below: records that start at the same element come one after the other. */
  next: OpenRecord | null = null;
  /** Whether the guards of its `records` pattern hold; null: not asked yet. */
  decision: Decision | null = null;
  end: RecordEnd = 'open';
  row: PendingRow | null = null;
  readonly dependants = new Dependants();

  constructor(table: CompiledTable, context: Context) {
    this.table = table;
    this.context = context;
  }
}
