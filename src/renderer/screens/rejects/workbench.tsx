import { Button, Text, Tooltip } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RejectPage } from '#contract/api/reject-pages';
import { EmptyNote } from '#renderer/components/empty-note.tsx';
import { useJobMapping } from '#renderer/components/rejects/use-job-mapping.ts';
import { FilterBar } from './filter-bar.tsx';
import { GroupPane } from './groups/group-pane.tsx';
import { RejectsGrid } from './list/rejects-grid.tsx';
import { useSteps } from './list/use-steps.ts';
import { focusFirstField, RecordPanel } from './record/record-panel.tsx';
import { RetryBar } from './retry/retry-bar.tsx';
import type { RejectView } from './use-reject-view.ts';
import classes from './workbench.module.css';

interface WorkbenchProps {
  readonly job: number;
  readonly view: RejectView;
  readonly refreshMs: number | false;
  readonly page: RejectPage;
  /** It answers the question before this one. */
  readonly outdated: boolean;
  readonly editable: boolean;
}

/** Groups, the list, and the record that is looked at; below them what can be done with all. */
export function Workbench(props: WorkbenchProps) {
  const { job, view, page, refreshMs, editable } = props;
  const mapping = useJobMapping(job);
  if (page.total === 0 && !view.isFiltered) return <Nothing {...props} />;
  return (
    <>
      <div className={classes.panes}>
        <div className={classes.groups}>
          <GroupPane job={job} view={view} refreshMs={refreshMs} />
        </div>
        <Main {...props} mapping={mapping} />
      </div>
      {editable ? <RetryBar job={job} mapping={mapping} /> : null}
    </>
  );
}

interface MainProps extends WorkbenchProps {
  readonly mapping: ReturnType<typeof useJobMapping>;
}

function Main({ job, view, refreshMs, page, outdated, editable, mapping }: MainProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLTableElement>(null);
  const panel = useRef<HTMLElement>(null);
  const { chosen } = view;
  const isPointed = useRef(false);
  const key = chosen?.at ?? null;
  useEffect(() => {
    if (key === null || !isPointed.current) return;
    isPointed.current = false;
    if (isNarrow()) panel.current?.scrollIntoView({ block: 'start' });
  }, [key]);
  const steps = useSteps({ job, view, refreshMs, matching: page.matching });
  const leave = () => {
    grid.current?.focus({ preventScroll: true });
    if (isNarrow()) grid.current?.parentElement?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className={classes.main} data-chosen={chosen !== null || undefined}>
      <div className={classes.whole}>
        <FilterBar view={view} page={page} />
        <Counts page={page} isFiltered={view.isFiltered} running={refreshMs !== false} />
      </div>
      {page.matching === 0 ? (
        <EmptyNote title={t('rejects.noMatch')}>
          <Button variant="default" onClick={view.clear}>
            {t('rejects.filter.clear')}
          </Button>
        </EmptyNote>
      ) : (
        <RejectsGrid
          key={JSON.stringify([view.filter, view.sort])}
          job={job}
          view={view}
          refreshMs={refreshMs}
          page={page}
          outdated={outdated}
          steps={steps}
          gridRef={grid}
          onEdit={() => focusFirstField(panel.current)}
          onPoint={() => {
            isPointed.current = true;
          }}
        />
      )}
      {chosen === null ? null : (
        <RecordPanel
          job={job}
          view={view}
          chosen={chosen}
          matching={page.matching}
          mapping={mapping}
          steps={steps}
          editable={editable}
          panelRef={panel}
          onLeave={leave}
        />
      )}
    </div>
  );
}

/** The record stands far below the list. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 62em)').matches;
}

/** Nothing was rejected, or nothing of it is left. */
function Nothing({ job, view, page, refreshMs }: WorkbenchProps) {
  const { t } = useTranslation();
  if (page.fixed > 0) {
    return (
      <EmptyNote title={t('rejects.allFixed')} icon={<IconCircleCheck size={40} aria-hidden />}>
        <Text c="dimmed">{t('rejects.allFixedHint')}</Text>
        <Button variant="default" onClick={() => view.show('fixed')}>
          {t('rejects.showFixed')}
        </Button>
        <Button component={Link} href={`/jobs/${job}`} variant="subtle">
          {t('rejects.back', { number: job })}
        </Button>
      </EmptyNote>
    );
  }
  return (
    <EmptyNote title={t('rejects.none')}>
      <Text c="dimmed">{t(refreshMs === false ? 'rejects.noneHint' : 'rejects.runningHint')}</Text>
    </EmptyNote>
  );
}

interface CountsProps {
  readonly page: RejectPage;
  readonly isFiltered: boolean;
  readonly running: boolean;
}

function Counts({ page: { matching, total }, isFiltered, running }: CountsProps) {
  const { t } = useTranslation();
  const counts = isFiltered ? t('rejects.counts', { matching, total }) : t('rejects.countsAll', { count: total });
  return (
    <Tooltip label={t('rejects.countsHint')} multiline maw={320}>
      <Text fz="sm" c="dimmed" className="tabular" role="status" w="fit-content" mt="xs">
        {counts}
        {running ? ` · ${t('rejects.runningHint')}` : ''}
      </Text>
    </Tooltip>
  );
}
