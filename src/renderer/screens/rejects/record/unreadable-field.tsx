import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '#contract/api/reject-corrections';
import classes from './record.module.css';
import { useEnter } from './use-enter.ts';

interface UnreadableFieldProps {
  readonly job: number;
  readonly record: RecordView;
  readonly editable: boolean;
  readonly unreadable: NonNullable<RecordView['unreadable']>;
}

/** The whole text of a record that cannot be read, to be written anew. */
export function UnreadableField({ job, record, editable, unreadable }: UnreadableFieldProps) {
  const { t } = useTranslation();
  const { enter, isSaving } = useEnter(job, record);
  const { text, isCut, correction } = unreadable;
  const stands = correction?.value ?? text;
  const [typed, setTyped] = useState<string | null>(null);
  const commit = async () => {
    setTyped(null);
    if (typed === null || typed === stands || typed === '') return;
    const isKept = await enter(null, typed === text ? { remove: true } : { value: typed });
    if (!isKept) setTyped(typed);
  };
  return (
    <div className={classes.unreadable}>
      <Textarea
        label={t('rejects.unreadable.label')}
        description={t(isCut ? 'rejects.unreadable.cut' : 'rejects.unreadable.hint')}
        data-first-field
        value={typed ?? stands}
        readOnly={!editable || isCut}
        variant={editable && !isCut ? 'default' : 'filled'}
        aria-busy={isSaving}
        autosize
        maxRows={12}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === null) return;
          event.stopPropagation();
          setTyped(null);
        }}
      />
      {correction === undefined ? null : (
        <Group gap="xs" mt={4}>
          <Text fz="xs" c="dimmed">
            {t('rejects.unreadable.corrected')}
          </Text>
          {editable ? (
            <Button size="compact-xs" variant="default" onClick={() => void enter(null, { remove: true })}>
              {t('rejects.unreadable.restore')}
            </Button>
          ) : null}
        </Group>
      )}
    </div>
  );
}
