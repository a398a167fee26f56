import type { RejectedRecord, RejectFilter, RejectRequest, RejectRow } from '#contract/api/reject-pages';
import type { RejectGrouping } from '#contract/reject-groupings';
import { REJECT_GROUPINGS } from '#contract/reject-groupings';
import { REJECT_CODES } from '#contract/rejects';

export type RejectSort = RejectRequest['sort'];
export type SortColumn = RejectSort['by'];

export const SORT_COLUMNS: readonly SortColumn[] = ['place', 'table', 'column', 'code', 'value'];

/** As the address has it: `value` or, descending, `-value`; the usual order is left out. */
export function sortFromAddress(text: string): RejectSort {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  return { by: SORT_COLUMNS.find((column) => column === name) ?? 'place', descending };
}

export function sortToAddress({ by, descending }: RejectSort): string {
  if (by === 'place' && !descending) return '';
  return `${descending ? '-' : ''}${by}`;
}

/** The order after a click on a column: that column, or the other way round. */
export function nextSort(sort: RejectSort, by: SortColumn): RejectSort {
  return { by, descending: sort.by === by && !sort.descending };
}

/** Which rows are shown, of all that were rejected. */
export const SHOWN = ['open', 'uncorrected', 'corrected', 'fixed'] as const;
export type Shown = (typeof SHOWN)[number];

export function shownFromAddress(text: string): Shown {
  return SHOWN.find((one) => one === text) ?? 'open';
}

const SHOWN_FILTERS: Readonly<Record<Shown, RejectFilter>> = {
  open: {},
  uncorrected: { corrected: false },
  corrected: { corrected: true },
  fixed: { state: 'fixed' },
};

export function groupingFromAddress(text: string): RejectGrouping {
  return REJECT_GROUPINGS.find((one) => one === text) ?? 'code';
}

const LONGEST_TEXT = 200;
/** Stands in the address for "no column", as '' stands for any. */
const WHOLE_ROWS = '*';

export interface FilterValues {
  readonly code: string;
  readonly table: string;
  readonly column: string;
  readonly file: string;
  readonly text: string;
}

/** The filter that the address' values stand for; what it does not know is left out. */
export function filterFromAddress(values: FilterValues, shown: Shown = 'open'): RejectFilter {
  const code = REJECT_CODES.find((known) => known === values.code);
  const text = values.text.trim().slice(0, LONGEST_TEXT);
  return {
    ...SHOWN_FILTERS[shown],
    ...(code !== undefined && { code }),
    ...(values.table !== '' && { table: values.table }),
    ...(values.column !== '' && { column: values.column === WHOLE_ROWS ? null : values.column }),
    ...(/^\d{1,9}$/.test(values.file) && { file: Number(values.file) }),
    ...(text !== '' && { text }),
  };
}

export function columnToAddress(column: string | null): string {
  return column ?? WHOLE_ROWS;
}

/** One objection, so that it is found again: where it stood in the list, and what tells it from the others. */
export interface Chosen extends RejectedRecord {
  /** Its place in the list when it was chosen. */
  readonly at: number;
  /** null: the whole row. */
  readonly column: string | null;
}

export function chosenToAddress(chosen: Chosen | null): string {
  if (chosen === null) return '';
  const { at, file, sequence, column } = chosen;
  return [at, file, sequence, columnToAddress(column)].join('.');
}

export function chosenFromAddress(text: string): Chosen | null {
  const [, at, file, sequence, column] = /^(\d{1,9})\.([1-9]\d{0,9})\.([1-9]\d{0,9})\.(.+)$/s.exec(text) ?? [];
  if (column === undefined) return null;
  const place = { at: Number(at), file: Number(file), sequence: Number(sequence) };
  return { ...place, column: column === WHOLE_ROWS ? null : column };
}

export function isChosen({ file, sequence, column }: RejectRow, chosen: Chosen | null): boolean {
  return chosen?.file === file && chosen.sequence === sequence && chosen.column === (column ?? null);
}

export function chosenAt({ file, sequence, column }: RejectRow, at: number): Chosen {
  return { at, file, sequence, column: column ?? null };
}
