import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import { ChangeList } from '#renderer/components/tables/change-list.tsx';
import { scriptOf } from '#renderer/components/tables/script-of.ts';
import { StatementsView } from '#renderer/components/tables/statements-view.tsx';
import { JobButtons } from '../actions/job-buttons.tsx';
import { NextLinks } from '../actions/next-links.tsx';
import type { JobActions } from '../actions/use-job-actions.ts';
import { isOpen } from '../model/job-states.ts';
import type { WatchedJob } from '../model/watched-job.ts';
import { Section } from '../parts/section.tsx';
import { TablesCard } from './tables-card.tsx';

interface TablesBodyProps {
  readonly detail: JobDetail;
  readonly tables: NonNullable<JobDetail['tables']>;
  readonly watched: WatchedJob | null;
  readonly headlineRef: Ref<HTMLHeadingElement>;
  readonly actions: JobActions;
}

/** How a job that creates tables gets on or ended, what it did, and the statements. */
export function TablesBody({ detail, tables, watched, headlineRef, actions }: TablesBodyProps) {
  const links = isOpen(detail.job.state) ? null : <NextLinks detail={detail} />;
  return (
    <>
      <TablesCard
        detail={detail}
        tables={tables}
        progress={watched?.progress ?? null}
        headlineRef={headlineRef}
        actions={<JobButtons detail={detail} actions={actions} links={links} />}
      />
      <TablesParts tables={tables} />
    </>
  );
}

function TablesParts({ tables: { report, ddl } }: Pick<TablesBodyProps, 'tables'>) {
  const { t } = useTranslation();
  if (report === null) {
    return ddl === null ? null : (
      <Section title={t('tablesJob.job.ordered')}>
        <StatementsView sql={ddl} />
      </Section>
    );
  }
  return (
    <>
      {report.edited || report.changes.length === 0 ? null : (
        <Section title={t('tablesJob.job.changes')}>
          <ChangeList changes={report.changes} isDone />
        </Section>
      )}
      {report.ddl.length === 0 ? null : (
        <Section title={t('tablesJob.job.ddl')}>
          <StatementsView sql={ddl ?? scriptOf(report.ddl)} />
        </Section>
      )}
    </>
  );
}
