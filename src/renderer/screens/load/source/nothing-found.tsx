import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconArrowUp, IconFilePlus, IconFolderQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '#contract/api/sources';
import { includeToo } from '../mapping/mapping-edits.ts';
import { useShortPath } from '../path-text.tsx';
import { parentPath } from '../paths.ts';
import { goTo, setEdits, setPaths, useWizard } from '../wizard-store.ts';
import { includeAnyway, onlyOutside } from './include-anyway.ts';

/** Says why no file would be loaded, and what to do about it. */
export function NothingFound({ summary }: { readonly summary: SourceSummary }) {
  const { t } = useTranslation();
  const short = useShortPath();
  const { paths, chosen, edits } = useWizard();
  const anyway = chosen === null ? [] : includeAnyway(summary, chosen.original);
  const source = chosen?.original.source;
  const include = source?.include?.join(', ') ?? null;
  // Where no file is of the right kind, no other place in the folders helps.
  const isOtherKind = include !== null && anyway.length === 0 && onlyOutside(summary);
  const [only] = paths;
  const parent =
    paths.length === 1 && only !== undefined && summary.skipped.count > 0 && !isOtherKind ? parentPath(only) : null;
  return (
    <Alert color="orange" role="alert" icon={<IconFolderQuestion aria-hidden />} title={t('load.nothing.title')}>
      <Stack gap="sm" align="flex-start">
        {summary.skipped.count === 0 ? (
          <Text>{t('load.nothing.empty')}</Text>
        ) : isOtherKind ? (
          <Text>{t('load.nothing.otherKind', { format: source?.format.toUpperCase() })}</Text>
        ) : (
          <Hints include={include} />
        )}
        <Group gap="xs">
          {anyway.length === 0 ? null : (
            <Button
              size="compact-sm"
              variant="filled"
              leftSection={<IconFilePlus size={16} aria-hidden />}
              onClick={() => setEdits(includeToo(edits, anyway))}
            >
              {t('load.nothing.anyway', { include: anyway.join(', ') })}
            </Button>
          )}
          {parent === null ? null : (
            <Button
              size="compact-sm"
              variant="default"
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
