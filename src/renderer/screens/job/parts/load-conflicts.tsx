import { Code, Group, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadReport } from '#contract/load';
import { LongList } from './long-list.tsx';
import { Section } from './section.tsx';

type Conflicts = LoadReport['conflicts'];

/** Rows of one load that contradict each other. */
export const LoadConflicts = memo(function LoadConflicts({ insideLoad, sample }: Conflicts) {
  const { t } = useTranslation();
  const cut = insideLoad > sample.length ? ` ${t('job.conflicts.shownFirst', { count: sample.length })}` : '';
  return (
    <Section title={t('job.conflicts.title')} hint={`${t('job.conflicts.hint', { count: insideLoad })}${cut}`}>
      <LongList
        label={t('job.conflicts.title')}
        count={sample.length}
        itemHeight={84}
        renderItem={(index) => <Conflict conflict={sample[index]} />}
      />
    </Section>
  );
});

function Conflict({ conflict }: { readonly conflict: Conflicts['sample'][number] | undefined }) {
  const { t } = useTranslation();
  if (conflict === undefined) return null;
  const { table, key, path, line, earlierPath, earlierLine } = conflict;
  return (
    <>
      <Group gap="xs">
        <Code>{table}</Code>
        <Text fz="sm" className="wrap-anywhere">
          {t('job.conflicts.key')}: {key}
        </Text>
      </Group>
      <Text fz="sm" className="wrap-anywhere">
        {t('job.conflicts.here')}: {t('job.rejects.place', { path, line })}
      </Text>
      <Text fz="sm" c="dimmed" className="wrap-anywhere">
        {t('job.conflicts.earlier')}: {t('job.rejects.place', { path: earlierPath, line: earlierLine })}
      </Text>
    </>
  );
}
