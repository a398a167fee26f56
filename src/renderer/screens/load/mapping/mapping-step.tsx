import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { BackButton, NextButton } from '../rail/step-buttons.tsx';
import { StepPanel } from '../rail/step-panel.tsx';
import { AddedFiles } from '../source/added-files.tsx';
import { useWizard } from '../wizard-store.ts';
import { MappingBar } from './mapping-bar.tsx';
import { issueCount } from './mapping-issues.ts';
import classes from './mapping-step.module.css';
import { SamplesNote, SamplesReading } from './samples-note.tsx';
import { TableEditor } from './table-editor.tsx';
import { TableList } from './table-list.tsx';
import { forgetMappingError, useMappingReading } from './take-mapping.ts';
import { useMapping } from './use-mapping.ts';

/** How records become rows, table by table. */
export function MappingStep() {
  const { t } = useTranslation();
  const edited = useMapping();
  const { error } = useMappingReading();
  const issues = edited === null ? 0 : issueCount(edited.issues);
  const blocked =
    edited === null ? t('load.mapping.chooseFirst') : issues > 0 ? t('load.mapping.issues', { count: issues }) : null;
  return (
    <StepPanel
      title={t('load.mapping.title')}
      subtitle={t('load.mapping.subtitle')}
      footer={
        <>
          <BackButton to="source" />
          <NextButton to="review" blocked={blocked} />
        </>
      }
    >
      <MappingBar />
      <AddedFiles />
      {error === null ? null : <ErrorNote error={error} actions={<Dismiss />} />}
      <Tables />
    </StepPanel>
  );
}

function Tables() {
  const { t } = useTranslation();
  const original = useWizard(({ chosen }) => chosen?.original);
  const edited = useMapping();
  const [wanted, setWanted] = useState(0);
  if (edited === null || original === undefined) return <Text c="dimmed">{t('load.mapping.chooseFirst')}</Text>;
  const table = Math.min(wanted, edited.whole.tables.length - 1);
  return (
    <Stack gap="md">
      <SamplesNote original={original} />
      <div className={classes.panes}>
        <div>
          <TableList {...edited} table={table} onTable={setWanted} />
          <SamplesReading original={original} />
        </div>
        <TableEditor key={table} {...edited} original={original} table={table} />
      </div>
    </Stack>
  );
}

function Dismiss() {
  const { t } = useTranslation();
  return (
    <Button size="compact-sm" variant="default" onClick={forgetMappingError}>
      {t('common.close')}
    </Button>
  );
}
