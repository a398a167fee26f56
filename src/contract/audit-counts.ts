import type { LoadReport } from './load.ts';
import type { UndoResult } from './undo.ts';

/** What the audit logs count of a merge, over all its tables. */
export function mergeCounts({ tables, rejects, files }: Pick<LoadReport, 'tables' | 'rejects' | 'files'>) {
  const all = Object.values(tables);
  const sum = (of: keyof (typeof all)[number]) => all.reduce((total, counts) => total + counts[of], 0);
  return {
    ...{ read: sum('read'), inserted: sum('inserted'), updated: sum('updated') },
    ...{ unchanged: sum('unchanged'), skipped: sum('skipped'), rejected: rejects.total },
    ...(files.failed > 0 && { failedFiles: files.failed }),
  };
}

/** What they count of an undo. */
export function undoCounts({ tables }: Pick<UndoResult, 'tables'>) {
  const all = Object.values(tables);
  const sum = (of: keyof (typeof all)[number]) => all.reduce((total, counts) => total + counts[of], 0);
  return { removed: sum('removed'), restored: sum('restored'), conflicts: sum('conflicts') };
}
