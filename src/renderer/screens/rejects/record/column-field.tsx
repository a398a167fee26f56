import { ActionIcon, Group, Text, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconCircleCheck, IconEraser, IconRestore } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordColumn } from '#contract/api/reject-corrections';
import { RejectValue } from '#renderer/components/rejects/reject-value.tsx';
import classes from './record.module.css';
import { useTyped } from './use-typed.ts';

/** What was entered: a text, nothing (null), or what the file has after all. */
export type Entered = { readonly value: string | null } | { readonly remove: true };

interface ColumnFieldProps {
  readonly column: RecordColumn;
  readonly editable: boolean;
  /** What is wrong with it. */
  readonly problem: ReactNode;
  readonly isSaving: boolean;
  /** @returns whether it is kept. */
  readonly onEnter: (entered: Entered) => Promise<boolean>;
  /** Takes the focus when the record is to be edited. */
  readonly isFirst: boolean;
  readonly children?: ReactNode;
}

const LONG = 80;

/** One column of a rejected row: what the file has, and what shall stand in its place. */
export function ColumnField({ column, editable, problem, isSaving, onEnter, isFirst, children }: ColumnFieldProps) {
  const { t } = useTranslation();
  const { name, type, isKey, nullable, origin, raw, isCut, correction } = column;
  const draft = useDraft(column, onEnter);
  const isOwn = origin === 'record';
  const hints = [
    type,
    ...(isKey ? [t('rejects.field.key')] : []),
    ...(nullable || isKey ? [] : [t('rejects.field.required')]),
  ];
  const Input = draft.text.includes('\n') || draft.text.length > LONG || isCut ? Textarea : TextInput;
  return (
    <div className={classes.field} data-field>
      <Input
        label={name}
        description={hints.join(' · ')}
        data-first-field={isFirst || undefined}
        value={draft.text}
        placeholder={draft.isNothing ? (isOwn ? t('rejects.noValue') : (column.value ?? '')) : ''}
        readOnly={!editable}
        variant={editable ? 'default' : 'filled'}
        aria-busy={isSaving}
        error={problem}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.commit}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => draft.onKey(event)}
        rightSectionWidth={editable ? 64 : 0}
        rightSection={editable ? <FieldButtons column={column} draft={draft} /> : null}
        {...(Input === Textarea && { autosize: true, maxRows: 8 })}
      />
      {isOwn || correction !== undefined ? null : (
        <Text fz="xs" c="dimmed">
          {t(`rejects.field.origin.${origin}`)}
        </Text>
      )}
      {correction === undefined ? null : <Was raw={raw} isCut={isCut} fits={problem === null} />}
      {correction === undefined && isCut ? (
        <Text fz="xs" c="dimmed">
          {t('rejects.field.cut')}
        </Text>
      ) : null}
      {children}
    </div>
  );
}

interface WasProps {
  readonly raw: string | null;
  readonly isCut: boolean;
  /** Nothing is wrong with what stands there now, as far as one row can tell. */
  readonly fits: boolean;
}

/** What the file has, beside what was written in its place. */
function Was({ raw, isCut, fits }: WasProps) {
  const { t } = useTranslation();
  return (
    <Group gap={6} fz="xs" wrap="nowrap" align="flex-start">
      {fits ? <IconCircleCheck size={16} aria-hidden className={classes.fits} /> : null}
      <Text fz="xs" c="dimmed" className="wrap-anywhere">
        {t('rejects.field.was')} <RejectValue value={isCut ? `${raw}…` : (raw ?? undefined)} />
      </Text>
    </Group>
  );
}

interface Draft {
  readonly text: string;
  /** Nothing stands there, not even an empty text. */
  readonly isNothing: boolean;
  readonly type: (text: string) => void;
  readonly commit: () => void;
  /** Whatever is typed. */
  readonly enter: (entered: Entered) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void;
}

function useDraft({ raw, isCut, correction }: RecordColumn, onEnter: ColumnFieldProps['onEnter']): Draft {
  // Who writes over a value that is shown in part writes all of it.
  const given = isCut ? null : raw;
  const stands = correction === undefined ? given : correction.value;
  const { typed, type, commit } = useTyped(async (text) => {
    if (text === (stands ?? '')) return true;
    if (text === (given ?? '') && !isCut) return await onEnter({ remove: true });
    return await onEnter({ value: text === '' ? null : text });
  });
  const enter = async (entered: Entered) => {
    type(null);
    // What could not be kept is not lost.
    if (!(await onEnter(entered)) && typed !== null) type(typed);
  };
  return {
    text: typed ?? stands ?? '',
    isNothing: typed === null && stands === null && !isCut,
    type,
    commit,
    enter: (entered) => void enter(entered),
    onKey: (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
        event.preventDefault();
        commit();
      }
      // Another Escape leaves the record.
      if (event.key === 'Escape' && typed !== null) {
        event.stopPropagation();
        type(null);
      }
    },
  };
}

interface FieldButtonsProps {
  readonly column: RecordColumn;
  readonly draft: Draft;
}

function FieldButtons({ column: { name, correction }, draft }: FieldButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={2} wrap="nowrap">
      {correction === undefined ? null : (
        <FieldButton label={t('rejects.field.restore', { column: name })} onPress={() => draft.enter({ remove: true })}>
          <IconRestore size={16} aria-hidden />
        </FieldButton>
      )}
      {draft.isNothing ? null : (
        <FieldButton label={t('rejects.field.nothing', { column: name })} onPress={() => draft.enter({ value: null })}>
          <IconEraser size={16} aria-hidden />
        </FieldButton>
      )}
    </Group>
  );
}

function FieldButton({
  label,
  onPress,
  children,
}: {
  readonly label: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={label}
        // The field keeps the focus, and does not keep what is typed in it.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPress}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
