import { looksLikeId } from '../observe/names.ts';
import type { ValueStats } from '../observe/value-stats.ts';
import type { Doubts } from './doubts.ts';
import type { FieldDraft, TableDraft } from './drafts.ts';
import { folded } from './sql-names.ts';
import { tellPlace } from './tell-place.ts';

/** How the rows of a table are told apart. */
export type KeyPlan =
  | { readonly kind: 'field' | 'parent-field'; readonly field: FieldDraft; readonly reason: string }
  | {
      readonly kind: 'file' | 'file-place' | 'file-node' | 'file-name' | 'parent-name' | 'parent-place' | 'none';
      readonly reason: string;
    };

/** One or two values are always different. */
const LEAST = 3;
/** Fewer values that happen to be different prove little. */
const FEW = 20;
/** What a schema says is better than any guess. */
const DECLARED = 1_000;
/** Without an id's name, a code counts as a key only when very many are different. */
const MANY = 100;
const LONGEST_CODE = 40;
const KEY_TYPES = /^(?:text|varchar|integer|bigint|uuid)/;
const PLAIN_ID = /^(?:id|uuid|guid|fid|oid|key)$/i;

export interface KeyFacts {
  readonly hasRoots: boolean;
  readonly parentsOf: ReadonlySet<TableDraft>;
  /** Values that a schema calls a key. */
  readonly declared: ReadonlySet<ValueStats>;
  /** Whether children of one name are numbered as one. */
  readonly numbersChildren: (table: TableDraft) => boolean;
}

/** Decides the keys; tables are in an order in which parents come before children, but for recursive ones. */
export function planKeys(tables: readonly TableDraft[], facts: KeyFacts, doubts: Doubts): Map<TableDraft, KeyPlan> {
  const plans = new Map<TableDraft, KeyPlan>();
  for (const table of tables) {
    const plan = keyFor(table, facts, doubts);
    plans.set(table, plan);
    table.keyReason = plan.reason;
    tell(table, plan, doubts);
    tellPlace(table, plans, doubts);
  }
  return plans;
}

/** What rows below name has a key in any case. */
function keyFor(table: TableDraft, facts: KeyFacts, doubts: Doubts): KeyPlan {
  const plan = planKey(table, facts, doubts);
  return plan.kind === 'none' && facts.parentsOf.has(table) ? byNode(plan.reason) : plan;
}

function byNode(why: string): KeyPlan {
  return { kind: 'file-node', reason: `${why}: the file and the element’s number in it tell them apart` };
}

function byName({ isWrapped }: TableDraft, parent: TableDraft | undefined): KeyPlan {
  if (isWrapped) return byNode('names tell the elements apart only within what holds them');
  if (parent === undefined)
    return { kind: 'file-name', reason: 'the file and the name of the element tell them apart' };
  return { kind: 'parent-name', reason: `the name of the element tells them apart below ${parent.name}` };
}

function planKey(table: TableDraft, facts: KeyFacts, doubts: Doubts): KeyPlan {
  const natural = bestKey(table, facts, doubts);
  if (table.isRecursive) {
    if (natural !== null) return natural;
    return byNode('no value is different in all of them');
  }
  const [parent] = table.parents;
  if (table.node.isAny) return byName(table, parent);
  if (parent !== undefined) return childKey(table, parent, natural, facts, doubts);
  if (natural !== null) return natural;
  if (table.isRoot && facts.hasRoots) return { kind: 'file', reason: 'one record per file, and no id of its own' };
  if (table.fields.length > 0 && !facts.parentsOf.has(table)) return { kind: 'none', reason: noKey(table) };
  if (!facts.numbersChildren(table)) return { kind: 'none', reason: noKey(table) };
  return { kind: 'file-place', reason: `${noKey(table)}: the file and the place in it tell them apart` };
}

function noKey({ fields }: TableDraft): string {
  return fields.length === 0 ? 'no value of their own' : 'no id is there, and different, in all of them';
}

function childKey(
  table: TableDraft,
  parent: TableDraft,
  natural: KeyPlan | null,
  facts: KeyFacts,
  doubts: Doubts,
): KeyPlan {
  if (natural?.kind === 'field' && isWorldwide(natural.field, table, parent, facts)) return natural;
  const scoped = natural?.kind === 'field' ? natural.field : scopedKey(table, parent);
  if (scoped !== null) {
    const reason = `${scoped.name} is different in all of one ${parent.name} (${doubts.count(table.node.count)} records)`;
    return { kind: 'parent-field', field: scoped, reason };
  }
  if (!facts.numbersChildren(table)) return { kind: 'none', reason: 'siblings of one name are numbered apart' };
  return { kind: 'parent-place', reason: `${noKey(table)}: the place below ${parent.name} tells them apart` };
}

/** Small numbers that count within a parent are different everywhere only by chance. */
function isWorldwide(field: FieldDraft, table: TableDraft, parent: TableDraft, facts: KeyFacts): boolean {
  if (facts.declared.has(field.values)) return true;
  if (field.chosen.type === 'uuid') return true;
  const isNumber = field.chosen.type === 'integer' && field.values.longest < 6;
  if (isNumber) return table.node.count >= 50 && parent.node.count >= 10;
  return parent.node.count >= 2 || field.values.shortest >= 6 || table.node.count >= FEW;
}

function scopedKey(table: TableDraft, parent: TableDraft): FieldDraft | null {
  if (parent.node.count < 2 || table.node.count < 2) return null;
  const fits = (field: FieldDraft) =>
    isCandidate(field, table) &&
    looksLikeId(lastWord(field)) &&
    isInScope(field) &&
    field.values.distinct.isUniqueInScope;
  return table.fields.find(fits) ?? null;
}

/** Uniqueness below the record's parent was watched for attributes of the record and texts of its children. */
function isInScope({ steps, take }: FieldDraft): boolean {
  return take.kind === 'attribute' ? steps.length === 0 : steps.length === 1;
}

function isCandidate({ values, chosen, take }: FieldDraft, table: TableDraft): boolean {
  if (take.kind === 'string' || !KEY_TYPES.test(chosen.type)) return false;
  return values.count > 0 && values.count === table.node.count && values.unloadable === 0;
}

function bestKey(
  table: TableDraft,
  { declared }: KeyFacts,
  doubts: Doubts,
): Extract<KeyPlan, { field: FieldDraft }> | null {
  const unique = table.fields.filter(
    (field) => isCandidate(field, table) && !field.values.distinct.repeated && field.steps.length <= 2,
  );
  let best: FieldDraft | null = null;
  let most = 0;
  for (const field of unique) {
    const score = declared.has(field.values) ? DECLARED : scoreOf(field, table);
    if (score <= most) continue;
    best = field;
    most = score;
  }
  if (best === null) return null;
  const { count, distinct } = best.values;
  const compared = distinct.incomplete ? `the first ${doubts.count(distinct.count)} of ` : '';
  return {
    kind: 'field',
    field: best,
    reason: `${best.name} is different in ${compared}${doubts.count(count)} records`,
  };
}

/** How much speaks for a field whose values are all different; 0: not enough. */
function scoreOf(field: FieldDraft, table: TableDraft): number {
  const { values, chosen, take, steps } = field;
  const word = lastWord(field);
  const depth = (take.kind === 'attribute' ? 5 : 0) - 10 * steps.length;
  if (PLAIN_ID.test(word) || isIdOf(word, table)) return 200 + depth;
  if (chosen.type === 'uuid') return 150 + depth;
  if (values.distinct.incomplete) return 0;
  if (looksLikeId(word) && values.count >= LEAST) return 100 + depth;
  const isCode = values.longest <= LONGEST_CODE && !values.samples.some((sample) => /\s/.test(sample));
  return isCode && values.count >= MANY ? 60 + depth : 0;
}

/** `caNhanID` of `CaNhan`. */
function isIdOf(word: string, table: TableDraft): boolean {
  const plain = (name: string) => folded(name).replace(/[^\p{L}\p{N}]/gu, '');
  const name = plain(table.node.local);
  return (
    name !== '' && looksLikeId(word) && [`${name}id`, `ma${name}`, `${name}code`, `${name}key`].includes(plain(word))
  );
}

function lastWord({ words }: FieldDraft): string {
  return words.at(-1) ?? '';
}

function tell(table: TableDraft, plan: KeyPlan, doubts: Doubts): void {
  const at = { node: table.node, table: table.name };
  const count = doubts.count(table.node.count);
  if (plan.kind === 'none') {
    const decided = 'rows are told apart by a number of their own; loading changed files again adds rows';
    doubts.add('NO_KEY', { ...at, decided, why: plan.reason });
  } else if ('field' in plan) {
    const column = plan.field.name;
    const decided = `${column} is the key`;
    if (plan.field.values.distinct.incomplete) {
      doubts.add('KEY_NOT_CERTAIN', { ...at, column, decided, why: `${plan.reason}; the others were not compared` });
    } else if (table.node.count < FEW) {
      doubts.add('KEY_NOT_CERTAIN', { ...at, column, decided, why: `only ${count} records were seen` });
    }
  }
}
