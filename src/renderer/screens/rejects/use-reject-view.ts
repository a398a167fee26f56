import type { RejectFilter } from '#contract/api/reject-pages';
import type { RejectGrouping } from '#contract/reject-groupings';
import { useUrlValues } from '#renderer/components/use-url-values.ts';
import {
  type Chosen,
  chosenFromAddress,
  chosenToAddress,
  columnToAddress,
  filterFromAddress,
  groupingFromAddress,
  type RejectSort,
  type Shown,
  shownFromAddress,
  sortFromAddress,
  sortToAddress,
} from './reject-view.ts';

/** What the rejects are narrowed to; undefined: to any. */
export type Narrowing = {
  readonly [Name in 'code' | 'table' | 'column' | 'file' | 'text']?: RejectFilter[Name] | undefined;
};

export interface RejectView {
  readonly filter: RejectFilter;
  /** What is searched for, as it was typed. */
  readonly text: string;
  readonly shown: Shown;
  readonly sort: RejectSort;
  readonly groupedBy: RejectGrouping;
  /** The objection that is looked at. */
  readonly chosen: Chosen | null;
  readonly isFiltered: boolean;
  readonly narrow: (to: Narrowing) => void;
  readonly show: (shown: Shown) => void;
  readonly setSort: (sort: RejectSort) => void;
  readonly groupBy: (by: RejectGrouping) => void;
  readonly choose: (chosen: Chosen | null) => void;
  readonly clear: () => void;
}

const NAMES = ['code', 'of', 'column', 'file', 'with', 'show', 'order', 'by', 'row'] as const;

/** Which rejects are shown, in which order, and which of them is looked at; kept in the address. */
export function useRejectView(): RejectView {
  const [values, write] = useUrlValues(NAMES);
  const shown = shownFromAddress(values.show);
  const filter = filterFromAddress({ ...values, table: values.of, text: values.with }, shown);
  const { state: _, corrected: __, ...narrowed } = filter;
  return {
    filter,
    text: values.with,
    shown,
    sort: sortFromAddress(values.order),
    groupedBy: groupingFromAddress(values.by),
    chosen: chosenFromAddress(values.row),
    isFiltered: shown !== 'open' || Object.keys(narrowed).length > 0,
    narrow: (to) =>
      write({
        row: '',
        ...('code' in to && { code: to.code ?? '' }),
        ...('table' in to && { of: to.table ?? '' }),
        ...('column' in to && { column: to.column === undefined ? '' : columnToAddress(to.column) }),
        ...('file' in to && { file: String(to.file ?? '') }),
        ...('text' in to && { with: to.text ?? '' }),
      }),
    show: (next) => write({ row: '', show: next === 'open' ? '' : next }),
    setSort: (sort) => write({ row: '', order: sortToAddress(sort) }),
    groupBy: (by) => write({ by: by === 'code' ? '' : by }),
    choose: (chosen) => write({ row: chosenToAddress(chosen) }),
    clear: () => write({ row: '', code: '', of: '', column: '', file: '', with: '', show: '' }),
  };
}
