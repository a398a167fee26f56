import { Switch, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type UIEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '#contract/api/job-views';
import type { LogTail } from '../model/watched-job.ts';
import classes from './log-card.module.css';
import { Section } from './section.tsx';

/** Nearer to the end than this still counts as being there. */
const END_PX = 24;

/** The last lines of the job's log. It keeps to the end until the reader scrolls up. */
export const LogCard = memo(function LogCard({ log }: { readonly log: LogTail }) {
  const { t } = useTranslation();
  const { lines, dropped } = log;
  const scroller = useRef<HTMLElement>(null);
  const [follows, setFollows] = useState(true);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 22,
    getItemKey: (index) => dropped + index,
    overscan: 12,
  });
  const newest = dropped + lines.length;
  useEffect(() => {
    if (follows && newest > 0) virtualizer.scrollToEnd();
  }, [follows, newest, virtualizer]);
  const lastTop = useRef(0);
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent) => {
    // Lines that come in make the end go further away: only going up is the reader's doing.
    if (scrollHeight - scrollTop - clientHeight < END_PX) setFollows(true);
    else if (scrollTop < lastTop.current) setFollows(false);
    lastTop.current = scrollTop;
  };
  return (
    <Section
      title={t('job.log.title')}
      actions={
        <Switch
          size="sm"
          label={t(follows ? 'job.log.follow' : 'job.log.paused')}
          checked={follows}
          onChange={(event) => setFollows(event.currentTarget.checked)}
        />
      }
    >
      {lines.length === 0 ? <Text c="dimmed">{t('job.log.empty')}</Text> : null}
      <section
        ref={scroller}
        className={classes.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus the keyboard could not scroll it.
        tabIndex={0}
        aria-label={t('job.log.list')}
        onScroll={onScroll}
      >
        <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={classes.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line line={lines[index]} />
            </div>
          ))}
        </div>
      </section>
    </Section>
  );
});

const Line = memo(function Line({ line }: { readonly line: LogLine | undefined }) {
  const { t, i18n } = useTranslation();
  if (line === undefined) return null;
  return (
    <>
      <time dateTime={line.at}>{clockOf(line.at, i18n.language)}</time>{' '}
      <b className={classes.level} data-level={line.level}>
        {t(`job.log.level.${line.level}`)}
      </b>{' '}
      <span lang="en">
        {line.message} <span className={classes.facts}>{line.facts}</span>
      </span>
    </>
  );
});

function clockOf(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(iso));
}
