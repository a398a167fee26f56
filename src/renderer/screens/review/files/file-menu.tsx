import { Button, Code, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure, useFileDialog } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconDownload, IconTerminal2, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { factsOf } from '#renderer/host/failure.ts';
import { sameResolutions } from '../model/edit-resolutions.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { readResolutionsFile, saveResolutions } from './resolution-files.ts';

/** Choices as a file: for another load, for other people, for the command line. */
export function FileMenu({ reviewing }: { readonly reviewing: Reviewing }) {
  const { t } = useTranslation();
  const { number, choices } = reviewing;
  const [isShown, { open, close }] = useDisclosure();
  const name = t('review.file.name', { number });
  const save = useSave();
  const take = useTake(reviewing);
  const dialog = useFileDialog({
    accept: '.json,application/json',
    multiple: false,
    resetOnOpen: true,
    onChange: (files) => {
      const [file] = files ?? [];
      if (file !== undefined) take.mutate(file);
    },
  });
  return (
    <>
      <Menu position="bottom-end" withArrow shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />} loading={save.isPending}>
            {t('review.file.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => save.mutate({ resolutions: choices.resolutions, name })}
          >
            {t('review.file.save')}
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={16} aria-hidden />} onClick={dialog.open}>
            {t('review.file.open')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTerminal2 size={16} aria-hidden />} onClick={open}>
            {t('review.file.command')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CommandDialog
        isOpen={isShown}
        command={`loadstone jobs merge ${number} --resolutions ${name}`}
        onClose={close}
      />
    </>
  );
}

function useSave() {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: saveResolutions,
    networkMode: 'always',
    onSuccess: (path) => {
      if (path !== null) notifications.show({ message: t('review.file.savedTo', { path }), color: 'teal' });
    },
    onError: (error) => {
      const { code, message } = factsOf(error);
      notifications.show({ title: t(`errors.title.${code}`), message, color: 'red', autoClose: false });
    },
  });
}

function useTake({ saver }: Reviewing) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: async (file: File) => {
      const taken = await readResolutionsFile(file);
      saver.replace(taken);
      const { status, resolutions } = await saver.settled();
      return status === 'saved' && sameResolutions(resolutions, taken);
    },
    networkMode: 'always',
    // What could not be saved is told where all saves are.
    onSuccess: (isSaved, { name }) => {
      if (isSaved) notifications.show({ message: t('review.file.taken', { name }), color: 'teal' });
    },
    onError: (error, { name }) => {
      const title = t('review.file.unreadable', { name });
      notifications.show({ title, message: factsOf(error).message, color: 'red', autoClose: false });
    },
  });
}

interface CommandDialogProps {
  readonly isOpen: boolean;
  readonly command: string;
  readonly onClose: () => void;
}

function CommandDialog({ isOpen, command, onClose }: CommandDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('review.file.command')}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm" align="flex-start">
        <Text fz="sm">{t('review.file.commandHint')}</Text>
        <Code block w="100%" style={{ whiteSpace: 'pre-wrap' }} className="wrap-anywhere">
          {command}
        </Code>
        <CopyButton value={command} label={t('job.facts.copyCommand')} />
      </Stack>
    </Modal>
  );
}
