import { Box, Grid, Group, Stack, Text } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { SavedMark } from './saved-mark.tsx';
import classes from './settings.module.css';
import type { SettingName, SettingsEditor } from './use-settings.ts';

interface SettingRowProps extends PropsWithChildren {
  readonly label: string;
  readonly hint: string;
  /** For what can be changed: which setting, so that the row says what became of it. */
  readonly name?: SettingName;
  readonly editor?: SettingsEditor;
}

/** One setting: what it is at the left, the control at the right; under each other where there is no room. */
export function SettingRow({ label, hint, name, editor, children }: SettingRowProps) {
  const changed = name === undefined || editor === undefined ? null : { name, editor };
  return (
    <Box className={classes.row ?? ''} py="lg">
      <Grid gap={{ base: 'xs', sm: 'xl' }} align="flex-start">
        <Grid.Col span={{ base: 12, sm: 5 }}>
          <Group gap="sm">
            <Text fw={600}>{label}</Text>
            {changed === null ? null : <Saved {...changed} />}
          </Group>
          <Text c="dimmed" fz="sm">
            {hint}
          </Text>
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 7 }}>
          <Stack gap="xs">
            {children}
            {changed === null ? null : <Refused {...changed} />}
          </Stack>
        </Grid.Col>
      </Grid>
    </Box>
  );
}

interface ChangedProps {
  readonly name: SettingName;
  readonly editor: SettingsEditor;
}

function Saved({ name, editor: { saved } }: ChangedProps) {
  return <span aria-live="polite">{saved.names.includes(name) ? <SavedMark key={saved.times} /> : null}</span>;
}

function Refused({ name, editor: { failed } }: ChangedProps) {
  const { t } = useTranslation();
  if (!failed?.names.includes(name)) return null;
  return (
    <>
      <Text fz="sm">{t('settings.notSaved')}</Text>
      <ErrorNote error={failed.error} actions={null} />
    </>
  );
}
