import { Button } from '@mantine/core';
import { IconDatabase, IconListSearch, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import { rejectsLink } from '../model/rejects-link.ts';
import { tableAddress, targetTable } from '../model/target-table.ts';
import { useConnectionSlug } from '../parts/use-connection-slug.ts';

/** Where to go from a job that has ended. */
export function NextLinks({ detail }: { readonly detail: JobDetail }) {
  const { t } = useTranslation();
  const { job } = detail;
  const tables = useTablesAddress(detail);
  const landed = job.state === 'succeeded' || job.state === 'succeeded_with_rejects';
  const rejects = rejectsLink(detail);
  const hasRejects = rejects?.isWanted === true;
  const several = tableNames(detail).length > 1;
  return (
    <>
      {rejects === null ? null : (
        <Button
          component={Link}
          px="sm"
          href={`/jobs/${rejects.number}/rejects`}
          variant={landed && rejects.isWanted ? 'filled' : 'default'}
          leftSection={<IconListSearch size={16} aria-hidden />}
        >
          {t(`job.action.${rejects.text}`, { number: rejects.number })}
        </Button>
      )}
      {landed && !job.dryRun && tables !== null ? (
        <Button
          component={Link}
          px="sm"
          href={tables}
          variant={hasRejects ? 'default' : 'filled'}
          leftSection={<IconDatabase size={16} aria-hidden />}
        >
          {t(several ? 'job.action.openTables' : 'job.action.openTable')}
        </Button>
      ) : null}
      {job.state === 'waiting_for_review' ? null : (
        <Button component={Link} px="sm" href="/" variant="default" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('job.action.loadMore')}
        </Button>
      )}
    </>
  );
}

/** Of the one table, or of all of the connection. */
function useTablesAddress(detail: JobDetail): string | null {
  const { job, naming } = detail;
  const slug = useConnectionSlug(job.connection);
  if (slug === null) return null;
  const [name, ...others] = tableNames(detail);
  if (name !== undefined && others.length === 0) return tableAddress(slug, targetTable(name, naming));
  return `/tables/${encodeURIComponent(slug)}`;
}

/** As the mapping writes them: those that a load filled, or that a job made. */
function tableNames({ report, tables }: JobDetail): readonly string[] {
  return tables === undefined
    ? Object.keys(report?.tables ?? {})
    : [...(tables.report?.created ?? []), ...(tables.report?.existing ?? [])];
}
