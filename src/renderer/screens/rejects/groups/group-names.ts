import type { TFunction } from 'i18next';
import type { RejectFilter, RejectGroups } from '#contract/api/reject-pages';
import type { RejectGrouping } from '#contract/reject-groupings';
import type { Narrowing } from '../use-reject-view.ts';

export type RejectGroup = RejectGroups['groups'][number];

/** What people call a group. */
export function groupName({ code, table, column, path }: RejectGroup, by: RejectGrouping, t: TFunction): string {
  switch (by) {
    case 'code':
      return code === undefined ? '' : t(`rejects.code.${code}`);
    case 'column':
      return column ?? t('rejects.wholeRow');
    case 'file':
      return path ?? '';
    case 'table':
      return table ?? '';
    default:
      return by satisfies never;
  }
}

/** Whether the filter lets nothing but this group through. */
export function isGroupOf(group: RejectGroup, by: RejectGrouping, filter: RejectFilter): boolean {
  switch (by) {
    case 'code':
      return filter.code === group.code;
    case 'column':
      return filter.column === (group.column ?? null) && filter.table === group.table;
    case 'file':
      return filter.file === group.file;
    case 'table':
      return filter.table === group.table;
    default:
      return by satisfies never;
  }
}

/** To one group, or to any. */
export function narrowingTo(group: RejectGroup | null, by: RejectGrouping): Narrowing {
  switch (by) {
    case 'code':
      return { code: group?.code };
    case 'column':
      return { column: group === null ? undefined : (group.column ?? null), table: group?.table };
    case 'file':
      return { file: group?.file };
    case 'table':
      // A column is of one table.
      return { table: group?.table, column: undefined };
    default:
      return by satisfies never;
  }
}
