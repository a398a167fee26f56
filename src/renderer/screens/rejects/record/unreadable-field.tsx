import { Button, Code, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '#contract/api/reject-corrections';
import type { Mapping } from '#contract/mapping';
import type { RejectEntry } from '#contract/rejects';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';
import classes from './record.module.css';
import { useEnter } from './use-enter.tsx';
import { useTyped } from './use-typed.ts';

interface UnreadableFieldProps {
  readonly job: number;
  readonly record: RecordView;
  readonly editable: boolean;
  readonly unreadable: NonNullable<RecordView['unreadable']>;
  readonly mapping: Mapping | null;
}

/** The whole text of a record that cannot be read, to be written anew. */
export function UnreadableField({ job, record, editable, unreadable, mapping }: UnreadableFieldProps) {
  const { t } = useTranslation();
  const { enter, isSaving } = useEnter(job, record);
  const { text, isCut, correction } = unreadable;
  const wrong = objectionsTo(record);
  const stands = correction?.value ?? text;
  const { typed, type, commit } = useTyped(async (written) => {
    if (written === stands || written === '') return true;
    return await enter(null, written === text ? { remove: true } : { value: written });
  });
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
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === null) return;
          event.stopPropagation();
          type(null);
        }}
      />
      {correction === undefined ? null : (
        <Stack gap={4} mt={4} align="flex-start">
          <Text fz="sm">
            {t(wrong.length === 0 ? 'rejects.unreadable.corrected' : 'rejects.unreadable.stillWrong')}
          </Text>
          {wrong.map((entry) => (
            <div key={entry.column}>
              <Code>{entry.column}</Code> <RejectWords entry={entry} mapping={mapping} span />
            </div>
          ))}
          {editable ? (
            <Button size="compact-xs" variant="default" onClick={() => void enter(null, { remove: true })}>
              {t('rejects.unreadable.restore')}
            </Button>
          ) : null}
        </Stack>
      )}
    </div>
  );
}

/** What is wrong with the values of the record as it was written anew. */
function objectionsTo({ path, line, table, columns }: RecordView): readonly RejectEntry[] {
  return columns.flatMap(({ name, raw, objection }) =>
    objection === undefined
      ? []
      : [{ ...objection, path, line, table, column: name, ...(raw !== null && { value: raw }) }],
  );
}
