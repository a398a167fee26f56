import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conflict, ConflictPage } from '#contract/api/reviews';
import { marksOf } from '../conflicts/value-change.tsx';
import { ValueText } from '../conflicts/value-text.tsx';
import { looksAlike } from '../model/marked-text.ts';
import classes from '../review.module.css';

interface VersionTableProps {
  readonly columns: ConflictPage['columns'];
  readonly conflict: Conflict;
  readonly isOnlyChanges: boolean;
}

/** All columns of both versions, and what the merge makes of them. */
export function VersionTable({ columns, conflict, isOnlyChanges }: VersionTableProps) {
  const { t } = useTranslation();
  return (
    <table className={classes.versionsTable}>
      <thead>
        <tr>
          {(['column', 'old', 'new', 'result'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`review.detail.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map((column, at) => {
          const value = conflict.values[at];
          if (value === undefined || (isOnlyChanges && !value.differs && !column.isKey)) return null;
          return <VersionRow key={column.name} column={column} value={value} isLate={conflict.repeats > 0} />;
        })}
      </tbody>
    </table>
  );
}

interface VersionRowProps {
  readonly column: ConflictPage['columns'][number];
  readonly value: Conflict['values'][number];
  /** Further rows of the load have their say. */
  readonly isLate: boolean;
}

function VersionRow({ column, value, isLate }: VersionRowProps) {
  const { t } = useTranslation();
  const { old, new: now, differs } = value;
  // A key stays what it is, whoever decides.
  const result = column.isKey ? now : value.result;
  const marked = differs ? marksOf(value) : undefined;
  const side = result === now ? 'new' : 'old';
  return (
    <tr data-differs={differs || undefined}>
      <th scope="row">
        <Text fz="sm" fw={600} className="wrap-anywhere">
          {column.name}
        </Text>
        <Group gap={4}>
          <Text fz="xs" c="dimmed" className="wrap-anywhere" fw={400}>
            {column.type}
          </Text>
          {column.isKey ? <Tag words={t('review.detail.keyColumn')} /> : null}
          {differs ? <Tag words={t('review.detail.differs')} /> : null}
        </Group>
      </th>
      <td data-label={t('review.detail.old')}>
        <ValueText value={old} side="old" {...(marked && { pieces: marked.old })} />
      </td>
      <td data-label={t('review.detail.new')}>
        <ValueText value={now} side="new" {...(marked && { pieces: marked.now })} />
        {old !== null && now !== null && differs && looksAlike(old, now) ? (
          <Text fz="xs" c="dimmed">
            {t('review.value.alike')}
          </Text>
        ) : null}
      </td>
      <td data-label={t('review.detail.result')} data-side={differs ? side : undefined}>
        {result === undefined ? (
          <Text fz="sm" c="dimmed">
            {isLate ? t('review.detail.later') : '…'}
          </Text>
        ) : (
          <ValueText value={result} side={side} />
        )}
      </td>
    </tr>
  );
}

function Tag({ words }: { readonly words: string }) {
  return (
    <Badge size="xs" variant="outline" color="gray" styles={{ label: { color: 'var(--mantine-color-text)' } }}>
      {words}
    </Badge>
  );
}
