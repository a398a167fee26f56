import { Button, Group, Pill, Select } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableReview } from '#contract/review';
import { SearchField } from '#renderer/components/search-field.tsx';
import { conditionWords } from '../model/condition-words.ts';
import { OUTCOMES } from '../model/review-filter.ts';
import type { ReviewTable } from '../model/rules.ts';
import classes from '../review.module.css';
import type { ReviewPlace } from '../use-review-place.ts';
import { ColumnChips } from './column-chips.tsx';
import { ConditionForm } from './condition-form.tsx';

interface FilterBarProps {
  readonly table: ReviewTable | undefined;
  readonly counts: TableReview;
  readonly place: ReviewPlace;
}

const ANY = 'any';

/** What the conflicts can be narrowed to. */
export function FilterBar({ table, counts, place }: FilterBarProps) {
  const { t } = useTranslation();
  const { filter, narrow } = place;
  const bar = useRef<HTMLElement>(null);
  /** The button that is pressed goes with what it takes away. */
  const take = (away: () => void) => {
    bar.current?.focus();
    away();
  };
  const where = filter.where ?? [];
  return (
    <search ref={bar} tabIndex={-1} aria-label={t('review.filter.label')} className={classes.filter}>
      <ColumnChips
        counts={counts.columns}
        chosen={filter.changed ?? null}
        onChoose={(changed) => narrow({ changed })}
      />
      <Group gap="sm">
        <div className={classes.search}>
          <SearchField label={t('review.filter.text')} value={place.text} onChange={(text) => narrow({ text })} />
        </div>
        <Select
          w={190}
          aria-label={t('review.filter.outcome')}
          data={[
            { value: ANY, label: t('review.filter.anyOutcome') },
            ...OUTCOMES.map((value) => ({ value, label: t(`review.outcome.${value}`) })),
          ]}
          value={filter.outcome ?? ANY}
          onChange={(value) => narrow({ outcome: OUTCOMES.find((outcome) => outcome === value) ?? null })}
          allowDeselect={false}
        />
        <ConditionForm
          columns={table?.columns ?? []}
          count={where.length}
          onAdd={(condition) => narrow({ where: [...where, condition] })}
        />
        {place.isFiltered ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconFilterOff size={16} aria-hidden />}
            onClick={() => take(place.clear)}
          >
            {t('review.filter.clear')}
          </Button>
        ) : null}
      </Group>
      {where.length === 0 ? null : (
        <Pill.Group>
          {where.map((condition, at) => {
            const words = conditionWords(condition, t);
            return (
              <Pill
                // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
                key={`${at} ${words}`}
                size="md"
                withRemoveButton
                removeButtonProps={{
                  'aria-label': t('review.filter.remove', { condition: words }),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
                onRemove={() => take(() => narrow({ where: where.filter((_, other) => other !== at) }))}
              >
                {words}
              </Pill>
            );
          })}
        </Pill.Group>
      )}
    </search>
  );
}
