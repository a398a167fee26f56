import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditPage } from '#contract/api/audit';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { host } from '#renderer/host/client.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditGrid } from './audit-grid.tsx';
import { type AuditSource, sourceOf } from './audit-source.ts';
import { ExportAudit } from './export-audit-button.tsx';
import { SourceSelect } from './source-select.tsx';
import { useFirstEntries } from './use-audit-pages.ts';
import { type AuditView, useAuditView } from './use-audit-view.ts';

/** What happened, on this computer and to the databases. */
export function AuditScreen() {
  const { t } = useTranslation();
  const view = useAuditView();
  const saved = useQuery(host.connections.list.queryOptions());
  const source = saved.data && sourceOf(view.values.log, saved.data);
  return (
    <>
      <ScreenTitle title={t('audit.title')} subtitle={t('audit.subtitle')}>
        {source === undefined ? null : <ExportAudit source={source} filter={view.filter} />}
      </ScreenTitle>
      <Stack gap="md">
        <SourceSelect saved={saved.data ?? []} value={view.values.log} onChange={(log) => view.change({ log })} />
        {saved.error === null ? null : <ErrorNote error={saved.error} onRetry={() => void saved.refetch()} />}
        {saved.data === undefined && saved.error === null ? <LoadingNote /> : null}
        {saved.data !== undefined && source === undefined ? (
          <EmptyNote title={t('audit.gone')}>{t('audit.goneHint')}</EmptyNote>
        ) : null}
        {source === undefined ? null : <Log key={view.values.log} source={source} view={view} />}
      </Stack>
    </>
  );
}

interface LogProps {
  readonly source: AuditSource;
  readonly view: AuditView;
}

function Log({ source, view }: LogProps) {
  const first = useFirstEntries({ source, filter: view.filter });
  const { data, error } = first;
  return (
    <>
      <AuditFilters view={view} source={source} />
      {error === null ? null : <ErrorNote error={error} onRetry={() => void first.refetch()} />}
      {data === undefined && error === null ? <LoadingNote /> : null}
      {data === undefined || error !== null ? null : (
        <Entries source={source} view={view} page={data} outdated={first.isPlaceholderData} />
      )}
    </>
  );
}

interface EntriesProps extends LogProps {
  readonly page: AuditPage;
  /** It answers the question before this one. */
  readonly outdated: boolean;
}

function Entries({ source, view, page, outdated }: EntriesProps) {
  const { t } = useTranslation();
  if (page.matching === 0) return view.isFiltered ? <NoMatch onClear={view.clear} /> : <Nothing source={source} />;
  return (
    <>
      <Text fz="sm" c="dimmed" className="tabular" role="status">
        {t('audit.counts', { count: page.matching })}
      </Text>
      <AuditGrid key={JSON.stringify(view.filter)} source={source} view={view} page={page} outdated={outdated} />
    </>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('audit.noMatch')}>
      <Button variant="default" onClick={onClear}>
        {t('audit.filter.clear')}
      </Button>
    </EmptyNote>
  );
}

function Nothing({ source }: { readonly source: AuditSource }) {
  const { t } = useTranslation();
  const isHere = source.connection === null;
  return (
    <EmptyNote title={t(isHere ? 'audit.empty' : 'audit.emptyTarget')}>
      <Text c="dimmed">{t(isHere ? 'audit.emptyHint' : 'audit.emptyTargetHint')}</Text>
    </EmptyNote>
  );
}
