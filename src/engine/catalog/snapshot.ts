import { quoteIdentifier } from '#engine/postgres/quote';
import { SHOWN } from './shown-value.ts';

/** A row at one time. */
export interface Snapshot {
  /** The number of the transaction that wrote it, as rows show it. */
  readonly writer: string;
  readonly values: ReadonlyMap<string, { readonly text: string | null; readonly hash: string | null }>;
}

/** All values of a row, as much of each as is shown, and what tells them apart in full. */
export function snapshotValues(alias: string, columns: readonly string[]): string {
  const texts = columns.map((name) => `${alias}.${quoteIdentifier(name)}::text`);
  return `array[${texts.map((text) => `left(${text}, ${SHOWN + 1})`).join(', ')}]::text[] as texts,
    array[${texts.map((text) => `md5(${text})`).join(', ')}]::text[] as hashes`;
}

export function snapshotOf(columns: readonly string[], row: Readonly<Record<string, unknown>>): Snapshot {
  const texts = row.texts as readonly (string | null)[];
  const hashes = row.hashes as readonly (string | null)[];
  return {
    writer: String(row.writer),
    values: new Map(columns.map((name, i) => [name, { text: texts[i] ?? null, hash: hashes[i] ?? null }])),
  };
}
