import { canonicalJson } from '#contract/canonical-json';
import type { ConflictPolicy } from '#contract/mapping';
import type { ConflictChoice, ResolutionPolicy, Resolutions } from '#contract/resolutions';

/** One edit of the document; `null` for a policy: what is said more widely holds again. */
export type ResolutionsEdit = (now: Resolutions) => Resolutions;

type TableRules = NonNullable<Resolutions['tables']>[string];

export function forAllTables(use: ResolutionPolicy | null): ResolutionsEdit {
  return ({ use: _, ...rest }) => (use === null ? rest : { ...rest, use });
}

export function forTable(table: string, use: ResolutionPolicy | null): ResolutionsEdit {
  return (now) => withRules(now, table, ({ use: _, ...rest }) => (use === null ? rest : { ...rest, use }));
}

export function forColumn(table: string, column: string, policy: ConflictPolicy | null): ResolutionsEdit {
  return (now) =>
    withRules(now, table, ({ columns = {}, ...rest }) => {
      const { [column]: _, ...others } = columns;
      const next = policy === null ? others : { ...others, [column]: policy };
      return Object.keys(next).length === 0 ? rest : { ...rest, columns: next };
    });
}

/** What says nothing is left out, so that a document taken back is the one it was. */
function withRules(now: Resolutions, table: string, change: (rules: TableRules) => TableRules): Resolutions {
  const { tables = {}, ...rest } = now;
  const { [table]: rules = {}, ...others } = tables;
  const next = change(rules);
  const all = Object.keys(next).length === 0 ? others : { ...others, [table]: next };
  return Object.keys(all).length === 0 ? rest : { ...rest, tables: all };
}

/** The last choice counts, so one for the very same rows takes the place of the one before. */
export function choose(choice: ConflictChoice): ResolutionsEdit {
  return (now) => {
    const others = (now.choices ?? []).filter((one) => !isForSameRows(one, choice));
    return { ...now, choices: [...others, choice] };
  };
}

type ChosenRows = Pick<ConflictChoice, 'table' | 'which'>;

function isForSameRows(one: ChosenRows, other: ChosenRows): boolean {
  return one.table === other.table && canonicalJson(one.which) === canonicalJson(other.which);
}

/** By what it says, not by where it stands: others may have changed the list by the time this is done. */
export function withoutChoice(choice: ChosenRows): ResolutionsEdit {
  return (now) => withChoices(now, (choices) => choices.filter((one) => !isForSameRows(one, choice)));
}

export const withoutLastChoice: ResolutionsEdit = (now) => withChoices(now, (choices) => choices.slice(0, -1));

function withChoices(
  { choices = [], ...rest }: Resolutions,
  change: (choices: readonly ConflictChoice[]) => ConflictChoice[],
): Resolutions {
  const left = change(choices);
  return left.length === 0 ? rest : { ...rest, choices: left };
}

/** What somebody said of this one row, and where that stands among the choices; null: nothing. */
export function choiceForKey(
  resolutions: Resolutions,
  table: string,
  key: Readonly<Record<string, string>>,
): RowChoice | null {
  const known = choicesByRow.get(resolutions) ?? rowChoices(resolutions);
  choicesByRow.set(resolutions, known);
  return known.get(canonicalJson([table, key])) ?? null;
}

interface RowChoice {
  readonly place: number;
  readonly use: ResolutionPolicy;
}

/** Each row of a list asks, and there may be thousands of choices. */
const choicesByRow = new WeakMap<Resolutions, ReadonlyMap<string, RowChoice>>();

function rowChoices({ choices = [] }: Resolutions): ReadonlyMap<string, RowChoice> {
  return new Map(
    choices.flatMap(({ table, which, use }, place) =>
      'key' in which ? [[canonicalJson([table, which.key]), { place, use }] as const] : [],
    ),
  );
}

export function sameResolutions(one: Resolutions, other: Resolutions): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
