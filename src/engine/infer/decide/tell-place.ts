import type { Doubts } from './doubts.ts';
import type { FieldDraft, TableDraft } from './drafts.ts';
import type { KeyPlan } from './keys.ts';

type Plans = ReadonlyMap<TableDraft, KeyPlan>;

/** A key that means where a record stands is only good while the file stays as it is. */
export function tellPlace(table: TableDraft, plans: Plans, doubts: Doubts): void {
  const plan = plans.get(table);
  if (plan === undefined || !isByPlace(table, plans)) return;
  const decided =
    'rows are told apart by where they stand: when a file is loaded again in which something was added, removed or moved, rows are left out and others come twice';
  const isOfParent = plan.kind === 'parent-field' || plan.kind === 'parent-name';
  const own = isOfParent ? 'the record around it is told apart by its place' : plan.reason;
  const names = isOfParent ? [] : differentFields(table).map(({ name }) => name);
  const better =
    names.length === 0 ? '' : `; ${names.join(' or ')} could be the key, if always there and different by nature`;
  doubts.add('KEY_BY_PLACE', { node: table.node, table: table.name, decided, why: own + better });
}

/** Whether a place in a file is part of the key, be it that of the record around it. */
function isByPlace(table: TableDraft, plans: Plans): boolean {
  const kind = plans.get(table)?.kind;
  if (kind === 'parent-place' || kind === 'file-place' || kind === 'file-node') return true;
  const [parent] = table.parents;
  const isOfParent = kind === 'parent-field' || kind === 'parent-name';
  return isOfParent && parent !== undefined && parent !== table && isByPlace(parent, plans);
}

const MOST_NAMED = 3;
const MOST_CHARACTERS = 100;

/** Fields that could be the key for all that was seen, though nothing in their names says so. */
function differentFields({ fields, node }: TableDraft): readonly FieldDraft[] {
  const isDifferent = ({ values, take }: FieldDraft) =>
    take.kind !== 'string' &&
    values.count === node.count &&
    values.longest <= MOST_CHARACTERS &&
    !values.distinct.repeated &&
    !values.distinct.incomplete;
  return node.count < 2 ? [] : fields.filter(isDifferent).slice(0, MOST_NAMED);
}
