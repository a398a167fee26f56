import { useMemo } from 'react';
import type { Mapping } from '#contract/mapping';
import { type Proposal, useInference } from '#renderer/screens/load/infer/use-inference.ts';
import { design, setEdits, useWizard } from '#renderer/screens/load/wizard-store.ts';
import { addColumn, addTable, columnFrom, type NewColumn } from '../design/add-to-mapping.ts';
import type { ColumnUse, Selection } from '../left-out.ts';
import { editColumn, loadTable } from '../mapping-edits.ts';
import { elementTree, findElement, isTableLike, lineTo, type TreeElement } from './element-tree.ts';
import { type ElementUses, elementUses, type Kinds } from './element-use.ts';

/** Whether an element is taken, and what its tick makes of it. */
export interface Tick {
  readonly isOn: boolean;
  readonly makes: 'table' | 'column';
  /** Why it cannot be ticked, or not be taken off; null: it can. */
  readonly why: ColumnUse | 'noTable' | 'lastTable' | null;
}

export interface Designer {
  readonly roots: readonly TreeElement[];
  readonly tickOf: (element: TreeElement) => Tick;
  /** Takes the element into the mapping, or leaves it out. @returns the table that changed */
  readonly toggle: (element: TreeElement) => number | null;
  /** Puts the element's values into a table. @returns whether they can stand there */
  readonly put: (table: number, element: TreeElement) => boolean;
}

interface Edited {
  readonly original: Mapping;
  readonly whole: Mapping;
  readonly selection: Selection;
}

/** What the tree of the files' elements shows and does; null before the files were looked at. */
export function useDesigner({ original, whole, selection }: Edited): Designer | null {
  const { data } = useInference();
  const edits = useWizard((wizard) => wizard.edits);
  const roots = useMemo(() => (data === undefined ? [] : elementTree(data.report.tree)), [data]);
  const kinds = useMemo(() => (data === undefined ? new Map() : kindsOf(data)), [data]);
  const uses = useMemo(() => elementUses(original, kinds), [original, kinds]);
  if (data === undefined) return null;
  const site: Site = { roots, kinds, uses, selection };
  const toggle = (element: TreeElement): number | null => {
    const tick = tickOf(element, site);
    if (tick.why !== null) return null;
    if (tick.makes === 'table') {
      const [first, ...others] = uses.tables(element);
      if (first === undefined) {
        design((now) => withTableOf(now, whole, element, site));
        return original.tables.length;
      }
      setEdits([first, ...others].reduce((sum, table) => loadTable(sum, table, !tick.isOn), edits));
      return first;
    }
    return toggleColumn(element, tick.isOn, { ...site, original, edits });
  };
  return {
    roots,
    tickOf: (element) => tickOf(element, site),
    toggle,
    put: (table, element) => {
      const record = findElement(roots, (one) => uses.tables(one).includes(table));
      const column = record === undefined ? null : columnOf(record, element, site);
      if (column === null) return false;
      const left = uses.columns(element).find((at) => at.table === table && selection.isOut(table, at.column));
      if (left === undefined) putColumn(table, column);
      else setEdits(editColumn(edits, original, left, { load: true }));
      return true;
    },
  };
}

function putColumn(table: number, column: NewColumn): void {
  design((now) => addColumn(now, table, column));
}

interface Site {
  readonly roots: readonly TreeElement[];
  readonly kinds: Kinds;
  readonly uses: ElementUses;
  readonly selection: Selection;
}

function tickOf(element: TreeElement, { roots, uses, selection }: Site): Tick {
  const { fates } = selection;
  const tables = uses.tables(element);
  if (isTableLike(element) || tables.length > 0) {
    const isOn = tables.some((table) => fates[table] !== 'out');
    const isLast = fates.filter((fate) => fate === 'load').length === 1;
    const holdsLast = isOn && isLast && tables.some((table) => fates[table] === 'load');
    return { isOn, makes: 'table', why: holdsLast ? 'lastTable' : null };
  }
  const on = uses.columns(element).filter(({ table, column }) => isTaken(table, column, selection));
  if (on.length > 0) {
    const why = on.map(({ table, column }) => selection.use(table, column)).find((use) => use !== null);
    return { isOn: true, makes: 'column', why: why ?? null };
  }
  const record = recordAbove(element, { roots, uses, selection });
  return { isOn: false, makes: 'column', why: record === null ? 'noTable' : null };
}

function isTaken(table: number, column: number, { fates, isOut }: Selection): boolean {
  return fates[table] !== 'out' && !isOut(table, column);
}

interface RecordAbove {
  readonly element: TreeElement;
  readonly table: number;
}

/** The nearest element above that is a table's record. */
function recordAbove(
  { steps }: TreeElement,
  { roots, uses, selection }: Pick<Site, 'roots' | 'uses' | 'selection'>,
): RecordAbove | null {
  for (const element of lineTo(roots, steps.slice(0, -1)).toReversed()) {
    const table = uses.tables(element).find((one) => selection.fates[one] !== 'out');
    if (table !== undefined) return { element, table };
  }
  return null;
}

function columnOf(record: TreeElement, element: TreeElement, { roots }: Pick<Site, 'roots'>): NewColumn | null {
  const line = lineTo(roots, element.steps);
  const between = line.filter((one, at) => one.steps.at(-1) !== record.steps[at] || at >= record.steps.length);
  return columnFrom(record.steps, element, between);
}

function toggleColumn(
  element: TreeElement,
  isOn: boolean,
  site: Site & { readonly original: Mapping; readonly edits: Parameters<typeof editColumn>[0] },
): number | null {
  const { uses, selection, original, edits } = site;
  const known = uses.columns(element).filter(({ table }) => selection.fates[table] !== 'out');
  const [first] = known;
  if (first !== undefined) {
    const places = isOn ? known : [first];
    setEdits(places.reduce((sum, at) => editColumn(sum, original, at, { load: !isOn }), edits));
    return first.table;
  }
  const record = recordAbove(element, site);
  const column = record === null ? null : columnOf(record.element, element, site);
  if (record === null || column === null) return null;
  putColumn(record.table, column);
  return record.table;
}

/** The new table knows the keys as they are now, under the names by which the original finds them. */
function withTableOf(original: Mapping, whole: Mapping, element: TreeElement, site: Site): Mapping {
  const tables = original.tables.map((table, at) => {
    const now = whole.tables[at];
    const key = now?.key.map((name) => table.columns[now.columns.findIndex((one) => one.name === name)]?.name ?? name);
    return { ...table, key: key ?? table.key };
  });
  const above = recordAbove(element, site);
  const between = lineTo(site.roots, element.steps).slice(above?.element.steps.length ?? 0, -1);
  const parent = above === null ? null : { table: above.table, isDirect: between.every((one) => !one.repeats) };
  const added = addTable({ ...original, tables }, { element, parent, kinds: site.kinds }).tables.at(-1);
  return added === undefined ? original : { ...original, tables: [...original.tables, added] };
}

/** Which files hold which kind of records, as the proposal found. */
function kindsOf({ grouped, report }: Pick<Proposal, 'grouped' | 'report'>): Kinds {
  const roots = report.tables.filter(({ path }) => path.lastIndexOf('/') === 0);
  return new Map(
    roots.map(({ path, name }) => [
      path.slice(1),
      grouped.tables.find((table) => table.name === name)?.include ?? ['*'],
    ]),
  );
}
