import type { CompiledColumn, Source } from '../compile/compiled.ts';
import type { RecordFact } from '../path/ast.ts';
import { convertSource, convertText, incomplete } from './convert-selected.ts';
import type { OpenRecord } from './open-record.ts';
import { NOTHING, type Objection, type Outcome } from './pending-row.ts';

/** The file whose records are mapped. `path` is relative to the chosen folder and "/"-separated. */
export interface MappedFile {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
}

/** An attribute's value, and an entity that it may have lost. */
export interface AttributeText {
  readonly text: string;
  readonly entity: string | null;
}

/** What a record's values are taken from besides its own context. */
export interface Surroundings {
  readonly file: MappedFile;
  /** An ancestor's attribute, while both are open. */
  attribute(record: OpenRecord, source: Extract<Source, { kind: 'ancestor-attribute' }>): AttributeText | null;
  /** Further values were left out with a warning. */
  readonly extra: (count: number) => void;
}

/** What a column's own sources give; `settled` false: an upward one comes first or may still replace it. */
export interface LocalOutcome extends Outcome {
  readonly settled: boolean;
}

/** Tries a column's sources in order, the upward one left out. */
export function localOutcome(column: CompiledColumn, record: OpenRecord, around: Surroundings): LocalOutcome {
  for (const [at, source] of column.sources.entries()) {
    if (at === column.upward) continue;
    const outcome = sourceOutcome(column, source, record, around);
    if (outcome.value === null && outcome.objection === null) continue;
    return { ...outcome, settled: column.upward < 0 || at < column.upward };
  }
  return { value: column.constant, objection: null, settled: column.upward < 0 };
}

/** Fills in the values of a column with nothing upward. @returns the objection, if any. */
export function fillColumn(
  column: CompiledColumn,
  record: OpenRecord,
  around: Surroundings,
  values: (string | null)[],
): Objection | null {
  const { plain, index } = column;
  if (plain >= 0) {
    const { context } = record;
    if (context.count(plain) === 0) {
      values[index] = null;
      return null;
    }
    const only = context.only(plain);
    const converted = only === null ? null : column.convert.one(only);
    if (only !== null && (converted === null || typeof converted === 'string')) {
      values[index] = converted;
      return null;
    }
  }
  const { value, objection } = localOutcome(column, record, around);
  values[index] = value;
  return objection;
}

function sourceOutcome(column: CompiledColumn, source: Source, record: OpenRecord, around: Surroundings): Outcome {
  switch (source.kind) {
    case 'collected':
      return convertSource(column, source.field, record.context, source.source, around.extra);
    case 'fact':
      return convertText(column, source.field, factOf(source.fact, record, around.file));
    case 'ancestor-attribute': {
      const found = around.attribute(record, source);
      if (found === null) return NOTHING;
      if (found.entity !== null) return incomplete(source.field, found.text, found.entity);
      return convertText(column, source.field, found.text);
    }
    case 'ancestor':
    case 'parent':
      return NOTHING;
    default:
      return source satisfies never;
  }
}

function factOf(fact: RecordFact, record: OpenRecord, file: MappedFile): string {
  switch (fact) {
    case 'file':
      return file.path;
    case 'name':
      return file.name;
    case 'folder':
      return file.folder;
    case 'line':
      return String(record.line);
    case 'index':
      return String(record.index);
    case 'node':
      return String(record.node);
    case 'element':
      return record.name;
    case 'hash':
      return record.hash?.digest() ?? '';
    default:
      return fact satisfies never;
  }
}
