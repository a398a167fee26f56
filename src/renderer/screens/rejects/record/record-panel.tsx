import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '#contract/api/reject-corrections';
import type { Mapping } from '#contract/mapping';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import type { Steps } from '../list/use-steps.ts';
import type { Chosen } from '../reject-view.ts';
import type { RejectView } from '../use-reject-view.ts';
import { Excerpt } from './excerpt.tsx';
import { Objections } from './objections.tsx';
import classes from './record.module.css';
import { OtherFields, WrongFields } from './record-fields.tsx';
import { RecordHead } from './record-head.tsx';
import { SourceNote } from './source-note.tsx';
import { UnreadableField } from './unreadable-field.tsx';
import { useRecord } from './use-record.ts';

interface RecordPanelProps {
  readonly job: number;
  readonly view: RejectView;
  readonly chosen: Chosen;
  readonly matching: number;
  readonly mapping: Mapping | null;
  readonly steps: Steps;
  readonly editable: boolean;
  readonly panelRef: Ref<HTMLElement>;
  /** Back to the list. */
  readonly onLeave: () => void;
}

/** The chosen reject: what is wrong, where it comes from, and what shall stand in its place. */
export function RecordPanel(props: RecordPanelProps) {
  const { job, view, chosen, matching, steps, panelRef, onLeave } = props;
  const { t } = useTranslation();
  const { data, error, refetch, isOther, isPending } = useRecord(job, chosen);
  const record = isOther ? undefined : data;
  const ref = useRefocus(`${chosen.file}.${chosen.sequence}`, record !== undefined);
  const close = () => {
    onLeave();
    view.choose(null);
  };
  return (
    <Paper
      ref={panelRef}
      component="section"
      withBorder
      p="md"
      className={classes.panel}
      aria-label={t('rejects.record.label')}
      aria-busy={isOther || isPending}
      onKeyDown={(event: KeyboardEvent) => onKey(event, { steps, onLeave })}
    >
      <Stack gap="md" ref={ref}>
        <RecordHead record={record} at={chosen.at} matching={matching} steps={steps} onClose={close} />
        {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} actions={null} />}
        {record === undefined && error === null ? <Skeleton h={320} /> : null}
        {record === undefined ? null : (
          <RecordBody key={`${record.file}.${record.sequence}`} {...props} record={record} />
        )}
      </Stack>
    </Paper>
  );
}

function RecordBody({ job, view, mapping, editable, record }: RecordPanelProps & { readonly record: RecordView }) {
  const { t } = useTranslation();
  const valuesId = useId();
  const isOpen = record.rejects.some(({ state }) => state === 'open');
  // Until it can be read it has no values to be corrected one by one.
  const hasValues = record.columns.length > 0 && !record.rejects.some(({ code }) => code === 'BROKEN_RECORD');
  const fields = { job, record, editable: editable && isOpen };
  return (
    <div className={classes.body}>
      <Stack gap="md">
        <Objections record={record} mapping={mapping} />
        <SourceNote source={record.source} hasExcerpt={record.excerpt !== null} />
        {record.excerpt === null ? null : (
          <Excerpt
            excerpt={record.excerpt}
            path={record.path}
            sought={record.rejects
              .filter(({ column }) => column !== undefined)
              .map(({ value = null, field }) => ({ value, field }))}
          />
        )}
      </Stack>
      <Stack gap="md">
        {record.unreadable === undefined ? null : (
          <UnreadableField {...fields} unreadable={record.unreadable} mapping={mapping} />
        )}
        {hasValues ? (
          <section aria-labelledby={valuesId}>
            <Title order={3} fz="sm" mb="md" id={valuesId}>
              {t('rejects.record.values')}
            </Title>
            <WrongFields {...fields} mapping={mapping} filter={view.filter} />
            {fields.editable ? (
              <Text fz="xs" c="dimmed" mt="md">
                {t('rejects.field.savedAtOnce')}
              </Text>
            ) : null}
          </section>
        ) : null}
      </Stack>
      {hasValues ? (
        <div className={classes.whole}>
          <OtherFields {...fields} mapping={mapping} filter={view.filter} />
        </div>
      ) : null}
    </div>
  );
}

interface Keys {
  readonly steps: Steps;
  readonly onLeave: () => void;
}

/** Alt with an arrow goes on without leaving the fields; Escape goes back to the list. */
function onKey(event: KeyboardEvent, { steps, onLeave }: Keys): void {
  if (event.key === 'Escape') {
    event.stopPropagation();
    leaveField();
    onLeave();
  } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    leaveField();
    steps.by(event.key === 'ArrowDown' ? 1 : -1);
  }
}

/** So that what is typed in it is kept. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Who went on from one record's fields finds the focus in the next one's. */
function useRefocus(key: string, isThere: boolean): Ref<HTMLDivElement> {
  const ref = useRef<HTMLDivElement>(null);
  const shown = useRef(key);
  useEffect(() => {
    if (!isThere || shown.current === key) return;
    shown.current = key;
    if (document.activeElement === document.body) focusFirstField(ref.current);
  }, [key, isThere]);
  return ref;
}

/** @returns whether there is one. */
export function focusFirstField(panel: HTMLElement | null): boolean {
  const field = panel?.querySelector<HTMLElement>('[data-first-field]');
  field?.focus();
  return field !== null && field !== undefined;
}
