import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedConnection } from '#contract/api/connections';
import { ConnectionForm } from './connection-form.tsx';
import { useConnectionForm } from './use-connection-form.ts';

interface ConnectionDialogProps {
  /** null: a new one. */
  readonly connection: SavedConnection | null;
  readonly onSaved: (saved: SavedConnection) => void;
  readonly onClose: () => void;
}

/** A connection's form over the list; what was typed is not lost by a slip. */
export function ConnectionDialog({ connection, onSaved, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const fields = useConnectionForm(connection);
  const [asking, setAsking] = useState(false);
  const leave = () => (fields.isDirty() ? setAsking(true) : onClose());
  const title =
    connection === null ? t('connections.form.addTitle') : t('connections.form.editTitle', { name: connection.name });
  return (
    <>
      <Modal
        opened
        onClose={leave}
        title={title}
        size="lg"
        styles={{ title: { fontWeight: 600 } }}
        closeOnEscape={!asking}
        trapFocus={!asking}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <ConnectionForm connection={connection} fields={fields} onSaved={onSaved} onCancel={leave} />
      </Modal>
      {asking ? <LeaveDialog onStay={() => setAsking(false)} onLeave={onClose} /> : null}
    </>
  );
}

interface LeaveDialogProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Mounted only while it asks: else the key that opens it would close it at once. */
function LeaveDialog({ onStay, onLeave }: LeaveDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onStay}
      title={t('connections.discard.title')}
      styles={{ title: { fontWeight: 600 } }}
      centered
      zIndex={300}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text mb="lg">{t('connections.discard.text')}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onLeave}>
          {t('connections.discard.leave')}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {t('connections.discard.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
