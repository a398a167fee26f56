import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { JobDetail } from '#contract/api/job-views';
import { tableAddress, targetTable } from '../model/target-table.ts';
import { useConnectionSlug } from './use-connection-slug.ts';

interface TableLinkProps {
  readonly detail: JobDetail;
  /** As the mapping writes it. */
  readonly name: string;
}

/** A table's name, leading to its rows where those can be looked at. */
export function TableLink({ detail, name }: TableLinkProps) {
  const { t } = useTranslation();
  const slug = useConnectionSlug(detail.job.connection);
  const there = detail.job.state !== 'failed' && !detail.job.dryRun;
  if (slug === null || !there) return name;
  return (
    <Anchor
      component={Link}
      href={tableAddress(slug, targetTable(name, detail.naming))}
      aria-label={t('job.tables.open', { table: name })}
      fz="sm"
    >
      {name}
    </Anchor>
  );
}
