import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconRefresh, IconTablePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TablesPlan } from '#contract/tables-plan';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { ChangeList } from '#renderer/components/tables/change-list.tsx';
import { Section } from '#renderer/screens/job/parts/section.tsx';

import { DdlEditor } from './ddl-editor.tsx';
import { NarrowerMapping } from './narrower-mapping.tsx';
import { OrderedJob } from './ordered-job.tsx';
import { PolicySelect } from './policy-select.tsx';
import { useTablesChoices } from './tables-store.ts';
import { useTablesOrder } from './use-tables-order.ts';
import { type TablesPlanning, useTablesPlan } from './use-tables-plan.ts';

/** How the target's tables differ from the mapping, and a job that makes them fit. */
export function TablesPart() {
  const { t } = useTranslation();
  const planning = useTablesPlan();
  const job = useTablesChoices((choices) => choices.job);
  const { plan, wish, error } = planning;
  if (wish === null) return null;
  return (
    <Section title={t('tablesJob.title')} hint={t('tablesJob.hint')} actions={<LookAgain planning={planning} />}>
      <PolicySelect />
      {error === null ? <PlanState planning={planning} /> : <ErrorNote error={error} onRetry={planning.look} />}
      {plan === undefined || error !== null ? null : <Plan plan={plan} isOld={planning.isLooking} />}
      {job === null ? null : <OrderedJob number={job.number} />}
      <CreateButton planning={planning} />
    </Section>
  );
}

function LookAgain({ planning: { isLooking, look } }: { readonly planning: TablesPlanning }) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconRefresh size={16} aria-hidden />}
      disabled={isLooking}
      onClick={look}
    >
      {t('tablesJob.again')}
    </Button>
  );
}

const COLORS: Readonly<Record<TablesPlan['state'], string>> = { equal: 'teal', differs: 'indigo', refused: 'orange' };

function PlanState({ planning: { plan, isLooking } }: { readonly planning: TablesPlanning }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {plan === undefined || isLooking ? (
        <Group gap="xs">
          <Loader size="xs" aria-hidden />
          <Text fz="sm">{t('tablesJob.comparing')}</Text>
        </Group>
      ) : (
        <Alert color={COLORS[plan.state]} role="note" p="xs">
          {t(`tablesJob.state.${plan.state}`)}
        </Alert>
      )}
    </div>
  );
}

function Plan({ plan, isOld }: { readonly plan: TablesPlan; readonly isOld: boolean }) {
  return (
    <Stack gap="md" opacity={isOld ? 0.5 : 1} aria-busy={isOld}>
      <ChangeList changes={plan.changes} />
      {plan.mapping === undefined || plan.state === 'refused' ? null : <NarrowerMapping mapping={plan.mapping} />}
      {plan.state === 'equal' || plan.policy === 'freeze' ? null : <DdlEditor plan={plan} />}
    </Stack>
  );
}

/** Of a plan that is refused only statements of one's own can be run. */
function CreateButton({ planning }: { readonly planning: TablesPlanning }) {
  const { t } = useTranslation();
  const { run, isBusy, error } = useTablesOrder(planning);
  const { edited, job } = useTablesChoices();
  const { plan, isLooking } = planning;
  const hasWork = edited !== null ? edited.sql.trim() !== '' : plan !== undefined && plan.ddl.length > 0;
  const runs = job !== null && !job.isOver;
  return (
    <Stack gap="xs">
      {error === null ? null : <ErrorNote error={error} onRetry={run} />}
      <Button
        variant="light"
        w="fit-content"
        leftSection={<IconTablePlus size={18} aria-hidden />}
        loading={isBusy}
        disabled={!isBusy && (runs || isLooking || !hasWork)}
        onClick={run}
      >
        {t('tablesJob.create')}
      </Button>
    </Stack>
  );
}
