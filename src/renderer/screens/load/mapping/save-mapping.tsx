import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { host } from '#renderer/host/client.ts';
import { chooseMapping } from '../wizard-store.ts';

const MOST_NAME = 60;

/** Keeps the mapping for other folders. */
export function SaveMapping({ mapping }: { readonly mapping: Mapping }) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconDeviceFloppy size={18} aria-hidden />} onClick={open}>
        {t('load.keep.save')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('load.keep.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        centered
      >
        <SaveForm mapping={mapping} onDone={close} />
      </Modal>
    </>
  );
}

interface SaveFormProps {
  readonly mapping: Mapping;
  readonly onDone: () => void;
  /** Left out: as when nothing was kept. */
  readonly onKept?: () => void;
}

export function SaveForm({ mapping, onDone, onKept = onDone }: SaveFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [name, setName] = useState(mapping.name);
  const { data: saved = [] } = useQuery(host.mappings.list.queryOptions());
  const isTaken = saved.some((one) => one.name === name.trim().normalize('NFC'));
  const save = useMutation(
    host.mappings.save.mutationOptions({
      onSuccess: async (kept) => {
        await cache.invalidateQueries({ queryKey: host.mappings.list.key() });
        chooseMapping({ kind: 'saved', label: kept.name, original: kept.mapping });
        onKept();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate({ name, mapping });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed">{t('load.keep.text')}</Text>
        <TextInput
          data-autofocus
          label={t('load.keep.name')}
          value={name}
          maxLength={MOST_NAME}
          onChange={(event) => setName(event.currentTarget.value)}
          description={isTaken ? t('load.keep.taken') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        {save.error === null ? null : <ErrorNote error={save.error} actions={null} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {t(isTaken ? 'load.keep.replace' : 'load.keep.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
