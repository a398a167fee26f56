import type { MappingInput } from '#contract/mapping';
import type { ElementNode } from '../observe/element-node.ts';
import type { SchemaFacts } from '../schema/match-schema.ts';
import type { Doubts } from './doubts.ts';
import type { ColumnInput, FieldDraft, TableDraft } from './drafts.ts';
import type { PathNames } from './path-names.ts';
import { tellField } from './tell.ts';

type TableInput = MappingInput['tables'][number];

/** Of so many records not one lacked a value: then it is asked of others too. */
const ENOUGH_TO_REQUIRE = 50;

interface WriteOptions {
  readonly hasRoots: boolean;
  readonly includes: ReadonlyMap<ElementNode, readonly string[]>;
  readonly facts: SchemaFacts | null;
  readonly isSample: boolean;
}

/** Writes a decided table as a mapping says it. */
export function writeTable(table: TableDraft, paths: PathNames, options: WriteOptions, doubts: Doubts): TableInput {
  const { hasRoots, includes } = options;
  const include = includes.get(table.steps[0] ?? table.node);
  const records = recordsOf(table, paths, hasRoots);
  const links = table.links.map(({ name, type, path }): ColumnInput => {
    const isAlways = !table.isRecursive || table.key.includes(name);
    return { name, type, path, ...(isAlways && { nullable: false }) };
  });
  const fields = table.fields.map((field) => writeField(table, field, { paths, ...options }, doubts));
  const references = table.references.map(({ columns, to, on }) => ({
    columns: [...columns],
    table: to.name,
    on: [...on],
  }));
  return {
    name: table.name,
    ...(include !== undefined && { include: [...include] }),
    ...(records !== null && { records }),
    columns: [...links, ...fields],
    ...(table.key.length > 0 && { key: [...table.key] }),
    ...(references.length > 0 && { references }),
  };
}

/** null: every line or item of the source, which stand below a root of any name. */
function recordsOf({ steps, absolute }: TableDraft, paths: PathNames, hasRoots: boolean): string | null {
  const names = steps.map((step) => paths.element(step));
  if (!absolute) return hasRoots ? names.join('/') : `/*/*//${names.join('/')}`;
  if (hasRoots) return `/${names.join('/')}`;
  return names.length === 1 ? null : `/${['*', '*', ...names.slice(1)].join('/')}`;
}

interface FieldOptions extends Pick<WriteOptions, 'facts' | 'isSample'> {
  readonly paths: PathNames;
}

function writeField(table: TableDraft, field: FieldDraft, options: FieldOptions, doubts: Doubts): ColumnInput {
  const { paths } = options;
  const { name, type, chosen, nullWords } = field;
  const isRequired = isAlwaysThere(table, field) && (table.key.includes(name) || mustBeThere(field, options));
  tellField(table, field, paths, doubts);
  return {
    name,
    type,
    path: pathOf(table, field, paths),
    ...(type === chosen.type && chosen.formats !== undefined && { formats: [...chosen.formats] }),
    ...(type === chosen.type && chosen.decimal !== undefined && { decimal: [...chosen.decimal] }),
    ...(chosen.round === true && { round: true }),
    ...(nullWords.taken.size > 0 && { nullValues: [...nullWords.taken.keys()] }),
    ...(isRequired && { nullable: false }),
  };
}

function isAlwaysThere({ node }: TableDraft, { values }: FieldDraft): boolean {
  return values.count === node.count;
}

/** The schema's word counts, else that it was never missing in many. */
function mustBeThere(
  { steps, take, values }: FieldDraft,
  { facts, isSample }: Pick<FieldOptions, 'facts' | 'isSample'>,
): boolean {
  const said = [...steps, ...(take.kind === 'attribute' ? [values] : [])].map((one) => facts?.required.get(one));
  if (said.includes(false)) return false;
  const isSaid = said.length > 0 && said.every((one) => one === true);
  return isSaid || (!isSample && values.count >= ENOUGH_TO_REQUIRE);
}

function pathOf(table: TableDraft, { steps, take }: FieldDraft, paths: PathNames): string {
  const names = steps.map((step) => paths.element(step));
  if (take.kind === 'attribute') names.push(paths.attribute(steps.at(-1) ?? table.node, take.name));
  if (take.kind === 'string') names.push('string()');
  return names.join('/') || '.';
}
