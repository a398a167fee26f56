import { SaxesParser } from 'saxes';
import { mappingSchema } from '#contract/mapping';
import type { WarningCode } from '#contract/rejects';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import type { LateValue, MappedReject, MappedRow, RowSink } from '#engine/model/row-sink';
import type { TreeHandler } from '#engine/model/tree-handler';

/** An element as a plain object. Text stands before the children unless it is among them. */
export interface Tree {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (Tree | string)[];
}

export class Gathered implements RowSink {
  readonly rows: MappedRow[] = [];
  readonly rejects: MappedReject[] = [];
  readonly lates: LateValue[] = [];
  readonly warnings: Partial<Record<WarningCode, number>> = {};

  row(row: MappedRow): void {
    this.rows.push({ ...row, values: [...row.values], anchors: [...row.anchors] });
  }
  reject(reject: MappedReject): void {
    this.rejects.push(reject);
  }
  late(value: LateValue): void {
    this.lates.push(value);
  }
  warn(code: WarningCode, count: number): void {
    this.warnings[code] = (this.warnings[code] ?? 0) + count;
  }
  /** The values of one table's rows, in document order. */
  values(table = 0): readonly (readonly (string | null)[])[] {
    return this.rows
      .filter((row) => row.table === table)
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ values }) => values);
  }
  /** `column code` of every reject. */
  codes(): readonly string[] {
    return this.rejects.map(({ column, code }) => `${column} ${code}`);
  }
}

export const FILE = { path: 'xa/xml/a.xml', name: 'a.xml', folder: 'xa/xml' };

/** Feeds XML text as the parser does. */
export function feedXml(xml: string, handler: TreeHandler, names: NameTable): void {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', (tag) => {
    handler.open(names.intern(tag.name), parser.line);
    if (handler.wantsAttributes) {
      for (const [name, value] of Object.entries(tag.attributes)) handler.attribute(names.intern(name), value);
    }
  });
  const text = (piece: string) => {
    if (handler.wantsText) handler.text(piece);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => handler.close());
  parser.write(xml).close();
}

export function feedTree(tree: Tree, handler: TreeHandler, names: NameTable): void {
  handler.open(names.intern(tree.name), 1);
  if (handler.wantsAttributes) {
    for (const [name, value] of Object.entries(tree.attributes ?? {})) handler.attribute(names.intern(name), value);
  }
  for (const child of tree.children ?? []) {
    if (typeof child !== 'string') feedTree(child, handler, names);
    else if (handler.wantsText) handler.text(child);
  }
  handler.close();
}

type MappingInput = Parameters<typeof mappingSchema.parse>[0];

/** A mapping of one table from columns written as `name: path` or in full. */
export function mappingOf(tables: readonly object[], more: object = {}): ReturnType<typeof mappingSchema.parse> {
  const input: MappingInput = { version: 1, name: 'test', source: { format: 'xml' }, tables, ...more };
  return mappingSchema.parse(input);
}

export function table(name: string, records: string, columns: Readonly<Record<string, string | object>>, more = {}) {
  const full = Object.entries(columns).map(([column, path]) => ({
    name: column,
    type: 'text',
    ...(typeof path === 'string' ? { path } : path),
  }));
  return { name, records, columns: full, keep: true, ...more };
}

export function mapXml(tables: readonly object[], xml: string, more: object = {}, file = FILE): Gathered {
  const names = new NameTable();
  const mapper = new Mapper(compileMapping(mappingOf(tables, more), names));
  const gathered = new Gathered();
  mapper.startFile(file, gathered);
  feedXml(xml, mapper, names);
  mapper.endFile();
  return gathered;
}

/** The texts that one path gives for each record `r`, joined when there are several. */
export function select(path: string, xml: string, more: object = {}): readonly (string | null)[] {
  const column = { path, many: 'join', emptyAsNull: false, trim: false };
  return mapXml([table('t', 'r', { c: column })], xml, more)
    .values()
    .map(([value]) => value ?? null);
}
