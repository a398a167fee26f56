import { Badge, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewReport } from '#contract/api/previews';
import { formatNumber } from '#renderer/format/numbers.ts';
import { ConflictList } from './conflict-list.tsx';
import { DdlView } from './ddl-view.tsx';
import { FailureList } from './failure-list.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { RejectList } from './reject-list.tsx';
import { WarningList } from './warning-list.tsx';

const TABS = ['rows', 'ddl', 'rejects', 'failures', 'conflicts', 'warnings'] as const;
type Tab = (typeof TABS)[number];

/** The details behind the counts. */
export function PreviewTabs({ report }: { readonly report: PreviewReport }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<string | null>('rows');
  const counts: Readonly<Record<Tab, number | null>> = {
    rows: null,
    ddl: null,
    rejects: report.rejects.total,
    failures: report.files.failed,
    conflicts: report.conflicts.insideLoad,
    warnings: report.warnings.reduce((sum, { count }) => sum + count, 0),
  };
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List mb="md">
        {TABS.map((name) => (
          <Tabs.Tab
            key={name}
            value={name}
            px="sm"
            rightSection={<Found count={counts[name]} isBad={name !== 'warnings'} />}
          >
            {t(`load.tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="rows">
        <PreviewRows report={report} />
      </Tabs.Panel>
      <Tabs.Panel value="ddl">
        <DdlView ddl={report.ddl} />
      </Tabs.Panel>
      <Tabs.Panel value="rejects">
        <RejectList rejects={report.rejects} />
      </Tabs.Panel>
      <Tabs.Panel value="failures">
        <FailureList files={report.files} />
      </Tabs.Panel>
      <Tabs.Panel value="conflicts">
        <ConflictList conflicts={report.conflicts} />
      </Tabs.Panel>
      <Tabs.Panel value="warnings">
        <WarningList warnings={report.warnings} timeZone={report.timeZone} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Found({ count, isBad }: { readonly count: number | null; readonly isBad: boolean }) {
  if (count === null || count === 0) return null;
  return (
    <Badge size="sm" variant="light" color={isBad ? 'red' : 'orange'} className="tabular">
      {formatNumber(count)}
    </Badge>
  );
}
