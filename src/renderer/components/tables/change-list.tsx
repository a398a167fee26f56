import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TableChange } from '#contract/tables-plan';
import classes from './change-list.module.css';

/** A mapping of thousands of columns is listed in part; the statements hold it all. */
const MOST_SHOWN = 300;

interface ChangeListProps {
  readonly changes: readonly TableChange[];
  /** They are made, not only planned. */
  readonly isDone?: boolean;
}

/** What differs, what becomes of it, and why. The reasons themselves (names, types, what stands in the way) are English. */
export function ChangeList({ changes, isDone = false }: ChangeListProps) {
  const { t } = useTranslation();
  // Comments go with their table.
  const told = changes.filter(({ kind }) => kind !== 'comment');
  if (told.length === 0) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.box} aria-label={t('tablesJob.changes.label')} tabIndex={0}>
        <Table verticalSpacing="xs" fz="sm" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('tablesJob.changes.table')}</Table.Th>
              <Table.Th scope="col">{t('tablesJob.changes.what')}</Table.Th>
              <Table.Th scope="col">{t('tablesJob.changes.outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {told.slice(0, MOST_SHOWN).map((change) => (
              <ChangeRow key={JSON.stringify(change)} change={change} isDone={isDone} />
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {told.length > MOST_SHOWN ? (
        <Text fz="sm" c="dimmed">
          {t('tablesJob.changes.more', { count: told.length - MOST_SHOWN })}
        </Text>
      ) : null}
    </>
  );
}

function ChangeRow({ change, isDone }: { readonly change: TableChange; readonly isDone: boolean }) {
  const { t } = useTranslation();
  const { table, kind, columns, from, to, outcome, safety, reason } = change;
  const what = t(`tablesJob.kind.${kind}`, { columns: columns.join(', '), from: from ?? '', to: to ?? '' });
  const words = [
    t(`tablesJob.outcome.${isDone && outcome === 'made' ? 'done' : outcome}`),
    ...(saysSafety(change) ? [t(`tablesJob.safety.${safety}`)] : []),
  ];
  return (
    <Table.Tr>
      <Table.Td className="wrap-anywhere">{table}</Table.Td>
      <Table.Td className="wrap-anywhere">{what}</Table.Td>
      <Table.Td className="wrap-anywhere">
        <Text fz="sm" fw={outcome === 'refused' ? 600 : 400}>
          {words.join(', ')}
        </Text>
        <Text fz="xs" c="dimmed" lang="en">
          {reason}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

/** What is made must be known to be safe, what is refused whether it would have been; the rest does not happen. */
function saysSafety({ kind, outcome, safety }: TableChange): boolean {
  if (outcome === 'made') return kind !== 'create-table';
  return outcome === 'refused' && safety !== 'safe';
}
