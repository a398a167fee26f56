import { LoadstoneError } from '#contract/errors';
import { nearestName } from '#contract/nearest-name';
import type { CompiledMapping, CompiledTable } from '../compile/compiled.ts';

/** Of a header that is long, as much is shown. */
const SHOWN_HEADER = 400;

/**
 * A column that is not there has no value in any row: nobody would notice.
 * @throws LoadstoneError CSV_COLUMN_MISSING.
 */
export function assertColumns(
  { names, mapping }: CompiledMapping,
  tables: readonly CompiledTable[],
  header: readonly number[],
  { path, line }: { readonly path: string; readonly line: number },
): void {
  const found = new Set(header);
  const missing = tables.flatMap(({ index, header: asked }) =>
    asked
      .filter((one) => !one.names.some((name) => found.has(name)))
      .map((one) => ({ table: mapping.tables[index]?.name ?? '', ...one })),
  );
  const [first] = missing;
  if (first === undefined) return;
  const written = header.map((name) => names.nameOf(name));
  const wanted = [...new Set(missing.map((one) => one.names.map((name) => quoted(names.nameOf(name))).join(' or ')))];
  const tablesMissing = [...new Set(missing.map(({ table }) => table))].join(', ');
  const all = written.map(quoted).join(', ');
  const shown = all.length > SHOWN_HEADER ? `${all.slice(0, SHOWN_HEADER - 1)}…` : all;
  const near = nearestName(names.nameOf(first.names[0] as number), written);
  const meant = near === undefined ? '' : ` Is ${quoted(near)} meant?`;
  throw new LoadstoneError({
    code: 'CSV_COLUMN_MISSING',
    message: `${path} has no column ${wanted.join(', ')}, which ${tablesMissing} is mapped from. Its columns are ${shown}.${meant}`,
    remedy:
      'Correct the header, the column’s "path" (a list of paths takes the first that is there) or source.csv; keep the file from the table by its "include"; or give the column a "default", e.g. "null", for files without it. Nothing of the file was loaded.',
    place: { path, line },
  });
}

function quoted(name: string): string {
  return `"${name}"`;
}
