import type { CorrectAll } from '#contract/api/reject-corrections';
import type { RejectedLoad } from '#contract/worker-messages';
import { accountName } from '#engine/postgres/account-name';
import { type CorrectedLoad, whileHeld } from './keep-corrections.ts';
import { noteCorrections } from './note-corrections.ts';
import { filterCondition, rejectSource } from './reject-source.ts';
import type { ServerSession } from './server-session.ts';

interface CorrectAllOptions {
  readonly request: CorrectAll;
  readonly signal: AbortSignal;
}

/**
 * Keeps one text in the place of one column of every open row that passes a filter. Rows whose record cannot be read, or
 * whose table has no such column, are passed over.
 * @returns of how many rows that changed what stands there.
 * @throws LoadstoneError RETRY_INVALID, LOAD_LOCKED while a retry merges.
 */
export function correctAllRejects(
  session: ServerSession,
  load: RejectedLoad,
  { request, signal }: CorrectAllOptions,
): Promise<number> {
  return whileHeld(session, load, signal, async (held) => {
    const changed = await keepForAll(held, request);
    await noteCorrections(held, changed);
    return changed;
  });
}

async function keepForAll(
  { client, rootId, mapping }: CorrectedLoad,
  { filter, column, value }: CorrectAll,
): Promise<number> {
  const source = await rejectSource(client, rootId);
  if (source === null) return 0;
  const tables = mapping.tables.filter(({ columns }) => columns.some(({ name }) => name === column));
  const condition = filterCondition({ ...filter, state: 'open' }, 6);
  const { rowCount } = await client.query(
    `insert into loadstone.corrections as c (load_id, file, sequence, table_name, column_name, value, who)
     select $1::uuid, r.file, r.sequence, min(r.table_name), $2, $3, $4 from ${source.sql} r
     where ${condition.sql} and r.table_name = any($5::text[]) and not exists (
       select from loadstone.rejects b
       where b.load_id = $1::uuid and b.file = r.file and b.sequence = r.sequence and b.code = 'BROKEN_RECORD')
     group by r.file, r.sequence
     on conflict (load_id, file, sequence, column_name) do update
       set value = excluded.value, who = excluded.who, at = clock_timestamp() where c.value is distinct from excluded.value`,
    [source.parameter, column, value, accountName(), tables.map(({ name }) => name), ...condition.parameters],
  );
  return rowCount ?? 0;
}
