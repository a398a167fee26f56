import { Badge, Box, Group, Loader, Paper, SimpleGrid, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { formatNumber } from '#renderer/format/numbers.ts';
import { DdlView } from '#renderer/screens/load/review/ddl-view.tsx';
import { FailureList } from '#renderer/screens/load/review/failure-list.tsx';
import { PreviewRows } from '#renderer/screens/load/review/preview-rows.tsx';
import { RejectList } from '#renderer/screens/load/review/reject-list.tsx';
import { useSamples } from '../use-samples.ts';
import { EntityDiagram } from './entity-diagram.tsx';

interface LivePreviewProps {
  readonly mapping: Mapping;
  /** The table that is worked on: its rows are shown. */
  readonly table: string;
}

/** What the mapping makes of a few files, and the tables it means. */
export function LivePreview({ mapping, table }: LivePreviewProps) {
  const { t } = useTranslation();
  const { data, error, isFetching, isPlaceholderData, isUsable, isWhole } = useSamples();
  const [tab, setTab] = useState<string | null>('rows');
  const report = data?.report;
  const isStale = isPlaceholderData || !isUsable;
  return (
    <Paper withBorder p={{ base: 'sm', sm: 'md' }} component="section" aria-labelledby="live-title">
      <Group justify="space-between" mb="xs" mih={28}>
        <Title order={3} fz="h5" id="live-title">
          {t('load.live.title')}
        </Title>
        <Group gap="xs" role="status">
          {isFetching ? <Loader size="xs" aria-hidden /> : null}
          <Text fz="sm" c="dimmed">
            {isFetching
              ? t('load.live.running')
              : report === undefined
                ? null
                : t('load.live.files', { count: report.files.found })}
          </Text>
        </Group>
      </Group>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="rows">{t('load.tabs.rows')}</Tabs.Tab>
          <Tabs.Tab value="rejects" rightSection={<Found count={report?.rejects.total ?? 0} />}>
            {t('load.tabs.rejects')}
          </Tabs.Tab>
          <Tabs.Tab value="failures" rightSection={<Found count={report?.files.failed ?? 0} />}>
            {t('load.tabs.failures')}
          </Tabs.Tab>
          <Tabs.Tab value="tables">{t('load.live.tables')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tables">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <EntityDiagram mapping={mapping} />
            {report === undefined ? null : (
              <Box opacity={isStale ? 0.5 : 1} aria-busy={isStale} miw={0}>
                <DdlView ddl={report.ddl} />
              </Box>
            )}
          </SimpleGrid>
        </Tabs.Panel>
        {report === undefined ? (
          tab === 'tables' ? null : (
            <Text c="dimmed">{t(error === null ? 'load.live.nothing' : 'load.live.failed')}</Text>
          )
        ) : (
          <Box opacity={isStale ? 0.5 : 1} aria-busy={isStale}>
            <Tabs.Panel value="rows">
              <PreviewRows key={table} report={report} table={table} />
            </Tabs.Panel>
            <Tabs.Panel value="rejects">
              <RejectList rejects={report.rejects} />
            </Tabs.Panel>
            <Tabs.Panel value="failures">
              <FailureList files={report.files} />
            </Tabs.Panel>
          </Box>
        )}
      </Tabs>
      {isWhole || report === undefined ? null : (
        <Text fz="sm" c="dimmed" mt="sm">
          {t('load.live.noReferences')}
        </Text>
      )}
    </Paper>
  );
}

function Found({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Badge size="sm" variant="light" color="red" className="tabular">
      {formatNumber(count)}
    </Badge>
  );
}
