import { ActionIcon, Skeleton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectEntry } from '#contract/rejects';
import { RejectValue } from '#renderer/components/rejects/reject-value.tsx';
import { RejectDetail } from './reject-detail.tsx';
import classes from './rejects.module.css';

interface RejectRowProps {
  readonly index: number;
  /** undefined: on its way. */
  readonly entry: RejectEntry | undefined;
  readonly opened: boolean;
  readonly onToggle: (index: number) => void;
}

/** One objection; opened, with all its facts. */
export const RejectRow = memo(
  function RejectRow({ index, entry, opened, onToggle }: RejectRowProps) {
    if (entry === undefined) return <Waiting />;
    return (
      <>
        <tr aria-rowindex={index + 2} className={classes.row} onClick={() => onToggle(index)}>
          <Cells entry={entry} />
          <ToggleCell opened={opened} onToggle={() => onToggle(index)} />
        </tr>
        {opened ? (
          <tr>
            <td colSpan={6} className={classes.detail}>
              <RejectDetail entry={entry} />
            </td>
          </tr>
        ) : null}
      </>
    );
  },
  (before, after) => before.index === after.index && before.entry === after.entry && before.opened === after.opened,
);

function Cells({ entry }: { readonly entry: RejectEntry }) {
  const { t } = useTranslation();
  const { path, line, table, column, field, code, value } = entry;
  return (
    <>
      <td>
        {path}:{line}
      </td>
      <td>{table}</td>
      <td>
        {column ?? <i className={classes.faint}>{t('rejects.wholeRow')}</i>}
        {field === undefined ? null : <div className={`${classes.faint} ${classes.small}`}>{field}</div>}
      </td>
      <td>{t(`rejects.code.${code}`)}</td>
      <td>
        <div className={classes.clamp}>
          <RejectValue value={value} />
        </div>
      </td>
    </>
  );
}

function ToggleCell({ opened, onToggle }: { readonly opened: boolean; readonly onToggle: () => void }) {
  const { t } = useTranslation();
  const Icon = opened ? IconChevronUp : IconChevronDown;
  return (
    <td className={classes.toggle}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-expanded={opened}
        aria-label={t(opened ? 'rejects.collapse' : 'rejects.expand')}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </td>
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
