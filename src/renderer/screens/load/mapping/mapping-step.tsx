import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { UncertainList } from '../infer/uncertain-list.tsx';
import { BackButton, NextButton } from '../rail/step-buttons.tsx';
import { StepPanel } from '../rail/step-panel.tsx';
import { AddedFiles } from '../source/added-files.tsx';
import { useWizard } from '../wizard-store.ts';
import { LivePreview } from './design/live-preview.tsx';
import { MappingBar } from './mapping-bar.tsx';
import { issueCount } from './mapping-issues.ts';
import classes from './mapping-step.module.css';
import { SamplesNote, SamplesReading } from './samples-note.tsx';
import { TableEditor } from './table-editor.tsx';
import { TableList } from './table-list.tsx';
import { forgetMappingError, useMappingReading } from './take-mapping.ts';
import { ElementDrop } from './tree/element-drop.tsx';
import { ElementPane } from './tree/element-pane.tsx';
import { type Designer, useDesigner } from './tree/use-designer.ts';
import { type EditedMapping, useMapping } from './use-mapping.ts';

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
      <UncertainList />
      <Tables />
    </StepPanel>
  );
}

function Tables() {
  const { t } = useTranslation();
  const original = useWizard(({ chosen }) => chosen?.original);
  const edited = useMapping();
  if (edited === null || original === undefined) return <Text c="dimmed">{t('load.mapping.chooseFirst')}</Text>;
  return <Design original={original} edited={edited} />;
}

interface DesignProps {
  readonly original: Mapping;
  readonly edited: EditedMapping;
}

function Design({ original, edited }: DesignProps) {
  const designer = useDesigner({ original, ...edited });
  const [wanted, setWanted] = useState(0);
  const table = Math.min(wanted, edited.whole.tables.length - 1);
  return (
    <Stack gap="md">
      <div className={classes.panes}>
        <SidePane designer={designer} table={table} onTable={setWanted} edited={edited} />
        <ElementDrop designer={designer} table={table}>
          <TableEditor key={table} {...edited} original={original} table={table} />
        </ElementDrop>
      </div>
      {/* Below what is being edited: nothing moves under the hands when it comes. */}
      <SamplesNote />
      <LivePreview mapping={edited.mapping} table={edited.whole.tables[table]?.name ?? ''} />
    </Stack>
  );
}

interface SidePaneProps extends Pick<DesignProps, 'edited'> {
  readonly designer: Designer | null;
  readonly table: number;
  readonly onTable: (table: number) => void;
}

/** The tables, or the elements they are made from. */
function SidePane({ designer, table, onTable, edited }: SidePaneProps) {
  const { t } = useTranslation();
  const [pane, setPane] = useState<string>('tables');
  return (
    <Stack gap="sm">
      <SegmentedControl
        fullWidth
        aria-label={t('load.tree.pane')}
        value={pane}
        onChange={setPane}
        data={[
          { value: 'tables', label: t('load.tree.tables') },
          { value: 'elements', label: t('load.tree.elements') },
        ]}
      />
      {pane === 'tables' ? (
        <div>
          <TableList {...edited} table={table} onTable={onTable} />
          <SamplesReading />
        </div>
      ) : (
        <ElementPane designer={designer} table={table} onTable={onTable} />
      )}
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
