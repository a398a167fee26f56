import type { Conflict, ConflictPage, Review } from '#contract/api/reviews';
import type { ReviewSummary, TableReview } from '#contract/review';
import { placeText } from './error-text.ts';
import { age, bytes, count, counted } from './numbers.ts';
import { renderTable } from './text-table.ts';
import { clip, visible } from './visible.ts';

const COUNTS = ['new', 'identical', 'changed', 'duplicates', 'rejected'] as const;
const WIDEST_VALUE = 60;

/** @returns per table how its rows meet the target and each other, and what stands out. */
export function renderFindings({ tables, moved = 0 }: ReviewSummary): string {
  const entries = Object.entries(tables);
  const columns = [{ title: 'table' }, ...COUNTS.map((title) => ({ title, right: true }))];
  const rows = entries.map(([name, table]) => [name, ...COUNTS.map((key) => count(table[key]))]);
  return [
    moved > 0
      ? `\nThe target has moved on: ${counted(moved, 'conflict')} came, went or changed since the load was approved. Look again, then merge.\n`
      : '',
    `\n${renderTable(columns, rows)}`,
    ...changes(entries),
    ...sum(entries, 'missingReferences', 'row', 'is rejected because a row it refers to is missing'),
    ...sum(entries, 'nulledReferences', 'reference', 'becomes empty because its row is missing'),
  ].join('');
}

type Entries = readonly (readonly [string, TableReview])[];

function changes(entries: Entries): readonly string[] {
  const changed = entries.filter(([, { columns }]) => Object.keys(columns).length > 0);
  if (changed.length === 0) return [];
  const lines = changed.map(([name, { columns }]) => {
    const parts = Object.entries(columns).map(([column, rows]) => `${visible(column)} ${count(rows)}`);
    return `  ${visible(name)}: ${parts.join(', ')}\n`;
  });
  return ['\nConflicts by column\n', ...lines];
}

function sum(
  entries: Entries,
  of: 'contradicting' | 'missingReferences' | 'nulledReferences',
  noun: string,
  what: string,
): readonly string[] {
  const all = entries.reduce((total, [, table]) => total + table[of], 0);
  if (all === 0) return [];
  const [one, ...rest] = what.split(' ');
  const many = [PLURALS[one ?? ''] ?? one, ...rest].join(' ');
  return [`\n${counted(all, noun)} ${all === 1 ? what : many}.\n`];
}

const PLURALS: Readonly<Record<string, string>> = { says: 'say', is: 'are', becomes: 'become' };

/** @returns all but the conflicts themselves. */
export function renderReview(number: number, { summary, effects, resolutions }: Review): string {
  const decided = resolutions.choices?.length ?? 0;
  const facts = `checked ${age(summary.checkedAt)} ago, ${bytes(summary.stagedBytes)} are staged`;
  return [
    `Load ${number} waits for review: ${facts}.\n`,
    renderFindings(summary),
    ...sum(
      Object.entries(summary.tables),
      'contradicting',
      'row',
      'says something else than an earlier row of the load with its key',
    ),
    renderEffects(effects),
    decided > 0
      ? `${counted(decided, 'choice')} for single rows: "loadstone jobs resolutions ${number}" shows them.\n`
      : '',
    `\n${commandLines(reviewCommands(number, summary))}`,
  ].join('');
}

/** @returns what becomes of the conflicts of each table. */
function renderEffects(effects: Review['effects']): string {
  const rows = Object.entries(effects).filter(([, { updated, skipped, fails }]) => updated + skipped + fails > 0);
  if (rows.length === 0) return '\nThere are no conflicts.\n';
  const titles = ['updated', 'skipped', 'fails'] as const;
  const columns = [{ title: 'table' }, ...titles.map((title) => ({ title, right: true }))];
  const failing = rows.some(([, { fails }]) => fails > 0);
  return [
    '\nWhat becomes of the conflicts\n',
    renderTable(
      columns,
      rows.map(([name, effect]) => [name, ...titles.map((title) => count(effect[title]))]),
    ),
    failing ? 'Nothing is merged while any of them fails.\n' : '',
  ].join('');
}

export function renderResolved(number: number, { effects }: Review): string {
  return `What becomes of the conflicts of job ${number} is decided.\n${renderEffects(effects)}\nMerge it:  loadstone jobs merge ${number}\n`;
}

export type NextCommand = readonly [what: string, command: string];

/** What can be done with a load that waits. */
export function reviewCommands(number: number | string, { tables }: ReviewSummary): readonly NextCommand[] {
  const [most] = Object.entries(tables).sort(([, a], [, b]) => b.changed - a.changed);
  const table = most !== undefined && most[1].changed > 0 ? ` --table ${quoted(most[0])}` : '';
  return [
    [table === '' ? 'Look at it' : 'Look at the conflicts', `jobs review ${number}${table}`],
    ['Decide about conflicts', `jobs resolve ${number} <file>`],
    ['Merge it', `jobs merge ${number}`],
    ['Drop what is staged', `jobs discard ${number}`],
  ];
}

function quoted(name: string): string {
  return /^[\w.]+$/.test(name) ? name : `"${visible(name)}"`;
}

/** @returns commands to copy, each after what it does. */
export function commandLines(commands: readonly NextCommand[]): string {
  const widest = Math.max(0, ...commands.map(([what]) => what.length));
  return commands.map(([what, command]) => `${`${what}:`.padEnd(widest + 1)} loadstone ${command}\n`).join('');
}

/** Where listed conflicts are. */
export interface ConflictTable extends Pick<ConflictPage, 'columns'> {
  /** null: no table of the load has any. */
  readonly table: string | null;
}

/** @returns how many there are. */
export function renderMatching({ table, matching }: ConflictTable & { readonly matching: number }, shown: number) {
  if (table === null) return 'No row of the load is in conflict with the target.\n';
  const more = matching - shown;
  return `${counted(matching, 'conflict')} of ${visible(table)}${more > 0 ? `, ${count(more)} more than are listed: see --limit` : ''}.\n`;
}

const OUTCOMES: Readonly<Record<Conflict['outcome'], string>> = {
  updated: 'is updated',
  skipped: 'stays as it is',
  fails: 'fails: nothing is merged',
};

/** @returns a conflict with both versions, a line for each column that differs. */
export function renderConflict(
  { number, path, line, repeats, values, outcome }: Conflict,
  { columns }: ConflictTable,
): string {
  const key = columns.flatMap(({ name, isKey }, index) => (isKey ? [`${name} = ${shown(values[index]?.new)}`] : []));
  const again = repeats > 0 ? `, ${counted(repeats, 'more row')} of the load with this key` : '';
  // What several rows of one key come to is known when they are merged.
  const end = repeats > 0 && outcome !== 'fails' ? 'decided with all rows of its key' : OUTCOMES[outcome];
  const names = columns.flatMap(({ name }, index) => (values[index]?.differs ? [name] : []));
  const widest = names.reduce((width, name) => Math.max(width, name.length), 0);
  const lines = columns.flatMap(({ name }, index) => {
    const value = values[index];
    return value?.differs ? [`    ${visible(name).padEnd(widest)}  ${shown(value.old)} → ${shown(value.new)}\n`] : [];
  });
  return `#${number}  ${visible(key.join(', '))}  (${placeText({ path, line })}${again}): ${end}\n${lines.join('')}\n`;
}

function shown(value: string | null | undefined): string {
  return value === null || value === undefined ? 'no value' : `"${clip(visible(value), WIDEST_VALUE)}"`;
}
