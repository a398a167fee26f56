import type { RecordCorrection } from '#engine/model/corrections';
import type { CompiledColumn } from '../compile/compiled.ts';
import { convertText, missingValue } from './convert-selected.ts';
import { NOTHING, type Objection, type Outcome } from './pending-row.ts';

/**
 * Puts the corrected texts of a record, converted as those of the file are, in the place of what it held.
 * @returns the objections that stand then.
 */
export function correctRow(
  columns: readonly CompiledColumn[],
  correction: RecordCorrection,
  values: (string | null)[],
  objections: Map<number, Objection> | null,
): Map<number, Objection> | null {
  let left = objections;
  for (const [at, text] of correction.columns) {
    const column = columns[at];
    if (column === undefined) continue;
    const { value, objection } = text === null ? NOTHING : convertCorrected(column, text);
    values[at] = value;
    left?.delete(at);
    const found = objection ?? (value === null ? missingValue(column) : null);
    if (found !== null) left = (left ?? new Map()).set(at, found);
  }
  return left;
}

function convertCorrected(column: CompiledColumn, text: string): Outcome {
  const list = column.mapped.many === 'json' ? textsOf(text) : null;
  if (list === null) return convertText(column, column.field, text);
  const converted = column.convert.many(list);
  if (converted === null || typeof converted === 'string') return { value: converted, objection: null };
  return { value: null, objection: { field: column.field, value: text, ...converted } };
}

/** Of a column that takes all values of a path, several are written as a JSON array. */
function textsOf(text: string): readonly string[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list) || !list.every((item) => typeof item !== 'object')) return null;
    return list.map(String);
  } catch {
    return null;
  }
}
