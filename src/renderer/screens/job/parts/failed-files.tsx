import { Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadReport } from '#contract/load';
import { LongList } from './long-list.tsx';
import { Section } from './section.tsx';

type Failures = LoadReport['files']['failures'];

/** The files that were refused whole, each with where and why. */
export const FailedFiles = memo(function FailedFiles({ failures }: { readonly failures: Failures }) {
  const { t } = useTranslation();
  return (
    <Section title={t('job.failures.title')} hint={t('job.failures.hint')}>
      <LongList
        label={t('job.failures.list')}
        count={failures.length}
        itemHeight={76}
        renderItem={(index) => <Failure failure={failures[index]} />}
      />
    </Section>
  );
});

const Failure = memo(function Failure({ failure }: { readonly failure: Failures[number] | undefined }) {
  const { t } = useTranslation();
  if (failure === undefined) return null;
  const { path, line, column, code, message } = failure;
  const place = [path, line, column].filter((part) => part !== undefined).join(':');
  return (
    <>
      <Text fz="sm" fw={600} className="wrap-anywhere">
        {place}
      </Text>
      <Text fz="sm">{t(`errors.title.${code}`)}</Text>
      <Text fz="sm" c="dimmed" className="wrap-anywhere" lang="en">
        {message}
      </Text>
    </>
  );
});
