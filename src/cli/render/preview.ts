import type { PreviewReport } from '#contract/api/previews';
import { renderConflicts, renderFailures, renderNotes, renderRejects } from './load-summary.ts';
import { count, counted } from './numbers.ts';
import { statement } from './sql.ts';
import { renderTable } from './text-table.ts';
import { visible } from './visible.ts';

function tableSection(name: string, table: PreviewReport['tables'][string]): string {
  const { columns, rows, counts } = table;
  const more = counts.rejected > 0 ? `, ${count(counts.rejected)} rejected` : '';
  const head = `\n${visible(name)}: ${counted(counts.read, 'row')} read${more}\n`;
  return (
    head +
    (rows.length === 0
      ? ''
      : renderTable(
          columns.map((title) => ({ title })),
          rows,
        ))
  );
}

/** @returns what a load would do: first rows per table, the DDL it would run, what it would reject. */
export function renderPreview(report: PreviewReport): string {
  const { files } = report;
  const failed = files.failed > 0 ? `, ${count(files.failed)} cannot be read` : '';
  const unchanged = files.unchanged > 0 ? `, ${count(files.unchanged)} loaded before` : '';
  return [
    `${counted(files.found, 'file')} found${unchanged}${failed}. Nothing was changed.\n`,
    `Times without a zone are read in ${visible(report.timeZone)}.\n`,
    ...Object.entries(report.tables).map(([name, table]) => tableSection(name, table)),
    report.ddl.length === 0 ? '' : `\nTables a load would create\n${report.ddl.map(statement).join('')}`,
    renderFailures(files),
    renderRejects(report.rejects),
    renderConflicts(report.conflicts),
    renderNotes(report.warnings, files),
  ].join('');
}
