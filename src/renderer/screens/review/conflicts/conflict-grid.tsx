import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict, ConflictPage } from '#contract/api/reviews';
import { Gap } from '#renderer/components/long-list/gap.tsx';
import classes from '../review.module.css';
import type { Reviewing } from '../use-reviewing.ts';
import { ConflictRow } from './conflict-row.tsx';
import type { Decide } from './use-decide.ts';
import type { RowFocus } from './use-row-focus.ts';

interface ConflictGridProps {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly columns: ConflictPage['columns'];
  /** What the keys do, by its id. */
  readonly hint: string;
  readonly count: number;
  /** The conflict of a row; undefined: on its way. */
  readonly at: (index: number) => Conflict | undefined;
  readonly isOld: boolean;
  readonly focus: RowFocus;
  readonly decide: Decide;
  readonly onOpen: (index: number) => void;
}

/** The rows in sight; and the one with the focus, wherever it is. */
export function ConflictGrid(props: ConflictGridProps) {
  const { reviewing, table, columns, hint, count, at, isOld, focus, decide, onOpen } = props;
  const { t } = useTranslation();
  const { virtualizer } = focus;
  const items = virtualizer.getVirtualItems();
  return (
    <div ref={focus.scroller} className={classes.scroller} data-outdated={isOld || undefined}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are gone through and decided upon by keys.
        role="grid"
        className={classes.grid}
        aria-label={t('review.grid.label', { table })}
        aria-describedby={hint}
        aria-rowcount={count + 1}
        aria-busy={isOld}
        onKeyDown={focus.onKeyDown}
      >
        <Head />
        {items.map(({ index, key, start }, place) => (
          <Fragment key={key}>
            <Gap height={start - (items[place - 1]?.end ?? 0)} />
            <tbody ref={virtualizer.measureElement} data-index={index}>
              <ConflictRow
                index={index}
                columns={columns}
                conflict={at(index)}
                reviewing={reviewing}
                table={table}
                decide={decide}
                isActive={index === focus.active}
                onFocus={focus.setActive}
                onOpen={onOpen}
              />
            </tbody>
          </Fragment>
        ))}
        <Gap height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
      </table>
    </div>
  );
}

function Head() {
  const { t } = useTranslation();
  return (
    <thead className={classes.head}>
      <tr>
        <th className={classes.keyHead}>{t('review.grid.key')}</th>
        <th>{t('review.grid.changes')}</th>
        <th className={classes.outcomeHead}>{t('review.grid.outcome')}</th>
        <th className={classes.decideHead}>{t('review.grid.decide')}</th>
      </tr>
    </thead>
  );
}

/** Stands for the rows out of sight. */
