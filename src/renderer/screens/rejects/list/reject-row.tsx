import { Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectRow as Entry } from '#contract/api/reject-pages';
import { RejectValue } from '#renderer/components/rejects/reject-value.tsx';
import classes from './list.module.css';

interface RejectRowProps {
  readonly index: number;
  /** undefined: on its way. */
  readonly entry: Entry | undefined;
  readonly chosen: boolean;
  readonly onChoose: (index: number) => void;
}

/** One objection. */
export const RejectRow = memo(function RejectRow({ index, entry, chosen, onChoose }: RejectRowProps) {
  if (entry === undefined) return <Waiting />;
  return (
    <tr
      id={rowId(index)}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={classes.row}
      onClick={() => onChoose(index)}
    >
      <Cells entry={entry} />
      <td className={classes.mark}>
        <Mark entry={entry} />
      </td>
    </tr>
  );
});

/** What the grid says which row is the active one by. */
export function rowId(index: number): string {
  return `reject-${index}`;
}

function Cells({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const { path, line, table, column, field, code, value, correction } = entry;
  return (
    <>
      <td>
        {path}:{line}
      </td>
      <td>{table}</td>
      <td>
        {column ?? <i className={classes.faint}>{t('rejects.wholeRow')}</i>}
        {field === undefined || field === column ? null : (
          <div className={`${classes.faint} ${classes.small}`}>{field}</div>
        )}
      </td>
      <td>{t(`rejects.code.${code}`)}</td>
      <td>
        <div className={classes.clamp}>
          <RejectValue value={value} />
        </div>
        {correction === undefined ? null : (
          <div className={classes.clamp}>
            <span aria-hidden>→ </span>
            <VisuallyHidden>{t('rejects.mark.correction')}</VisuallyHidden>
            <RejectValue value={correction.value ?? undefined} />
          </div>
        )}
      </td>
    </>
  );
}

/** What became of the row, or was done about it. */
function Mark({ entry: { state, fixedIn, corrections } }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  if (state === 'fixed') {
    const text = fixedIn === undefined ? t('rejects.mark.fixed') : t('rejects.mark.fixedIn', { number: fixedIn });
    return (
      <Text span title={text} c="var(--mantine-color-teal-text)">
        <IconCircleCheck size={18} aria-hidden />
        <VisuallyHidden>{text}</VisuallyHidden>
      </Text>
    );
  }
  if (corrections === 0) return null;
  return (
    <Text span title={t('rejects.mark.corrected')} c="var(--mantine-primary-color-light-color)">
      <IconPencil size={18} aria-hidden />
      <VisuallyHidden>{t('rejects.mark.corrected')}</VisuallyHidden>
    </Text>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <tr className={classes.row}>
      <td colSpan={6}>
        <Skeleton height={14} my={10} aria-label={t('rejects.loadingRow')} />
      </td>
    </tr>
  );
}
