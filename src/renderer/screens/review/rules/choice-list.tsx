import { ActionIcon, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictChoice } from '#contract/resolutions';
import { formatNumber } from '#renderer/format/numbers.ts';
import { choiceWords } from '../model/condition-words.ts';
import { policyWords } from '../model/policy-value.ts';
import classes from '../review.module.css';

/** More choices than that are made by a file, not by hand. */
const MOST_SHOWN = 200;

interface ChoiceListProps {
  readonly choices: readonly ConflictChoice[];
  readonly onRemove: (choice: ConflictChoice) => void;
}

/** What was chosen for rows, in order; each can be taken back. */
export function ChoiceList({ choices, onRemove }: ChoiceListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const remove = (choice: ConflictChoice) => {
    // The button that was pressed goes with what it took back.
    list.current?.focus();
    onRemove(choice);
  };
  const first = Math.max(0, choices.length - MOST_SHOWN);
  const hints = [
    ...(choices.length > 1 ? [t('review.choices.hint')] : []),
    ...(first > 0 ? [t('review.choices.shownFirst', { count: MOST_SHOWN })] : []),
  ];
  return (
    <>
      {hints.length === 0 ? null : (
        <Text fz="sm" c="dimmed" mt="xs">
          {hints.join(' ')}
        </Text>
      )}
      <ol ref={list} tabIndex={-1} className={classes.choices} start={first + 1} aria-label={t('review.choices.list')}>
        {choices.slice(first).map((choice, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file may say the same twice
          <li key={`${at} ${JSON.stringify([choice.table, choice.which])}`} value={first + at + 1}>
            <ChoiceItem choice={choice} number={first + at + 1} onRemove={() => remove(choice)} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface ChoiceItemProps {
  readonly choice: ConflictChoice;
  readonly number: number;
  readonly onRemove: () => void;
}

function ChoiceItem({ choice, number, onRemove }: ChoiceItemProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text fz="sm" className="wrap-anywhere">
        {choiceWords(choice, t)} → <b>{policyWords(choice.use, t)}</b>
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('review.choices.remove', { number: formatNumber(number) })}
        onClick={onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
