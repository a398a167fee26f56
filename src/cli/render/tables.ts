import type { TableChange, TablesPlan, TablesReport } from '#contract/tables-plan';
import { statement } from './sql.ts';
import { visible } from './visible.ts';

/** @returns the plan, table by table, and the statements that would make it so. */
export function renderPlan(plan: TablesPlan): string {
  if (plan.state === 'equal') return 'The tables fit the mapping.\n';
  const ddl = plan.ddl.length === 0 ? '' : `\n${plan.ddl.map(statement).join('')}`;
  const end = plan.state === 'refused' ? '\nRefused: nothing would be changed.\n' : '';
  return `${renderChanges(plan.changes)}${ddl}${end}`;
}

/** @returns what was done, or in a dry run would be. */
export function renderCreated(done: TablesReport, out: string | undefined): string {
  const changes = done.changes.filter(({ kind }) => kind !== 'create-table' && kind !== 'comment');
  const left = done.mapping !== undefined && out === undefined;
  return [
    listed(done.dryRun ? 'Would be created' : 'Created', done.created),
    listed('There already', done.existing),
    done.edited ? 'The edited DDL was run; the tables fit the mapping.\n' : renderChanges(changes),
    done.mapping !== undefined && out !== undefined ? `The mapping without these columns stands in ${out}.\n` : '',
    left ? 'Load with a mapping that leaves these columns out: --out <file> writes it.\n' : '',
  ].join('');
}

function listed(what: string, tables: readonly string[]): string {
  return tables.length === 0 ? '' : `${what}: ${tables.map(visible).join(', ')}\n`;
}

function renderChanges(changes: readonly TableChange[]): string {
  const tables = [...new Set(changes.map(({ table }) => table))];
  return tables
    .map((name) => {
      const lines = changes.filter(({ table }) => table === name).map((change) => `  ${visible(line(change))}\n`);
      return `${visible(name)}\n${lines.join('')}`;
    })
    .join('');
}

const MARKS: Readonly<Record<TableChange['outcome'], string>> = { made: '+', refused: '!', left: '-' };

function line(change: TableChange): string {
  return `${MARKS[change.outcome]} ${what(change)}: ${change.reason}`;
}

function what({ kind, columns, from, to }: TableChange): string {
  const names = columns.join(', ');
  switch (kind) {
    case 'create-table':
      return `new table ${to}`;
    case 'add-column':
      return `column ${names} ${to}`;
    case 'widen-type':
      return `column ${names} from ${from} to ${to}`;
    case 'add-key':
      return `${to} (${names})`;
    case 'add-reference':
      return `reference (${names}) to ${to}`;
    case 'add-index':
      return `index (${names})`;
    case 'comment':
      return 'comments';
    case 'fill-column':
      return `column ${names} ${from}`;
    default:
      return kind satisfies never;
  }
}
