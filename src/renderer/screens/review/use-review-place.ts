import type { ConflictFilter } from '#contract/api/reviews';
import type { ConflictCondition } from '#contract/resolutions';
import { useUrlValues } from '#renderer/components/use-url-values.ts';
import type { OpenedConflict } from './detail/beside-opened.ts';
import { conditionsToAddress, filterFromAddress } from './model/review-filter.ts';

export interface ReviewPlace {
  /** '' when none was chosen. */
  readonly table: string;
  readonly tab: 'conflicts' | 'duplicates';
  readonly filter: ConflictFilter;
  /** What is searched for, as it was typed. */
  readonly text: string;
  readonly isFiltered: boolean;
  readonly opened: OpenedConflict | null;
  /** Of a list that is too long for one: which part of it, from 0. */
  readonly part: number;
  readonly goToTable: (table: string) => void;
  readonly goToTab: (tab: ReviewPlace['tab']) => void;
  readonly goToPart: (part: number) => void;
  readonly narrow: (changes: {
    readonly text?: string;
    readonly changed?: string | null;
    readonly where?: readonly ConflictCondition[];
    readonly outcome?: ConflictFilter['outcome'] | null;
  }) => void;
  readonly clear: () => void;
  readonly open: (conflict: OpenedConflict | null) => void;
}

const NAMES = ['rvTable', 'rvTab', 'rvText', 'rvChanged', 'rvWhere', 'rvOutcome', 'rvRow', 'rvPart'] as const;
const TOP = { rvRow: '', rvPart: '' };
const UNFILTERED = { rvText: '', rvChanged: '', rvWhere: '', rvOutcome: '' };

/** Where in the review one is; kept in the address. */
export function useReviewPlace(): ReviewPlace {
  const [values, write] = useUrlValues(NAMES);
  const filter = filterFromAddress({
    text: values.rvText,
    changed: values.rvChanged,
    where: values.rvWhere,
    outcome: values.rvOutcome,
  });
  return {
    table: values.rvTable,
    tab: values.rvTab === 'duplicates' ? 'duplicates' : 'conflicts',
    filter,
    text: values.rvText,
    isFiltered: Object.keys(filter).length > 0,
    opened: openedFrom(values.rvRow),
    part: Number(/^\d{1,6}$/.exec(values.rvPart)?.[0] ?? 0),
    goToTable: (rvTable) => write({ ...TOP, ...UNFILTERED, rvTable, rvTab: '' }),
    goToTab: (tab) => write({ ...TOP, rvTab: tab === 'conflicts' ? '' : tab }),
    goToPart: (part) => write({ ...TOP, rvPart: part === 0 ? '' : String(part) }),
    narrow: ({ text, changed, where, outcome }) =>
      write({
        ...TOP,
        ...(text !== undefined && { rvText: text }),
        ...(changed !== undefined && { rvChanged: changed ?? '' }),
        ...(where !== undefined && { rvWhere: conditionsToAddress(where) }),
        ...(outcome !== undefined && { rvOutcome: outcome ?? '' }),
      }),
    clear: () => write({ ...TOP, ...UNFILTERED }),
    open: (conflict) => write({ rvRow: conflict === null ? '' : `${conflict.number}.${conflict.index}` }),
  };
}

function openedFrom(text: string): OpenedConflict | null {
  const [, number, index] = /^([1-9]\d{0,11})\.(\d{1,12})$/.exec(text) ?? [];
  return number === undefined || index === undefined ? null : { number: Number(number), index: Number(index) };
}
