import { Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nextSort, type RejectSort, SORT_COLUMNS, type SortColumn } from '../reject-view.ts';
import classes from './list.module.css';

const ICONS = { ascending: IconArrowUp, descending: IconArrowDown, none: IconArrowsSort };

interface GridHeadProps {
  readonly sort: RejectSort;
  readonly onSort: (sort: RejectSort) => void;
}

/** The columns' names, which sort by them. */
export function GridHead({ sort, onSort }: GridHeadProps) {
  const { t } = useTranslation();
  return (
    <thead className={classes.head}>
      <tr>
        {SORT_COLUMNS.map((by) => (
          <HeadCell key={by} by={by} sort={sort} onSort={onSort} />
        ))}
        <th className={classes.mark}>
          <VisuallyHidden>{t('rejects.mark.column')}</VisuallyHidden>
        </th>
      </tr>
    </thead>
  );
}

function HeadCell({ by, sort, onSort }: GridHeadProps & { readonly by: SortColumn }) {
  const { t } = useTranslation();
  const order = sort.by === by ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const Icon = ICONS[order];
  const name = t(`rejects.column.${by}`);
  return (
    <th aria-sort={order} className={classes[by]}>
      <UnstyledButton onClick={() => onSort(nextSort(sort, by))} title={t('rejects.sortBy', { column: name })}>
        <Group gap={4} wrap="nowrap">
          <Text fz="sm" fw={600}>
            {name}
          </Text>
          <Icon size={14} aria-hidden opacity={order === 'none' ? 0.45 : 1} />
        </Group>
      </UnstyledButton>
    </th>
  );
}
