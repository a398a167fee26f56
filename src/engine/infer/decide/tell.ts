import { MOST_PATHS, type Observer } from '../observe/observer.ts';
import type { SchemaFacts } from '../schema/match-schema.ts';
import type { SchemaSet } from '../schema/schema-set.ts';
import type { ElementGraph } from './collapse.ts';
import type { Doubts } from './doubts.ts';
import type { FieldDraft, TableDraft } from './drafts.ts';
import type { PathNames } from './path-names.ts';

export function tellMerged(graph: ElementGraph, doubts: Doubts): void {
  for (const local of graph.merged) {
    const why = 'no path can tell a name in no namespace from the same name in some';
    doubts.add('NAMES_MERGED', { node: graph.root, below: local, decided: 'taken as one element', why });
  }
}

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

export function tellPassedOver({ passedOver, root }: Observer, doubts: Doubts): void {
  if (passedOver === 0) return;
  const why = `${doubts.count(passedOver)} elements stand on further paths than the ${doubts.count(MOST_PATHS)} that are followed`;
  doubts.add('TOO_MANY_PATHS', { node: root, decided: 'they are not mapped', why });
}

export function tellBroken({ broken, root }: Observer, doubts: Doubts): void {
  if (broken === 0) return;
  const why = `${doubts.count(broken)} records cannot be read: they have more or fewer fields than the others, broken quotes, or are no JSON`;
  doubts.add('BROKEN_RECORDS', { node: root, decided: 'they will be rejected', why });
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
  if (field.isJoined) {
    const why = 'an attribute of this name stands beside it in some namespace, and no path can leave that out';
    doubts.add('NAMES_MERGED', { ...at, ...below, decided: 'both values, joined', why });
  }
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
