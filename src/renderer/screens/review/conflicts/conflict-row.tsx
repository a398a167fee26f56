import { Anchor, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conflict, ConflictPage } from '#contract/api/reviews';
import { isSelecting } from '#renderer/components/is-selecting.ts';
import { keyWords } from '../model/condition-words.ts';
import { keyOf } from '../model/conflict-key.ts';
import classes from '../review.module.css';
import type { Reviewing } from '../use-reviewing.ts';
import { DecideButtons } from './decide-buttons.tsx';
import { OutcomeCell } from './outcome-cell.tsx';
import type { Decide } from './use-decide.ts';
import { ValueChange } from './value-change.tsx';

interface ConflictRowProps {
  readonly index: number;
  readonly columns: ConflictPage['columns'];
  /** undefined: on its way. */
  readonly conflict: Conflict | undefined;
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly decide: Decide;
  /** Keys are for this row. */
  readonly isActive: boolean;
  readonly onFocus: (index: number) => void;
  readonly onOpen: (index: number) => void;
}

/** One conflict: its key, what differs, what becomes of it, and what it could become. */
export function ConflictRow(props: ConflictRowProps) {
  const { index, columns, conflict, reviewing, table, decide, isActive, onFocus, onOpen } = props;
  const { t } = useTranslation();
  const key = conflict === undefined ? '' : keyWords(keyOf(columns, conflict));
  return (
    <tr
      data-row={index}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      className={classes.row}
      onFocus={() => onFocus(index)}
      onClick={() => (isSelecting() ? undefined : onOpen(index))}
    >
      {conflict === undefined ? (
        <td colSpan={4}>
          <Skeleton height={14} my={16} aria-label={t('review.grid.loading')} />
        </td>
      ) : (
        <>
          <td>
            <Anchor
              component="button"
              type="button"
              fz="sm"
              fw={600}
              ta="left"
              className="wrap-anywhere"
              tabIndex={isActive ? 0 : -1}
              aria-label={t('review.grid.open', { key })}
              onClick={(event) => {
                event.stopPropagation();
                onOpen(index);
              }}
            >
              {key}
            </Anchor>
          </td>
          <td>
            <Changes columns={columns} conflict={conflict} />
          </td>
          <td>
            <OutcomeCell reviewing={reviewing} table={table} conflict={conflict} />
          </td>
          <td>
            <DecideButtons
              chosen={decide.chosenFor(conflict)}
              onChoose={(use) => decide.decide(conflict, use)}
              isReached={isActive}
            />
          </td>
        </>
      )}
    </tr>
  );
}

/** More columns than that are seen when it is opened. */
const SHOWN = 4;

function Changes({ columns, conflict }: { readonly columns: ConflictPage['columns']; readonly conflict: Conflict }) {
  const { t } = useTranslation();
  const changed = columns.flatMap(({ name }, at) => {
    const value = conflict.values[at];
    return value?.differs ? [{ name, value }] : [];
  });
  const more = changed.length - SHOWN;
  return (
    <>
      {changed.slice(0, SHOWN).map(({ name, value }) => (
        <ValueChange key={name} column={name} value={value} />
      ))}
      {more > 0 ? (
        <Text fz="xs" c="dimmed">
          {t('review.grid.more', { count: more })}
        </Text>
      ) : null}
    </>
  );
}
