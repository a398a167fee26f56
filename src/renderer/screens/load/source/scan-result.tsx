import { Box, SimpleGrid, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '#contract/api/sources';
import { formatBytes, formatNumber } from '#renderer/format/numbers.ts';
import { Figure } from '../figure.tsx';
import { FileList } from './file-list.tsx';
import { SkippedList } from './skipped-list.tsx';

interface ScanResultProps {
  readonly summary: SourceSummary;
  /** Of what was chosen before; the new answer is on its way. */
  readonly isStale: boolean;
}

export function ScanResult({ summary, isStale }: ScanResultProps) {
  const { t } = useTranslation();
  const { files, bytes, skipped } = summary;
  const [tab, setTab] = useState<string | null>(null);
  return (
    <Box opacity={isStale ? 0.5 : 1} aria-busy={isStale}>
      <SimpleGrid cols={3} spacing={{ base: 'xs', sm: 'md' }} mb="md" aria-live="polite">
        <Figure label={t('load.source.found')} value={formatNumber(files)} />
        <Figure label={t('load.source.size')} value={formatBytes(bytes)} />
        <Figure
          label={t('load.source.skipped')}
          value={formatNumber(skipped.count)}
          tone={skipped.count > 0 ? 'warn' : 'plain'}
        />
      </SimpleGrid>
      <Tabs value={tab ?? (files > 0 ? 'files' : 'skipped')} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="files">{t('load.source.tabFiles', { count: files })}</Tabs.Tab>
          <Tabs.Tab value="skipped">{t('load.source.tabSkipped', { count: skipped.count })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files">
          <FileList summary={summary} />
        </Tabs.Panel>
        <Tabs.Panel value="skipped">
          <SkippedList skipped={skipped} />
        </Tabs.Panel>
      </Tabs>
    </Box>
  );
}
