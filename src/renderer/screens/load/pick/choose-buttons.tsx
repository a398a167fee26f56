import { Button, Group, type MantineSize } from '@mantine/core';
import { IconFiles, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FolderBrowser } from './folder-browser.tsx';
import { useChoose } from './use-choose.ts';

interface ChooseButtonsProps {
  readonly onChosen: (paths: readonly string[]) => void;
  /** `add`: beside what is chosen already. */
  readonly mode: 'choose' | 'add';
  readonly size?: MantineSize;
}

export function ChooseButtons({ onChosen, mode, size = 'sm' }: ChooseButtonsProps) {
  const { t } = useTranslation();
  const { isBrowsing, choose, endBrowsing } = useChoose(onChosen);
  return (
    <Group gap="xs" justify="center">
      <Button
        size={size}
        variant={mode === 'choose' ? 'filled' : 'default'}
        leftSection={<IconFolderOpen size={18} aria-hidden />}
        onClick={() => choose('folder')}
      >
        {t(`load.${mode}.folder`)}
      </Button>
      <Button
        size={size}
        variant="default"
        leftSection={<IconFiles size={18} aria-hidden />}
        onClick={() => choose('files')}
      >
        {t(`load.${mode}.files`)}
      </Button>
      <FolderBrowser
        opened={isBrowsing}
        onClose={endBrowsing}
        onChosen={(paths) => {
          endBrowsing();
          onChosen(paths);
        }}
      />
    </Group>
  );
}
