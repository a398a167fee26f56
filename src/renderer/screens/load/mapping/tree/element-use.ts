import type { MappedColumn, Mapping } from '#contract/mapping';
import type { TreeElement } from './element-tree.ts';
import { pathSteps, plainSteps } from './path-steps.ts';

/** What the mapping makes of the elements; tables and columns by their numbers. */
export interface ElementUses {
  /** The tables whose records these elements are. */
  tables(element: TreeElement): readonly number[];
  /** The columns that take these elements' values. */
  columns(element: TreeElement): readonly { readonly table: number; readonly column: number }[];
}

/** The mapping that was proposed for the files says which of them hold which records, if they hold several kinds. */
export type Kinds = ReadonlyMap<string, readonly string[]>;

/** JSON and CSV records stand below a document and its list, of which the tree does not tell. */
const ABOVE_RECORDS = ['*', '*'];

/** The steps from the document's root, as a mapping counts them. */
export function documentSteps(steps: readonly string[], format: Mapping['source']['format']): readonly string[] {
  return format === 'xml' ? steps : [...ABOVE_RECORDS, ...steps.slice(1)];
}

export function elementUses(mapping: Mapping, kinds: Kinds): ElementUses {
  const { format } = mapping.source;
  const tables = mapping.tables.map(({ records, include, columns }) => ({
    matches: recordsMatcher(records, format),
    isOf: kindMatcher(include, kinds),
    paths: columns.map(columnPaths),
  }));
  const isRecord = (at: number, steps: readonly string[]) => {
    const table = tables[at];
    return table?.isOf(steps[0] ?? '') === true && table.matches(documentSteps(steps, format));
  };
  return {
    tables: ({ steps }) => tables.flatMap((_, at) => (isRecord(at, steps) ? [at] : [])),
    columns: ({ steps }) => {
      const uses: { table: number; column: number }[] = [];
      for (let above = steps.length; above > 0; above -= 1) {
        const rest = steps.slice(above).map(plainStep).join('/') || '.';
        tables.forEach(({ paths }, table) => {
          if (!isRecord(table, steps.slice(0, above))) return;
          for (const [column, own] of paths.entries()) if (own.has(rest)) uses.push({ table, column });
        });
      }
      return uses;
    },
  };
}

function columnPaths({ path = [] }: MappedColumn): ReadonlySet<string> {
  return new Set(
    [path].flat().map((one) => plainSteps(one.replace(/\/?(?:text|string)\(\)\s*$/, '') || '.').join('/')),
  );
}

function plainStep(step: string): string {
  return plainSteps(step)[0] ?? step;
}

function kindMatcher(include: readonly string[], kinds: Kinds): (kind: string) => boolean {
  if (kinds.size < 2 || include.includes('*')) return () => true;
  return (kind) => include.every((one) => kinds.get(kind)?.includes(one));
}

function recordsMatcher(records: string | undefined, format: Mapping['source']['format']) {
  if (records === undefined) {
    return (steps: readonly string[]) => format !== 'xml' && steps.length === ABOVE_RECORDS.length;
  }
  const written = plainSteps(records);
  const isAbsolute = /^\s*\/(?!\/)/.test(records);
  // What `//` within a pattern leaves open is not followed here.
  const depth = pathSteps(records).length;
  return (steps: readonly string[]) => {
    if (isAbsolute ? steps.length !== depth : steps.length < depth) return false;
    const tail = steps.slice(-depth).map(plainStep);
    return written.every((step, at) => step === '*' || tail[at] === '*' || step === tail[at]);
  };
}
