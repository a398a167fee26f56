import { Anchor, Code, Group, Text } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UndoConflict } from '#contract/undo';
import { useUndoReason } from './use-undo-reason.ts';

/** One row that an undo leaves: which it is, and why. */
export const LeftRow = memo(function LeftRow({ conflict }: { readonly conflict: UndoConflict }) {
  const { t } = useTranslation();
  const reason = useUndoReason(conflict);
  const { table, key, act, by } = conflict;
  const values = Object.entries(key).map(([column, value]) => `${column} = ${value}`);
  return (
    <li>
      <Group gap="xs">
        <Code>{table}</Code>
        <Text fz="sm" c="dimmed">
          {t(`undo.act.${act}`)}
        </Text>
        <Text fz="sm" fw={600} className="wrap-anywhere">
          {values.join(', ')}
        </Text>
      </Group>
      <Text fz="sm">{reason}</Text>
      {by === undefined ? null : <Writer by={by} />}
    </li>
  );
});

/** Which load it was, and where the row stands in its files. */
function Writer({ by: { loadId, job, path, line } }: { readonly by: NonNullable<UndoConflict['by']> }) {
  const { t } = useTranslation();
  return (
    <Text fz="sm" c="dimmed" className="wrap-anywhere">
      {job === undefined ? (
        t('undo.by.load', { id: loadId })
      ) : (
        <Anchor component={Link} href={`/jobs/${job}`} fz="sm">
          {t('undo.by.job', { job })}
        </Anchor>
      )}
      {path === undefined || line === undefined ? null : `: ${t('undo.by.place', { path, line })}`}
    </Text>
  );
}
