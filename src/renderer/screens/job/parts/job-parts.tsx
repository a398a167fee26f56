import type { JobDetail } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';
import type { UndoResult } from '#contract/undo';
import { isOpen } from '../model/job-states.ts';
import { undoResultOf } from '../model/undo-result.ts';
import { UndoCard } from '../undo/undo-card.tsx';
import { FailedFiles } from './failed-files.tsx';
import { FirstRejects } from './first-rejects.tsx';
import { LiveCounts } from './live-counts.tsx';
import { LoadConflicts } from './load-conflicts.tsx';
import { SkippedFiles } from './skipped-files.tsx';
import { TableCounts } from './table-counts.tsx';
import { Warnings } from './warnings.tsx';

interface JobPartsProps {
  readonly detail: JobDetail;
  readonly progress: JobProgress | null;
  /** What this window's undo took back. */
  readonly undone: UndoResult | null;
}

/** What there is to say of tables, rejects, files and conflicts. */
export function JobParts({ detail, progress, undone }: JobPartsProps) {
  const { job, report } = detail;
  const open = isOpen(job.state);
  const undo = job.state === 'undone' ? (undone ?? undoResultOf(detail)) : null;
  return (
    <>
      {undo === null ? null : <UndoCard detail={detail} result={undo} />}
      {open && progress !== null ? <LiveCounts tables={progress.tables} /> : null}
      {report === null || open || report.review !== undefined ? null : <TableCounts detail={detail} report={report} />}
      {mayHaveRejects(detail, progress) ? <FirstRejects job={job} report={open ? null : report} /> : null}
      {report === null || open ? null : <ReportParts report={report} />}
    </>
  );
}

function ReportParts({ report }: { readonly report: NonNullable<JobDetail['report']> }) {
  const { files, warnings, conflicts, review } = report;
  return (
    <>
      {files.failures.length === 0 ? null : <FailedFiles failures={files.failures} />}
      {warnings.length === 0 ? null : <Warnings warnings={warnings} />}
      {conflicts.insideLoad === 0 || review !== undefined ? null : <LoadConflicts {...conflicts} />}
      {files.skippedCount === 0 ? null : <SkippedFiles skipped={files.skipped} skippedCount={files.skippedCount} />}
    </>
  );
}

/** Whether it is worth asking the server: it is not, for a job that staged nothing or whose staging is gone. */
function mayHaveRejects({ job, report }: JobDetail, progress: JobProgress | null): boolean {
  if (isOpen(job.state)) return (progress?.rejected ?? 0) > 0;
  if (job.state === 'discarded') return false;
  // What stopped before its merge may have found some already.
  return report !== null || job.state === 'cancelled' || job.state === 'interrupted';
}
