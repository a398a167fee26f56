import { NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { GuessNote, ORDER } from './guess-note.tsx';
import { saidValue } from './said.ts';
import type { Saying } from './saying.ts';
import { useTyped } from './use-typed.ts';

const MOST_LINES = 100_000;

export function SkipField(saying: Saying) {
  const { t } = useTranslation();
  const label = t('load.dialect.skipLines');
  const now = saidValue(saying.said, 'skipLines') ?? saying.read?.skipLines.value ?? 0;
  const [typed, type] = useTyped<number | string>(now, (value) => {
    if (typeof value === 'number') saying.tell('skipLines', value);
  });
  return (
    <NumberInput
      label={label}
      value={typed}
      min={0}
      max={MOST_LINES}
      allowDecimal={false}
      clampBehavior="strict"
      onChange={type}
      description={<GuessNote {...saying} of="skipLines" label={label} show={String} />}
      inputWrapperOrder={ORDER}
    />
  );
}

export function CommentField(saying: Saying) {
  const { t } = useTranslation();
  const label = t('load.dialect.comment');
  const own = saidValue(saying.said, 'comment');
  const now = (own === undefined ? saying.read?.comment.value : own) ?? '';
  const [typed, type] = useTyped(now, (text) => saying.tell('comment', text === '' ? null : text));
  return (
    <TextInput
      label={label}
      placeholder={t('load.dialect.noComments')}
      value={typed}
      spellCheck={false}
      onChange={(event) => type(event.currentTarget.value)}
      description={
        <GuessNote {...saying} of="comment" label={label} show={(text) => text ?? t('load.dialect.noComments')} />
      }
      inputWrapperOrder={ORDER}
    />
  );
}

/** The empty field stands for no value too, and is not asked about. */
export function NullsField(saying: Saying) {
  const { t } = useTranslation();
  const label = t('load.dialect.nullValues');
  const now = saidValue(saying.said, 'nullValues') ?? saying.read?.nullValues.value ?? [];
  const tokens = now.filter((token) => token !== '');
  const empty = now.length > tokens.length || saying.read === undefined ? [''] : [];
  const show = (all: readonly string[]) => all.filter(Boolean).join(', ') || t('load.dialect.onlyEmpty');
  return (
    <TagsInput
      label={label}
      placeholder={tokens.length === 0 ? t('load.dialect.onlyEmpty') : ''}
      value={[...tokens]}
      onChange={(list) => saying.tell('nullValues', [...empty, ...list])}
      description={<GuessNote {...saying} of="nullValues" label={label} show={show} />}
      inputWrapperOrder={ORDER}
    />
  );
}
