import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '#contract/api/sources';
import { formatBytes } from '#renderer/format/numbers.ts';
import classes from './file-list.module.css';

const ROW_PX = 32;

/** The first files, in the order of loading. */
export function FileList({ summary: { sample, files } }: { readonly summary: SourceSummary }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: sample.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  });
  if (sample.length === 0) return <Text c="dimmed">{t('load.source.noFiles')}</Text>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={box} className={classes.box} tabIndex={0} aria-label={t('load.source.fileList')}>
        <ul className={classes.list} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const file = sample[index];
            if (file === undefined) return null;
            return (
              <li key={file.path} className={classes.row} style={{ transform: `translateY(${start}px)` }}>
                <Text fz="sm" truncate title={file.path} flex={1}>
                  {file.path}
                </Text>
                <Text fz="sm" c="dimmed" className="numeric">
                  {formatBytes(file.bytes)}
                </Text>
              </li>
            );
          })}
        </ul>
      </section>
      {files > sample.length ? (
        <Text fz="sm" c="dimmed" mt="xs">
          {t('load.source.moreFiles', { count: files - sample.length })}
        </Text>
      ) : null}
    </>
  );
}
