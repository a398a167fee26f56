import { ActionIcon, Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictChoice } from '#contract/resolutions';
import { formatNumber } from '#renderer/format/numbers.ts';
import { choiceWords } from '../model/condition-words.ts';
import { withoutChoice } from '../model/edit-resolutions.ts';
import { policyWords } from '../model/policy-value.ts';
import classes from '../review.module.css';
import type { Reviewing } from '../use-reviewing.ts';

/** More choices than that are made by a file, not by hand. */
const MOST_SHOWN = 200;

/** What was chosen for rows, in order; each can be taken back. */
export function ChoicesPart({ reviewing: { choices, saver } }: { readonly reviewing: Reviewing }) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, { toggle }] = useDisclosure(false);
  const { choices: list = [] } = choices.resolutions;
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Group justify="space-between" gap="xs">
        {list.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {t('review.choices.none')}
          </Text>
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Icon size={16} aria-hidden />}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={toggle}
          >
            {t('review.choices.title', { count: list.length })}
          </Button>
        )}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          disabled={!choices.canUndo}
          onClick={() => saver.undo()}
        >
          {t('review.choices.undo')}
        </Button>
      </Group>
      <Collapse id={id} expanded={isOpen && list.length > 0}>
        {isOpen ? <ChoiceList choices={list} onRemove={(place) => saver.change(withoutChoice(place))} /> : null}
      </Collapse>
    </div>
  );
}

interface ChoiceListProps {
  readonly choices: readonly ConflictChoice[];
  readonly onRemove: (place: number) => void;
}

function ChoiceList({ choices, onRemove }: ChoiceListProps) {
  const { t } = useTranslation();
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
      <ol className={classes.choices} start={first + 1} aria-label={t('review.choices.list')}>
        {choices.slice(first).map((choice, at) => (
          <li key={JSON.stringify([choice.table, choice.which])} value={first + at + 1}>
            <ChoiceItem choice={choice} number={first + at + 1} onRemove={() => onRemove(first + at)} />
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
