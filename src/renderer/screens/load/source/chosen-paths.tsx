import { ActionIcon, Button, Card, Group, Text } from '@mantine/core';
import { IconFolder, IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PathText } from '../path-text.tsx';
import { ChooseButtons } from '../pick/choose-buttons.tsx';
import { addSource, setPaths, useWizard } from '../wizard-store.ts';
import classes from './chosen-paths.module.css';

interface ChosenPathsProps {
  readonly isScanning: boolean;
  readonly onRescan: () => void;
}

/** The folders and files that were chosen. */
export function ChosenPaths({ isScanning, onRescan }: ChosenPathsProps) {
  const { t } = useTranslation();
  const paths = useWizard((wizard) => wizard.paths);
  return (
    <Card withBorder padding="sm">
      <ul className={classes.list} aria-label={t('load.source.chosen')}>
        {paths.map((path) => (
          <li key={path} className={classes.line}>
            <IconFolder size={18} stroke={1.6} aria-hidden className={classes.icon} />
            <Text className="wrap-anywhere" flex={1}>
              <PathText path={path} />
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('load.source.remove', { path })}
              onClick={() => setPaths(paths.filter((one) => one !== path))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group justify="space-between" gap="xs" mt="sm">
        <ChooseButtons mode="add" size="xs" onChosen={addSource} />
        <Button
          size="xs"
          variant="subtle"
          loading={isScanning}
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={onRescan}
        >
          {t('load.source.rescan')}
        </Button>
      </Group>
    </Card>
  );
}
