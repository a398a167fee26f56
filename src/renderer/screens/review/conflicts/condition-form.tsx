import { Button, Group, NativeSelect, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONDITION_KINDS, type ConflictCondition } from '#contract/resolutions';
import { MOST_CONDITIONS } from '../model/review-filter.ts';
import type { ReviewTable } from '../model/rules.ts';

const RELATIONS = [...CONDITION_KINDS, 'equals', 'contains'] as const;
const SIDES = ['new', 'old'] as const;
const LONGEST_TEXT = 1_000;

interface ConditionFormProps {
  readonly columns: ReviewTable['columns'];
  /** How many there are already. */
  readonly count: number;
  readonly onAdd: (condition: ConflictCondition) => void;
}

/** Adds a condition by which conflicts are shown, and can be chosen for. */
export function ConditionForm({ columns, count, onAdd }: ConditionFormProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const isFull = count >= MOST_CONDITIONS;
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" withArrow trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilterPlus size={16} aria-hidden />}
          aria-disabled={isFull}
          data-disabled={isFull}
          onClick={() => (isFull ? undefined : setIsOpen(!isOpen))}
        >
          {isFull ? t('review.filter.most', { count: MOST_CONDITIONS }) : t('review.filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={320} maw="calc(100vw - 32px)" aria-label={t('review.filter.addTitle')}>
        <Form
          columns={columns}
          onAdd={(condition) => {
            onAdd(condition);
            setIsOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ columns, onAdd }: Pick<ConditionFormProps, 'columns' | 'onAdd'>) {
  const { t } = useTranslation();
  const names = columns.map(({ name }) => name);
  const [column, setColumn] = useState(columns.find(({ isKey }) => !isKey)?.name ?? names[0] ?? '');
  const [is, setIs] = useState<(typeof RELATIONS)[number]>('newer');
  const [side, setSide] = useState<(typeof SIDES)[number]>('new');
  const [text, setText] = useState('');
  const withText = is === 'equals' || is === 'contains';
  const isWhole = column !== '' && (is !== 'contains' || text !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is in a popover belongs to the form around it, in React's tree.
    event.stopPropagation();
    if (isWhole) onAdd(withText ? { column, is, side, text } : { column, is });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fz="sm">{t('review.filter.addTitle')}</Text>
        <NativeSelect
          data-autofocus
          label={t('review.filter.column')}
          data={names}
          value={column}
          onChange={(event) => setColumn(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('review.filter.relation')}
          data={RELATIONS.map((value) => ({ value, label: t(`review.filter.is.${value}`) }))}
          value={is}
          onChange={({ currentTarget: { value } }) => setIs(RELATIONS.find((one) => one === value) ?? is)}
        />
        {withText ? (
          <Group gap="sm" grow align="flex-start">
            <NativeSelect
              label={t('review.filter.side')}
              data={SIDES.map((value) => ({ value, label: t(`review.filter.sides.${value}`) }))}
              value={side}
              onChange={({ currentTarget: { value } }) => setSide(SIDES.find((one) => one === value) ?? side)}
            />
            <TextInput
              label={t('review.filter.value')}
              value={text}
              maxLength={LONGEST_TEXT}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </Group>
        ) : null}
        <Button type="submit" disabled={!isWhole}>
          {t('review.filter.addIt')}
        </Button>
      </Stack>
    </form>
  );
}
