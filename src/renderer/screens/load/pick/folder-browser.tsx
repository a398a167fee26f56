import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BrowsePane } from './browse-pane.tsx';

interface FolderBrowserProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onChosen: (paths: readonly string[]) => void;
}

/** Chooses a folder, or files of one, among those that the web host may read. */
export function FolderBrowser({ opened, onClose, onChosen }: FolderBrowserProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('load.browse.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <BrowsePane onChosen={onChosen} onClose={onClose} />
    </Modal>
  );
}
