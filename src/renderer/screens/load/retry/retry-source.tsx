import { Card, Group, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { host } from '#renderer/host/client.ts';
import { LongList } from '#renderer/screens/job/parts/long-list.tsx';
import { NextButton } from '../rail/step-buttons.tsx';
import { StepPanel } from '../rail/step-panel.tsx';

/** The files that hold rejected rows; nothing is to be chosen here. */
export function RetrySource({ job }: { readonly job: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    ...host.rejects.groups.queryOptions({ input: { job, request: { by: 'file', filter: {} } } }),
    staleTime: 0,
  });
  const groups = data?.groups ?? [];
  return (
    <StepPanel
      title={t('load.source.title')}
      subtitle={t('load.retry.source', { number: job })}
      footer={<NextButton to="mapping" blocked={null} />}
    >
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <LoadingNote /> : null}
      {groups.length === 0 ? null : (
        <Card withBorder padding="sm">
          <LongList
            label={t('load.retry.files', { count: data?.total ?? 0 })}
            count={groups.length}
            itemHeight={40}
            renderItem={(index) => (
              <Group justify="space-between" gap="sm" wrap="nowrap">
                <Group gap="xs" wrap="nowrap">
                  <IconFile size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
                  <Text fz="sm" className="wrap-anywhere">
                    {groups[index]?.path}
                  </Text>
                </Group>
                <Text fz="sm" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
                  {t('common.rows', { count: groups[index]?.rows ?? 0 })}
                </Text>
              </Group>
            )}
          />
        </Card>
      )}
    </StepPanel>
  );
}
