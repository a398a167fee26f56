import type { ElementNode } from '../observe/element-node.ts';
import { MOST_PATHS, type Observer } from '../observe/observer.ts';
import type { SchemaFacts } from '../schema/match-schema.ts';
import type { SchemaSet } from '../schema/schema-set.ts';
import type { ElementGraph } from './collapse.ts';
import type { Doubts } from './doubts.ts';
import type { FieldDraft, TableDraft } from './drafts.ts';
import type { PathNames } from './path-names.ts';

export function tellSchema(
  { ignored }: SchemaSet,
  { unknownRoots }: SchemaFacts,
  graph: ElementGraph,
  doubts: Doubts,
): void {
  for (const node of unknownRoots) {
    const why = 'the schema has no element of this name and namespace';
    doubts.add('SCHEMA_CONTRADICTED', { node, decided: 'taken as it was seen', why });
  }
  if (ignored.size === 0) return;
  const parts = [...ignored]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${doubts.count(count)} ${name}`);
  const why = `the schema has ${parts.join(', ')}, which are not looked at`;
  doubts.add('SCHEMA_IGNORED', { node: graph.root, decided: 'taken as it was seen', why });
}

export function tellNullItems({ root }: ElementGraph, doubts: Doubts): void {
  const visited = new Set<ElementNode>();
  const visit = (node: ElementNode) => {
    if (visited.has(node)) return;
    visited.add(node);
    for (const { child, nulls, total } of node.children.values()) {
      if (nulls > 0) {
        const why = `${doubts.count(nulls)} of ${doubts.count(nulls + total)} items of these arrays are null`;
        doubts.add('NULL_ITEMS', { node: child, decided: 'they make no rows, but their places count', why });
      }
      visit(child);
    }
  };
  visit(root);
}

export function tellMaps({ maps }: ElementGraph, doubts: Doubts): void {
  for (const { node, names, fields, isFolded } of maps) {
    const alike =
      fields > 0 ? `and what stands below them is alike (${doubts.count(fields)} fields)` : 'each for one value';
    const why = `it holds ${doubts.count(names)} different names, ${alike}`;
    const decided = isFolded ? 'one table, with the names as values of a column' : 'a column for each name';
    doubts.add('NAMES_AS_DATA', { node, decided, why });
  }
}

export function tellPassedOver({ passedOver, root }: Observer, { maps }: ElementGraph, doubts: Doubts): void {
  if (passedOver === 0) return;
  const why = `${doubts.count(passedOver)} elements stand on further paths than the ${doubts.count(MOST_PATHS)} that are followed`;
  // A path for any name takes them all the same.
  const isAny = maps.some(({ isFolded }) => isFolded);
  doubts.add('TOO_MANY_PATHS', { node: root, decided: isAny ? 'they are not looked at' : 'they are not mapped', why });
}

export function tellBroken({ broken, root }: Observer, doubts: Doubts): void {
  if (broken === 0) return;
  const why = `${doubts.count(broken)} records cannot be read: they have more or fewer fields than the others, broken quotes, or are no JSON`;
  doubts.add('BROKEN_RECORDS', { node: root, decided: 'they will be rejected', why });
}

/** A header without records says what there are for columns, and no more. */
export function tellUnseen(tables: readonly TableDraft[], doubts: Doubts): void {
  for (const { node, name } of tables) {
    if (node.count > 0) continue;
    const why = 'there is a header, and no record below it';
    doubts.add('FEW_RECORDS', { node, table: name, decided: 'its columns are text, and it has no key', why });
  }
}

/** What was not certain about one column. */
export function tellField(table: TableDraft, field: FieldDraft, paths: PathNames, doubts: Doubts): void {
  const { steps, take, values, chosen, name } = field;
  const node = steps.at(-1) ?? table.node;
  const at = { node, table: table.name, column: name };
  const below = take.kind === 'attribute' ? { below: paths.attribute(node, take.name) } : {};
  const { doubt } = chosen;
  if (doubt !== undefined) doubts.add(doubt.code, { ...at, ...below, decided: field.type, why: doubt.why });
  for (const { decided, why } of nullDoubts(field, doubts)) doubts.add('NULL_WORDS', { ...at, ...below, decided, why });
  if (values.decomposed > 0) {
    const why = `${doubts.count(values.decomposed)} of ${doubts.count(values.count)} values are not in Unicode's composed form (NFC)`;
    doubts.add('NOT_NFC', { ...at, ...below, decided: 'kept as they are; "normalize": "NFC" would compose them', why });
  }
  if (values.unloadable > 0) {
    const why = `${doubts.count(values.unloadable)} values hold an entity that is not in the file, or a character PostgreSQL cannot store`;
    doubts.add('UNLOADABLE', { ...at, ...below, decided: 'their rows will be rejected', why });
  }
}

function nullDoubts({ nullWords: { taken, kept }, values, type }: FieldDraft, doubts: Doubts) {
  const all = [...taken.values()].reduce((sum, count) => sum + count, values.count);
  const told = (words: ReadonlyMap<string, number>) =>
    [...words]
      .map(([word, count], at) => {
        const of = at === 0 ? ` of ${doubts.count(all)} values` : '';
        return `${doubts.count(count)}${of} ${count === 1 ? 'is' : 'are'} "${word}"`;
      })
      .join(', ');
  const others = type === 'text' ? '' : `, all others are of type ${type}`;
  const advice = 'kept as text; "nullValues" on the column would make it null';
  return [
    ...(taken.size === 0 ? [] : [{ decided: 'null', why: `${told(taken)}${others}` }]),
    ...(kept.size === 0 ? [] : [{ decided: advice, why: told(kept) }]),
  ];
}
