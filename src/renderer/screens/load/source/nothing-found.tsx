import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconArrowUp, IconFolderQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '#contract/api/sources';
import { useShortPath } from '../path-text.tsx';
import { parentPath } from '../paths.ts';
import { goTo, setPaths, useWizard } from '../wizard-store.ts';

/** Says why no file would be loaded, and what to do about it. */
export function NothingFound({ summary }: { readonly summary: SourceSummary }) {
  const { t } = useTranslation();
  const short = useShortPath();
  const { paths, chosen } = useWizard();
  const include = chosen?.original.source.include?.join(', ') ?? null;
  const [only] = paths;
  const parent = paths.length === 1 && only !== undefined && summary.skipped.count > 0 ? parentPath(only) : null;
  return (
    <Alert color="orange" role="alert" icon={<IconFolderQuestion aria-hidden />} title={t('load.nothing.title')}>
      <Stack gap="sm" align="flex-start">
        {summary.skipped.count === 0 ? <Text>{t('load.nothing.empty')}</Text> : <Hints include={include} />}
        <Group gap="xs">
          {parent === null ? null : (
            <Button
              size="compact-sm"
              variant="light"
              color="orange"
              leftSection={<IconArrowUp size={16} aria-hidden />}
              onClick={() => setPaths([parent])}
            >
              {t('load.nothing.above', { folder: short(parent) })}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => goTo('mapping')}>
            {t('load.nothing.mapping')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Hints({ include }: { readonly include: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      <Text>{t('load.nothing.reasons')}</Text>
      <List fz="sm" spacing={4}>
        {include === null ? null : (
          <List.Item className="wrap-anywhere">{t('load.nothing.include', { include })}</List.Item>
        )}
        <List.Item>{t('load.nothing.level')}</List.Item>
        <List.Item>{t('load.nothing.files')}</List.Item>
      </List>
    </>
  );
}
