import { Paper, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../rail/step-buttons.tsx';
import { StepPanel } from '../rail/step-panel.tsx';
import { AdvancedForm } from './advanced-form.tsx';
import { BackgroundNote } from './background-note.tsx';
import { FaultsForm } from './faults-form.tsx';
import { LoadButton } from './load-button.tsx';
import { PolicyForm } from './policy-form.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import classes from './review-step.module.css';
import { ReviewSwitch } from './review-switch.tsx';
import { TablesPart } from './tables/tables-part.tsx';
import { TargetForm } from './target-form.tsx';
import { usePreview } from './use-preview.ts';

/** What the load would do, and how it is to be done. */
export function ReviewStep() {
  const { t } = useTranslation();
  const preview = usePreview();
  return (
    <StepPanel
      title={t('load.review.title')}
      subtitle={t('load.review.subtitle')}
      footer={
        <>
          <BackButton to="mapping" />
          <LoadButton preview={preview} />
        </>
      }
    >
      <div className={classes.panes}>
        <Paper withBorder p="md">
          <Stack gap="lg">
            <TargetForm />
            <ReviewSwitch />
            <PolicyForm />
            <FaultsForm />
            <AdvancedForm />
          </Stack>
        </Paper>
        <Stack gap="lg" miw={0}>
          <BackgroundNote />
          <PreviewPanel preview={preview} />
          <TablesPart />
        </Stack>
      </div>
    </StepPanel>
  );
}
