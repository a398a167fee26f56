import { type MappingInput, mappingSchema } from '#contract/mapping';
import { type Decision, decideMapping } from '#engine/infer/decide/decide-mapping';
import { Observer } from '#engine/infer/observe/observer';
import type { SchemaSet } from '#engine/infer/schema/schema-set';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import type { MappedReject, MappedRow } from '#engine/model/row-sink';
import { parseXmlBuffer } from '#engine/parse/xml/parse-xml-file';

/** Documents by path. */
export type Documents = Readonly<Record<string, string>>;

/** What is inferred from documents in memory. */
export async function infer(documents: Documents | string, schema: SchemaSet | null = null): Promise<Decision> {
  const names = new NameTable();
  const observer = new Observer(names);
  for (const [path, xml] of entriesOf(documents)) {
    observer.startFile();
    await parseXmlBuffer(Buffer.from(xml), { path, encoding: 'auto', names, handler: observer });
    observer.endFile();
  }
  return decideMapping(observer, {
    name: 'test',
    source: { format: 'xml' },
    root: observer.root,
    files: null,
    schema,
    isSample: false,
  });
}

/** A row with the names of its table and columns; nulls are left out. */
export interface NamedRow {
  readonly table: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What the mapper makes of documents. */
export async function mapped(input: MappingInput, documents: Documents | string) {
  const names = new NameTable();
  const mapping = mappingSchema.parse(input);
  const mapper = new Mapper(compileMapping(mapping, names));
  const rows: NamedRow[] = [];
  const rejects: MappedReject[] = [];
  const sink = {
    row: ({ table, values }: MappedRow) => {
      const columns = mapping.tables[table]?.columns ?? [];
      const named = columns.flatMap(({ name }, at) => (values[at] == null ? [] : [[name, values[at] as string]]));
      rows.push({ table: mapping.tables[table]?.name ?? '', values: Object.fromEntries(named) });
    },
    reject: (reject: MappedReject) => {
      rejects.push(reject);
    },
    late: () => {
      throw new Error('nothing is late in small documents');
    },
    warn: () => undefined,
  };
  for (const [path, xml] of entriesOf(documents)) {
    mapper.startFile({ path, name: path, folder: '' }, sink);
    await parseXmlBuffer(Buffer.from(xml), { path, encoding: 'auto', names, handler: mapper });
    mapper.endFile();
  }
  return { rows, rejects };
}

function entriesOf(documents: Documents | string): [string, string][] {
  return typeof documents === 'string' ? [['a.xml', documents]] : Object.entries(documents);
}

/** `name type path` of each column of a table, and more where there is more. */
export function columnLines({ mapping }: Pick<Decision, 'mapping'>, table: string): string[] {
  const found = mapping.tables.find(({ name }) => name === table);
  return (found?.columns ?? []).map(({ name, type, path, ...rest }) => {
    const { nullable: _, ...said } = rest;
    const more = Object.keys(said).length === 0 ? '' : ` ${JSON.stringify(said)}`;
    return `${name} ${type} ${path}${more}`;
  });
}

/** `name records key…` of each table. */
export function tableLines({ mapping }: Pick<Decision, 'mapping'>): string[] {
  return mapping.tables.map(({ name, records, key }) => `${name} ${records} [${(key ?? []).join(', ')}]`);
}
