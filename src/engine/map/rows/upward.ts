import type { CompiledColumn, CompiledTable } from '../compile/compiled.ts';
import { isOpenInSql } from '../compile/table-plans.ts';
import type { Context } from './context.ts';
import { convertSource, convertText, missingValue, sameText } from './convert-selected.ts';
import type { OpenRecord } from './open-record.ts';
import { NOTHING, type Objection, type Outcome, type PendingRow } from './pending-row.ts';

/** What something above gives to each column of a slot that asks for it. */
export type Given = ReadonlyMap<number, Outcome>;

export function slotColumns(table: CompiledTable, slot: number): readonly CompiledColumn[] {
  return (table.slots[slot]?.columns ?? []).map((at) => table.columns[at] as CompiledColumn);
}

/** What an ancestor that is over gives. */
export function givenByContext(
  table: CompiledTable,
  slot: number,
  context: Context | null,
  extra: (count: number) => void,
): Given {
  return new Map(
    slotColumns(table, slot).map((column) => {
      const source = column.sources[column.upward];
      if (context === null || source?.kind !== 'ancestor') return [column.index, NOTHING];
      return [column.index, convertSource(column, source.field, context, source.source, extra)];
    }),
  );
}

/** What an enclosing record whose row is out gives; what only SQL can know of it is left out. */
export function givenByRecord(
  tables: readonly CompiledTable[],
  table: CompiledTable,
  slot: number,
  parent: OpenRecord,
): Given {
  const columns = slotColumns(table, slot);
  if (parent.end === 'rejected') {
    const first = columns[0];
    return new Map(
      first === undefined ? [] : [[first.index, { value: null, objection: parentRejected(first, parent) }]],
    );
  }
  const given = new Map<number, Outcome>();
  for (const column of columns) {
    const source = column.sources[column.upward];
    const asked =
      source?.kind === 'parent' ? source.columns.find((one) => one.table === parent.table.index) : undefined;
    if (source === undefined || asked === undefined) continue;
    const value = parent.row?.values[asked.column] ?? null;
    if (value !== null) {
      const convert = asked.sameType ? sameText : convertText;
      given.set(column.index, convert(column, source.field, value));
    } else if (!isOpenInSql(tables[asked.table]?.columns[asked.column])) given.set(column.index, NOTHING);
  }
  return given;
}

/** Puts what was given into a waiting row. What it found elsewhere stays where nothing was given. */
export function settle(row: PendingRow, given: Given): void {
  for (const [at, { value, objection }] of given) {
    if (row.corrected?.has(at) && objection?.code !== 'PARENT_REJECTED') continue;
    if (objection !== null) {
      row.objections ??= new Map();
      row.objections.set(at, objection);
    } else if (value !== null) {
      row.values[at] = value;
      row.objections?.delete(at);
    } else if (row.values[at] === null && !row.objections?.has(at)) {
      const missing = missingValue(row.table.columns[at] as CompiledColumn);
      if (missing !== null) row.object(at, missing);
    }
  }
}

/** What to tell SQL about rows that were handed over: a column with other paths may have found its value there. */
export function lateOutcome(column: CompiledColumn, outcome: Outcome): Outcome {
  if (outcome.value !== null || outcome.objection !== null || column.sources.length > 1) return outcome;
  return { value: null, objection: missingValue(column) };
}

function parentRejected(column: CompiledColumn, parent: OpenRecord): Objection {
  const field = column.sources[column.upward]?.field ?? null;
  const message = `The enclosing record in line ${parent.line} was rejected`;
  return { field, value: null, code: 'PARENT_REJECTED', message };
}
