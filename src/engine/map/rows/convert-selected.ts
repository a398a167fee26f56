import type { CompiledColumn } from '../compile/compiled.ts';
import type { BadValue } from '../convert/converter.ts';
import type { Context, Selected } from './context.ts';
import { NOTHING, type Objection, type Outcome } from './pending-row.ts';

/** Converts what a path selected. @param extra Hears how many further values were left out with a warning. */
function convertSelected(
  column: CompiledColumn,
  field: string,
  selected: Selected,
  extra: (count: number) => void,
): Outcome {
  if (selected.entity !== null) return incomplete(field, selected.value, selected.entity);
  const { many } = column.mapped;
  if (many === 'join' || many === 'json') {
    return outcomeOf(column.convert.many(selected.all), field, selected.all.join('; '));
  }
  if (selected.count > 1 && many === undefined) {
    if (column.onExtraValues === 'reject') {
      const message = `The path selects ${selected.count} values where one is asked for; choose one with [1] or "many"`;
      return refused({ field, value: selected.value, code: 'EXTRA_VALUES', message });
    }
    if (column.onExtraValues === 'warn') extra(selected.count - 1);
  }
  return convertText(column, field, selected.value);
}

/** A value that misses what an entity would have put in. */
export function incomplete(field: string, value: string, entity: string): Outcome {
  const message = `The entity &${entity}; is not in the file and is never fetched, so the value is incomplete`;
  return refused({ field, value, code: 'UNRESOLVED_ENTITY', message });
}

export function convertText(column: CompiledColumn, field: string | null, text: string): Outcome {
  const { many } = column.mapped;
  return outcomeOf(
    many === 'join' || many === 'json' ? column.convert.many([text]) : column.convert.one(text),
    field,
    text,
  );
}

/** Takes over a text that another column of the same type holds. */
export function sameText(column: CompiledColumn, field: string, text: string): Outcome {
  return outcomeOf(column.narrow === null ? text : column.narrow.one(text), field, text);
}

/** Converts what one source of a context selected. */
export function convertSource(
  column: CompiledColumn,
  field: string,
  context: Context,
  source: number,
  extra: (count: number) => void,
): Outcome {
  const selected = context.selected(source);
  return selected === null ? NOTHING : convertSelected(column, field, selected, extra);
}

export function missingValue(column: CompiledColumn): Objection | null {
  const { missing, field } = column;
  if (missing === null) return null;
  const what = missing === 'MISSING_KEY' ? 'is part of the key' : 'may not be null';
  return { field, value: null, code: missing, message: `Nothing was found for a column that ${what}` };
}

function outcomeOf(converted: string | null | BadValue, field: string | null, raw: string): Outcome {
  if (converted === null || typeof converted === 'string') return { value: converted, objection: null };
  return refused({ field, value: raw, code: converted.code, message: converted.message });
}

function refused(objection: Objection): Outcome {
  return { value: null, objection };
}
