import { Badge, Button, Group, type InputWrapperProps, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { confidenceWord, evidenceFacts } from './confidence.ts';
import classes from './guess-note.module.css';
import { type DialectKey, type DialectValue, saidValue } from './said.ts';
import type { Saying } from './saying.ts';
import { useSignName } from './sign-name.ts';

/** What is guessed stands below its field. */
export const ORDER: NonNullable<InputWrapperProps['inputWrapperOrder']> = ['label', 'input', 'description', 'error'];

const COLORS = { sure: 'teal', likely: 'blue', unsure: 'orange' } as const;

interface GuessNoteProps<Key extends DialectKey> extends Saying {
  readonly of: Key;
  /** What the field is called. */
  readonly label: string;
  /** As people read it. */
  readonly show: (value: DialectValue<Key>) => string;
}

/** How sure a guess is and why; where something else is said, what the guess was and the way back to it. */
export function GuessNote<Key extends DialectKey>({ of, label, show, said, guess, read, tell }: GuessNoteProps<Key>) {
  const { t } = useTranslation();
  const signName = useSignName();
  const own = saidValue(said, of);
  const guessed = guess?.[of];
  const isOther = own !== undefined && guessed !== undefined && !isSame(own, guessed.value);
  // What is not said may be guessed otherwise because of what is.
  const told = own === undefined ? read?.[of] : guessed;
  if (told === undefined) return null;
  const word = confidenceWord(told.confidence);
  return (
    <span className={classes.note}>
      {isOther ? (
        <Text component="span" fz="xs" className="wrap-anywhere">
          {t('load.dialect.guessWas', { value: show(guessed.value as DialectValue<Key>) })}
        </Text>
      ) : null}
      <Group component="span" gap={6} wrap="nowrap" align="flex-start">
        <Badge component="span" size="sm" variant="dot" color={COLORS[word]} className={classes.word}>
          {t(`load.dialect.word.${word}`)}
        </Badge>
        <Text component="span" fz="xs" c="dimmed" className="wrap-anywhere">
          {t(`load.dialect.evidence.${told.evidence.code}`, evidenceFacts(told.evidence, signName))}
        </Text>
      </Group>
      {isOther ? (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('load.dialect.backOf', { label })}
          onClick={() => tell(of, undefined)}
        >
          {t('load.dialect.back')}
        </Button>
      ) : null}
    </span>
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
