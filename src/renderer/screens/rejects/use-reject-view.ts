import type { RejectFilter } from '#contract/api/reject-pages';
import { useUrlValues } from '#renderer/components/use-url-values.ts';
import { filterFromAddress, type RejectSort, sortFromAddress, sortToAddress } from './reject-view.ts';

export interface RejectView {
  readonly filter: RejectFilter;
  readonly sort: RejectSort;
  readonly isFiltered: boolean;
  readonly change: (filter: { readonly [Name in keyof RejectFilter]?: string | undefined }) => void;
  readonly setSort: (sort: RejectSort) => void;
  readonly clear: () => void;
}

const NAMES = ['code', 'of', 'column', 'with', 'order'] as const;

/** Which rejects are shown, and in which order; kept in the address. */
export function useRejectView(): RejectView {
  const [values, write] = useUrlValues(NAMES);
  const filter = filterFromAddress({ ...values, table: values.of, text: values.with });
  return {
    filter,
    sort: sortFromAddress(values.order),
    isFiltered: Object.keys(filter).length > 0,
    change: (changes) => {
      write({
        ...('code' in changes && { code: changes.code ?? '' }),
        ...('table' in changes && { of: changes.table ?? '' }),
        ...('column' in changes && { column: changes.column ?? '' }),
        ...('text' in changes && { with: changes.text ?? '' }),
      });
    },
    setSort: (sort) => write({ order: sortToAddress(sort) }),
    clear: () => write({ code: '', of: '', column: '', with: '' }),
  };
}
