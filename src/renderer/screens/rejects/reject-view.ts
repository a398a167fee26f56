import type { RejectFilter, RejectRequest } from '#contract/api/reject-pages';
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

const LONGEST_TEXT = 200;

/** The filter that the address' values stand for; what it does not know is left out. */
export function filterFromAddress(values: {
  readonly code: string;
  readonly table: string;
  readonly column: string;
  readonly text: string;
}): RejectFilter {
  const code = REJECT_CODES.find((known) => known === values.code);
  const text = values.text.trim().slice(0, LONGEST_TEXT);
  return {
    ...(code !== undefined && { code }),
    ...(values.table !== '' && { table: values.table }),
    ...(values.column !== '' && { column: values.column }),
    ...(text !== '' && { text }),
  };
}
