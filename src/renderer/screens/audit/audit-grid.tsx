import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditPage } from '#contract/api/audit';
import type { AuditEntry } from '#contract/audit';
import { Gap } from '#renderer/components/long-list/gap.tsx';
import { PartButtons } from '#renderer/components/long-list/part-buttons.tsx';
import { useListPart } from '#renderer/components/long-list/use-list-part.ts';
import classes from './audit.module.css';
import { AuditRow } from './audit-row.tsx';
import type { AuditSource } from './audit-source.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { useEntryRows } from './use-audit-pages.ts';
import type { AuditView } from './use-audit-view.ts';

interface AuditGridProps {
  readonly source: AuditSource;
  readonly view: AuditView;
  readonly page: AuditPage;
  readonly outdated: boolean;
}

/** The entries as rows, however many; only those in sight are in the page. */
export function AuditGrid({ source, view: { filter }, page, outdated }: AuditGridProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const [part, goToPart] = useListPart(page.matching, null);
  const virtualizer = useVirtualizer({
    count: part.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 60,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const entryAt = useEntryRows(
    { source, filter },
    page,
    items.map(({ index }) => part.offset + index),
  );
  return (
    <>
      <PartButtons
        shown={part}
        onGo={(next) => {
          virtualizer.scrollToOffset(0);
          goToPart(next);
        }}
      />
      <div ref={scroller} className={classes.scroller} data-outdated={outdated || undefined}>
        <table
          className={classes.grid}
          aria-label={t('audit.tableLabel')}
          aria-rowcount={page.matching + 1}
          aria-busy={outdated}
        >
          <Head />
          <Gap height={items[0]?.start ?? 0} />
          {items.map(({ index, key }) => (
            <tbody key={key} ref={virtualizer.measureElement} data-index={index}>
              <AuditRow index={part.offset + index} entry={entryAt(part.offset + index)} onOpen={setOpened} />
            </tbody>
          ))}
          <Gap height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </table>
      </div>
      <EntryDrawer entry={opened} source={source} onClose={() => setOpened(null)} />
    </>
  );
}

const COLUMNS = ['when', 'who', 'what', 'job', 'files', 'target'] as const;

function Head() {
  const { t } = useTranslation();
  return (
    <thead className={classes.head}>
      <tr>
        {COLUMNS.map((name) => (
          <th key={name} scope="col" className={classes[name]}>
            {t(`audit.column.${name}`)}
          </th>
        ))}
        <th className={classes.toggle} aria-hidden />
      </tr>
    </thead>
  );
}

/** Stands for the rows out of sight. */
