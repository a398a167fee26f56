import { Alert, Box, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { SavedConnection } from '#contract/api/connections';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { host } from '#renderer/host/client.ts';
import { ConnectionDialog } from './connection-dialog.tsx';
import { ConnectionList } from './connection-list.tsx';

interface ConnectionsScreenProps {
  /** Of the connection being edited; `new` for one being added. */
  readonly id?: string | undefined;
}

/** The targets of loads: the embedded database and saved servers. */
export function ConnectionsScreen({ id }: ConnectionsScreenProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const adding = useRef<HTMLAnchorElement>(null);
  const connections = useQuery(host.connections.list.queryOptions());
  const { data: saved } = connections;
  const close = () => navigate('/connections');
  return (
    <Box maw={880}>
      <ScreenTitle title={t('common.nav.connections')} subtitle={t('connections.subtitle')}>
        <Button component={Link} href="/connections/new" ref={adding} leftSection={<IconPlus size={18} aria-hidden />}>
          {t('connections.add')}
        </Button>
      </ScreenTitle>
      {saved !== undefined ? (
        <>
          {id === undefined ? null : <Dialog key={id} id={id} saved={saved} onClose={close} />}
          <ConnectionList saved={saved} onRemoved={() => adding.current?.focus()} />
        </>
      ) : connections.error === null ? (
        <LoadingNote />
      ) : (
        <ErrorNote error={connections.error} onRetry={() => void connections.refetch()} />
      )}
    </Box>
  );
}

interface DialogProps {
  readonly id: string;
  readonly saved: readonly SavedConnection[];
  readonly onClose: () => void;
}

function Dialog({ id, saved, onClose }: DialogProps) {
  const { t } = useTranslation();
  const connection = saved.find((one) => one.id === id) ?? null;
  if (connection === null && id !== 'new') return <Alert color="gray" mb="md" title={t('connections.gone')} />;
  return (
    <ConnectionDialog
      connection={connection}
      onClose={onClose}
      onSaved={({ name }) => {
        notifications.show({ message: t('connections.saved', { name }) });
        onClose();
      }}
    />
  );
}
