import { Container, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '#renderer/components/screen-title.tsx';
import { LeaveDialog } from './mapping/leave-dialog.tsx';
import { MappingStep } from './mapping/mapping-step.tsx';
import { StartOver } from './pick/start-over.tsx';
import { UploadPanel } from './pick/upload-panel.tsx';
import { StepRail } from './rail/step-rail.tsx';
import { useStepHistory } from './rail/use-step-history.ts';
import { RetryBanner } from './retry/retry-banner.tsx';
import { RetrySource } from './retry/retry-source.tsx';
import { ReviewStep } from './review/review-step.tsx';
import { SourceStep } from './source/source-step.tsx';
import { useDefaultMapping } from './source/use-default-mapping.ts';
import { useWizard } from './wizard-store.ts';

/** The steps from chosen files to a load. */
export function WizardPage() {
  const { t } = useTranslation();
  const step = useWizard((wizard) => wizard.step);
  const retry = useWizard((wizard) => wizard.retry);
  useDefaultMapping();
  useStepHistory();
  return (
    <Container size="xl" px={0}>
      <ScreenTitle title={t(retry === null ? 'load.wizard.title' : 'load.retry.wizard')} part={t(`load.rail.${step}`)}>
        {retry === null ? <StartOver /> : null}
      </ScreenTitle>
      <Stack gap="lg">
        <RetryBanner />
        <StepRail />
        <UploadPanel />
        {step === 'source' && retry === null ? <SourceStep /> : null}
        {step === 'source' && retry !== null ? <RetrySource job={retry.job} /> : null}
        {step === 'mapping' ? <MappingStep /> : null}
        {step === 'review' ? <ReviewStep /> : null}
      </Stack>
      <LeaveDialog />
    </Container>
  );
}
