import { ActionIcon, Anchor, Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AuditEntry } from '#contract/audit';
import { isSelecting } from '#renderer/components/is-selecting.ts';
import { formatMoment } from '#renderer/format/times.ts';
import classes from './audit.module.css';
import { filesText, outcomeText, subjectText, targetText } from './entry-text.ts';

interface AuditRowProps {
  readonly index: number;
  /** undefined: on its way. */
  readonly entry: AuditEntry | undefined;
  readonly onOpen: (entry: AuditEntry) => void;
}

/** One thing that happened. */
export const AuditRow = memo(function AuditRow({ index, entry, onOpen }: AuditRowProps) {
  if (entry === undefined) return <Waiting />;
  return (
    <tr
      aria-rowindex={index + 2}
      className={classes.row}
      onClick={(event) => {
        // Buttons and links in it do their own work.
        if (event.target instanceof Element && event.target.closest('a, button') !== null) return;
        if (!isSelecting()) onOpen(entry);
      }}
    >
      <Cells entry={entry} />
      <OpenCell entry={entry} onOpen={() => onOpen(entry)} />
    </tr>
  );
});

function Cells({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation();
  const { at, user, host, session, action, job } = entry;
  const more = [subjectText(entry, t), outcomeText(entry, t)].filter((text) => text !== '').join(' · ');
  return (
    <>
      <td className="tabular">{formatMoment(at)}</td>
      <td>
        {user}
        <div className={classes.faint}>{session === null ? host : `${host} · ${session.user}`}</div>
      </td>
      <td>
        <span className={classes.action}>{t(`audit.action.${action}`)}</span>
        {more === '' ? null : <div className={classes.faint}>{more}</div>}
      </td>
      <td>
        {job === null ? null : (
          <Anchor component={Link} href={`/jobs/${job}`} fz="sm">
            #{job}
          </Anchor>
        )}
      </td>
      <td>{filesText(entry, t)}</td>
      <td>{targetText(entry, t)}</td>
    </>
  );
}

function OpenCell({ entry, onOpen }: { readonly entry: AuditEntry; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <td className={classes.toggle}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-haspopup="dialog"
        aria-label={t('audit.open', { id: entry.id })}
        onClick={onOpen}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
    </td>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <tr className={classes.row}>
      <td colSpan={7}>
        <Skeleton height={14} my={14} aria-label={t('audit.loadingRow')} />
      </td>
    </tr>
  );
}
