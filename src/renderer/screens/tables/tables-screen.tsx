import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Redirect } from 'wouter';
import type { SavedConnection } from '#contract/api/connections';
import type { ConnectionRef } from '#contract/connection';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { sameConnection } from '#renderer/format/connection-text.ts';
import { host } from '#renderer/host/client.ts';
import { CatalogView } from './catalog-view.tsx';
import { ConnectionSelect } from './connection-select.tsx';
import { tableAddress, useTablePlace } from './table-place.ts';
import classes from './tables.module.css';

const EMBEDDED: ConnectionRef = { kind: 'embedded' };

/** What stands in the databases. */
export function TablesScreen() {
  const { t } = useTranslation();
  const place = useTablePlace();
  const saved = useQuery(host.connections.list.queryOptions());
  const settings = useQuery(host.settings.get.queryOptions());
  const failed = saved.error ?? settings.error;
  if (saved.data === undefined || settings.data === undefined) {
    if (failed === null) return <LoadingNote />;
    return <ErrorNote error={failed} onRetry={() => void Promise.all([saved.refetch(), settings.refetch()])} />;
  }
  if (place.connection === null) {
    return <Redirect to={tableAddress(idOf(settings.data.defaultConnection, saved.data))} replace />;
  }
  const connection = refOf(place.connection, saved.data);
  return (
    <div className={classes.screen}>
      <ScreenTitle title={t('common.nav.tables')} part={place.table?.table}>
        <ConnectionSelect saved={saved.data} value={place.connection} />
      </ScreenTitle>
      {connection === null ? (
        <EmptyNote title={t('tables.goneConnection')}>{t('tables.goneConnectionHint')}</EmptyNote>
      ) : (
        <CatalogView key={place.connection} id={place.connection} connection={connection} table={place.table} />
      )}
    </div>
  );
}

function idOf(connection: ConnectionRef, saved: readonly SavedConnection[]): string {
  return saved.find(({ ref }) => sameConnection(ref, connection))?.id ?? 'embedded';
}

function refOf(id: string, saved: readonly SavedConnection[]): ConnectionRef | null {
  if (id === 'embedded') return EMBEDDED;
  return saved.find((one) => one.id === id)?.ref ?? null;
}
