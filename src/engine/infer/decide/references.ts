import type { ValueStats } from '../observe/value-stats.ts';
import type { Doubts } from './doubts.ts';
import type { FieldDraft, ReferenceDraft, TableDraft } from './drafts.ts';
import type { KeyPlan } from './keys.ts';

/** What a schema says is better than any likeness. */
const DECLARED = 10;
/** Names that say nothing about what they name. */
const GENERIC: ReadonlySet<string> = new Set([
  'id',
  'code',
  'key',
  'no',
  'nr',
  'number',
  'name',
  'uuid',
  'guid',
  'ma',
  'so',
]);
const POINTING = /(?:ref|refid|idref|href|parent|parentid|id|ids|code|fk)$/;
/** Different values that must agree, by how much the names say. */
const NEEDED = { same: 1, pointing: 3, none: 5 } as const;
/** So few missing values look like mistakes rather than like something else. */
const NEARLY = 0.95;
const NEARLY_LEAST = 20;
const TYPES = /^(?:text|varchar|integer|bigint|uuid)/;

interface Target {
  readonly table: TableDraft;
  readonly field: FieldDraft;
}

/** Finds columns whose values are all found among another table's keys. The column takes on the key's type. */
export function findReferences(
  tables: readonly TableDraft[],
  plans: ReadonlyMap<TableDraft, KeyPlan>,
  keyrefs: ReadonlyMap<ValueStats, ValueStats>,
  doubts: Doubts,
): Map<TableDraft, ReferenceDraft[]> {
  const targets = tables.flatMap((table): Target[] => {
    const plan = plans.get(table);
    return plan?.kind === 'field' && !plan.field.values.distinct.incomplete ? [{ table, field: plan.field }] : [];
  });
  const found = new Map<TableDraft, ReferenceDraft[]>();
  const taken = new Set<string>();
  for (const table of tables) {
    const own = plans.get(table);
    for (const field of table.fields) {
      const isKey = own?.kind === 'field' && own.field === field;
      tellFragments(table, field, targets, doubts);
      const best = bestTarget(table, field, targets, { isKey, keyrefs }, doubts);
      if (best === null || taken.has(`${best.table.name} ${table.name}`)) continue;
      // Two tables with the same keys would each wait for the other.
      if (isKey) taken.add(`${table.name} ${best.table.name}`);
      field.type = best.field.type;
      const evidence = `${doubts.count(field.values.distinct.count)} of ${doubts.count(field.values.distinct.count)} different values are found`;
      const list = found.get(table) ?? [];
      list.push({ columns: [field.name], to: best.table, on: [best.field.name], evidence });
      found.set(table, list);
    }
  }
  return found;
}

interface Known {
  /** Whether the column is its own table's key. */
  readonly isKey: boolean;
  readonly keyrefs: ReadonlyMap<ValueStats, ValueStats>;
}

function bestTarget(
  table: TableDraft,
  field: FieldDraft,
  targets: readonly Target[],
  { isKey, keyrefs }: Known,
  doubts: Doubts,
): Target | null {
  const { values, chosen, take } = field;
  const { distinct } = values;
  if (values.count === 0 || distinct.incomplete || take.kind === 'string') return null;
  if (!TYPES.test(chosen.type)) return null;
  let best: Target | null = null;
  let most = -1;
  const rivals: string[] = [];
  for (const target of targets) {
    if (target.field === field || isOtherAsText(distinct, target)) continue;
    const isDeclared = keyrefs.get(values) === target.field.values;
    const score = isDeclared ? DECLARED : likeness(field, target);
    if (!isEnough(field, score, isKey)) continue;
    const hits = distinct.countIn(target.field.values.distinct);
    if (hits < distinct.count) {
      if (score >= 2) tellNearly(table, field, target, hits, doubts);
      continue;
    }
    rivals.push(target.table.name);
    if (score <= most) continue;
    best = target;
    most = score;
  }
  if (best !== null) tellUncertain(table, field, best, most, rivals, doubts);
  return best;
}

/** Values that are one as uuids or numbers, but are going to be compared as text. */
function isOtherAsText({ rewritten }: ValueStats['distinct'], { field }: Target): boolean {
  return isText(field.type) && (rewritten || field.values.distinct.rewritten);
}

function isText(type: string): boolean {
  return type.startsWith('text') || type.startsWith('varchar');
}

/** 3: named for the table; 2: ends like its key; 1: named as something that points; 0: not at all. */
function likeness(field: FieldDraft, { table, field: key }: Target): number {
  const name = plain(field.name);
  const last = plain(field.words.at(-1) ?? '');
  const keyName = plain(key.words.at(-1) ?? '');
  const target = plain(table.name);
  const singular = target.replace(/s$/, '');
  if (!GENERIC.has(keyName) && (last === keyName || name === keyName)) return 3;
  if (singular.length >= 3 && (last.includes(singular) || name === `${target}${keyName}`)) return 3;
  if (!GENERIC.has(keyName) && keyName.length >= 3 && name.endsWith(keyName)) return 2;
  return POINTING.test(last) ? 1 : 0;
}

function isEnough({ values, chosen }: FieldDraft, score: number, isKey: boolean): boolean {
  const { count } = values.distinct;
  if (score >= 2) return count >= NEEDED.same;
  if (isKey) return false;
  const isCode = chosen.type === 'uuid' || (chosen.type === 'text' && values.shortest >= 4);
  const isProse = values.samples.some((sample) => /\s/.test(sample));
  if (isProse) return false;
  if (score === 1) return count >= NEEDED.pointing;
  return isCode && count >= NEEDED.none;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** `#p1` links to the record `p1`: no foreign key can say so, but whoever joins the tables wants to know. */
function tellFragments(
  table: TableDraft,
  { name, values }: FieldDraft,
  targets: readonly Target[],
  doubts: Doubts,
): void {
  const { fragments } = values;
  if (fragments === null || fragments.incomplete || values.pointing < values.count) return;
  for (const target of targets) {
    const hits = fragments.countIn(target.field.values.distinct);
    if (hits < fragments.count * NEARLY) continue;
    doubts.add('REFERENCE_NOT_CERTAIN', {
      node: table.node,
      table: table.name,
      column: name,
      decided: 'no reference: the values are kept with their #',
      why: `behind the #, ${doubts.count(hits)} of ${doubts.count(fragments.count)} different values are found in ${target.table.name}.${target.field.name}`,
    });
  }
}

function tellNearly(table: TableDraft, field: FieldDraft, target: Target, hits: number, doubts: Doubts): void {
  const { count } = field.values.distinct;
  if (count < NEARLY_LEAST || hits < count * NEARLY) return;
  doubts.add('REFERENCE_NOT_CERTAIN', {
    node: table.node,
    table: table.name,
    column: field.name,
    decided: 'no reference',
    why: `${doubts.count(hits)} of ${doubts.count(count)} different values are found in ${target.table.name}.${target.field.name}, ${doubts.count(count - hits)} are not`,
  });
}

function tellUncertain(
  table: TableDraft,
  field: FieldDraft,
  target: Target,
  score: number,
  rivals: readonly string[],
  doubts: Doubts,
): void {
  const { count } = field.values.distinct;
  const others = rivals.filter((name) => name !== target.table.name);
  if (score === DECLARED || (score >= 2 && count >= NEARLY_LEAST && others.length === 0)) return;
  const also = others.length === 0 ? '' : `; ${others.join(', ')} would fit too`;
  const names = score >= 2 ? '' : ', but the names do not say so';
  doubts.add('REFERENCE_NOT_CERTAIN', {
    node: table.node,
    table: table.name,
    column: field.name,
    decided: `a reference to ${target.table.name}.${target.field.name}`,
    why: `all ${doubts.count(count)} different values are found there${names}${also}`,
  });
}
