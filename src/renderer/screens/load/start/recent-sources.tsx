import { Badge, Card, Group, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconFolder, IconFolderOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RecentSource } from '#contract/api/sources';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatMoment } from '#renderer/format/times.ts';
import { host } from '#renderer/host/client.ts';
import { PathText, useShortPath } from '../path-text.tsx';
import { sentUpName } from '../paths.ts';
import { chooseSource } from '../wizard-store.ts';
import classes from './recent-sources.module.css';

const MOST_SHOWN = 6;

/** What was loaded before, to be loaded again. */
export function RecentSources() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(host.sources.recent.queryOptions());
  return (
    <Stack gap="sm" component="section" aria-labelledby="recent-title">
      <Title order={2} fz="h4" id="recent-title">
        {t('load.recent.title')}
      </Title>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Skeleton h={120} /> : null}
      {data?.length === 0 ? <Text c="dimmed">{t('load.recent.empty')}</Text> : null}
      {data === undefined || data.length === 0 ? null : (
        <Card withBorder padding={0} component="ul" className={classes.list}>
          {data.slice(0, MOST_SHOWN).map((source) => (
            <li key={JSON.stringify([source.paths, source.mapping])}>
              <RecentLine source={source} />
            </li>
          ))}
        </Card>
      )}
    </Stack>
  );
}

function RecentLine({ source: { paths, mapping, at, exists } }: { readonly source: RecentSource }) {
  const { t } = useTranslation();
  const short = useShortPath();
  const [first = '', ...more] = paths;
  const Icon = exists ? IconFolder : IconFolderOff;
  return (
    <UnstyledButton
      className={classes.line}
      disabled={!exists}
      title={paths.join('\n')}
      onClick={() => chooseSource(paths, mapping)}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon size={20} stroke={1.6} aria-hidden className={classes.icon} />
        <div className={classes.text}>
          <Group gap="xs" wrap="nowrap">
            <Text truncate fw={500}>
              {short(first)}
              {more.length > 0 ? ` ${t('load.more', { count: more.length })}` : ''}
            </Text>
            {exists ? null : (
              <Badge color="orange" variant="light" className={classes.badge}>
                {t('load.recent.missing')}
              </Badge>
            )}
          </Group>
          {sentUpName(first) === '' ? null : (
            <Text fz="sm" c="dimmed" truncate>
              <PathText path={first} />
            </Text>
          )}
          <Text fz="sm" c="dimmed" className="tabular">
            {formatMoment(at)} · {mapping}
          </Text>
        </div>
      </Group>
    </UnstyledButton>
  );
}
