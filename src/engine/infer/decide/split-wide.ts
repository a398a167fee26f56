import type { InferredReference, InferredTable } from '#contract/inference';
import type { MappingInput } from '#contract/mapping';
import type { ElementNode } from '../observe/element-node.ts';
import type { Doubts } from './doubts.ts';
import type { ColumnInput } from './drafts.ts';
import type { PlaceNames } from './name-columns.ts';
import { folded, SqlNames } from './sql-names.ts';

type TableInput = MappingInput['tables'][number];

/** As far as tables are filled: PostgreSQL holds 1,600 columns, and there is to be room for what comes later. */
const MOST_TOGETHER = 1_500;

/** A table as it was written, with what is said of it. */
export interface WrittenTable {
  readonly node: ElementNode;
  readonly table: TableInput;
  readonly summary: InferredTable;
  readonly references: readonly InferredReference[];
}

/**
 * Parts tables with more columns than PostgreSQL holds: the same records feed each part, and every part has the key.
 * Where there is none, the file and the element's number tell which rows belong together, also on one line.
 */
export function splitWide(written: readonly WrittenTable[], places: PlaceNames, doubts: Doubts): WrittenTable[] {
  const names = new SqlNames(written.map(({ table }) => folded(table.name)));
  return written.flatMap((one) =>
    one.table.columns.length <= MOST_TOGETHER ? [one] : partsOf(one, (name) => names.take(name), places, doubts),
  );
}

function partsOf(
  whole: WrittenTable,
  nameOf: (name: string) => string,
  places: PlaceNames,
  doubts: Doubts,
): WrittenTable[] {
  const { node, summary } = whole;
  const { columns, key = [], references = [], ...rest } = whole.table;
  const isLink = ({ name }: ColumnInput) =>
    key.includes(name) || references.some((reference) => reference.columns.includes(name));
  const common = key.length > 0 ? columns.filter(({ name }) => key.includes(name)) : whereabouts(places);
  const first = key.length > 0 ? columns.filter(isLink) : [...common, ...columns.filter(isLink)];
  const others = columns.filter((column) => !isLink(column));
  const room = MOST_TOGETHER - first.length;
  const main = { ...whole.table, columns: [...first, ...others.slice(0, room)] };
  const parts: WrittenTable[] = [{ ...whole, table: main, summary: { ...summary, columns: main.columns.length } }];
  const size = MOST_TOGETHER - common.length;
  for (let at = room; at < others.length; at += size) {
    const own = others.slice(at, at + size);
    const name = nameOf(rest.name);
    const reference = { columns: [...key], table: rest.name, on: [...key] };
    const hasKey = key.length > 0;
    const table = {
      ...rest,
      name,
      columns: [...common, ...own],
      ...(hasKey && { key: [...key], references: [reference] }),
    };
    const evidence = `each is a part of one ${rest.name}`;
    parts.push({
      node,
      table,
      summary: { ...summary, name, columns: table.columns.length },
      references: hasKey ? [{ table: name, columns: [...key], to: rest.name, on: [...key], evidence }] : [],
    });
    doubts.add('TOO_WIDE', {
      node,
      table: name,
      decided: `the columns from ${own[0]?.name ?? ''} to ${own.at(-1)?.name ?? ''} are a table of their own, ${name}`,
      why: `${rest.name} would have ${doubts.count(columns.length)} columns, and PostgreSQL holds 1,600 in a table`,
    });
  }
  return parts;
}

function whereabouts({ file, node }: PlaceNames): ColumnInput[] {
  return [
    { name: file, type: 'text', path: '$file', nullable: false },
    { name: node, type: 'bigint', path: '$node', nullable: false },
  ];
}
