import { Button, Text } from '@mantine/core';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoadReport } from '#contract/load';
import { LongList } from './long-list.tsx';
import { Section } from './section.tsx';

type Files = Pick<LoadReport['files'], 'skipped' | 'skippedCount'>;

/** What the include rules left out. */
export const SkippedFiles = memo(function SkippedFiles({ skipped, skippedCount }: Files) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const cut = skippedCount > skipped.length ? ` ${t('job.skippedFiles.shownFirst', { count: skipped.length })}` : '';
  return (
    <Section
      title={t('job.skippedFiles.title', { count: skippedCount })}
      hint={`${t('job.skippedFiles.hint')}${cut}`}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={shown}
          aria-controls="skipped-files"
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'job.skippedFiles.hide' : 'job.skippedFiles.show')}
        </Button>
      }
    >
      <div id="skipped-files" hidden={!shown}>
        {shown ? (
          <LongList
            label={t('job.skippedFiles.title', { count: skippedCount })}
            count={skipped.length}
            itemHeight={60}
            renderItem={(index) => <Skipped file={skipped[index]} />}
          />
        ) : null}
      </div>
    </Section>
  );
});

function Skipped({ file }: { readonly file: Files['skipped'][number] | undefined }) {
  return (
    <>
      <Text fz="sm" className="wrap-anywhere">
        {file?.path}
      </Text>
      <Text fz="sm" c="dimmed" lang="en">
        {file?.reason}
      </Text>
    </>
  );
}
