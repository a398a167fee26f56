import type { Classified } from '#engine/check/classify-rows';
import { keyColumns, valueColumns } from '#engine/check/column-sql';
import { decidedChanges } from '#engine/check/decided-changes';
import type { LiveRows } from '#engine/check/live-rows';
import type { LoadTable } from '#engine/model/load-table';

/** @returns a parenthesised select (file, seq, line, c…) of the rows that the target does not have yet. */
export function newRows(live: LiveRows, table: LoadTable, classified: Classified | null): string {
  const columns = ['file', 'seq', 'line', ...table.columns.map(({ index }) => `c${index}`)].join(', ');
  const rows = live.select(table);
  if (classified === null) return `(select ${columns} from ${rows} s)`;
  const plain = `select ${columns} from ${rows} s
    where not exists (select from ${classified.outcomes} o where o.file = s.file and o.seq = s.seq)`;
  return classified.chains === null ? `(${plain})` : `(${plain} union all ${firstsOfChains(table, classified)})`;
}

/** The first row of each repeated key that the target lacks, with the values that all rows of the key add up to. */
function firstsOfChains(table: LoadTable, classified: Classified): string {
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const columns = table.columns.map(({ index }) => (table.key.includes(index) ? `f.c${index}` : `f.v${index}`));
  const states = valueColumns(table).map(({ index }) => `v${index}`);
  return `select o.file, o.seq, o.line, ${columns.join(', ')} from ${classified.outcomes} o
    join ${classified.chains} s using (file, seq)
    join (select distinct on (${keys.join(', ')}) ${[...keys, ...states].join(', ')}
          from ${classified.chains} c order by ${keys.join(', ')}, rank desc) f
      on ${keys.map((key) => `f.${key} = s.${key}`).join(' and ')}
    where o.outcome = 'first'`;
}

/**
 * @returns a parenthesised select (file, seq, line, c…) of one row per key that changes an existing target row, with the
 * file and line of the last row that changed something. Values are final where several rows add up, and where conflicts
 * were decided one by one; else what the row says, still to be merged by the columns' policies.
 */
export function changedRows(live: LiveRows, table: LoadTable, classified: Classified): string {
  const plain =
    classified.decided === null
      ? plainChanges(live, table, classified)
      : decidedChanges(table, classified.decided).join(' union all ');
  return classified.chains === null ? `(${plain})` : `(${plain} union all ${changesOfChains(table, classified)})`;
}

function plainChanges(live: LiveRows, table: LoadTable, { outcomes }: Classified): string {
  const columns = ['file', 'seq', 'line', ...table.columns.map(({ index }) => `c${index}`)].join(', ');
  return `select ${columns} from ${live.select(table)} s join ${outcomes} o using (file, seq, line)
    where o.outcome = 'updated' and not o.chained`;
}

function changesOfChains(table: LoadTable, { chains, outcomes }: Classified): string {
  const keys = keyColumns(table).map(({ index }) => `c${index}`);
  const states = valueColumns(table).map(({ index }) => index);
  const columns = table.columns.map(({ index }) => (states.includes(index) ? `s.v${index}` : `s.c${index}`));
  // The last row that changed the state holds the final state: rows after it left it as it was.
  return `select * from (
      select distinct on (${keys.map((key) => `s.${key}`).join(', ')}) s.file, s.seq, s.line, ${columns.join(', ')}
      from ${chains} s join ${outcomes} o using (file, seq)
      where s.rank > 0 and o.outcome = 'updated'
        and exists (select from ${chains} t where t.rank = 0 and ${keys.map((key) => `t.${key} = s.${key}`).join(' and ')})
      order by ${keys.map((key) => `s.${key}`).join(', ')}, s.rank desc) last`;
}
