import { Alert, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LoadingNote } from '#renderer/components/loading-note.tsx';
import { DialectPanel } from '../dialect/dialect-panel.tsx';
import { CsvTables } from '../infer/csv-tables.tsx';
import { InferenceCard } from '../infer/inference-card.tsx';
import { useInference } from '../infer/use-inference.ts';
import { PresetSelect } from '../mapping/preset-select.tsx';
import { sentUpName } from '../paths.ts';
import { useUploads } from '../pick/upload-store.ts';
import { NextButton } from '../rail/step-buttons.tsx';
import { StepPanel } from '../rail/step-panel.tsx';
import { useWizard } from '../wizard-store.ts';
import { AddedFiles } from './added-files.tsx';
import { ChosenPaths } from './chosen-paths.tsx';
import { NothingFound } from './nothing-found.tsx';
import { ScanResult } from './scan-result.tsx';
import { useScan } from './use-scan.ts';

/** What was found below the chosen paths, and what is left out. */
export function SourceStep() {
  const { t } = useTranslation();
  const chosen = useWizard((wizard) => wizard.chosen);
  const scan = useScan();
  const { isRunning } = useInference();
  const { data, error } = scan;
  const found = error === null ? (data?.files ?? null) : null;
  const why = found === null ? t('load.source.scanning') : t('load.source.nothingYet');
  const blocked = error === null && found !== null && found > 0 ? null : error === null ? why : '';
  return (
    <StepPanel
      title={t('load.source.title')}
      subtitle={t('load.source.subtitle')}
      footer={<NextButton to="mapping" blocked={blocked} />}
    >
      <Stack gap="lg">
        <ChosenPaths isScanning={scan.isFetching} onRescan={() => void scan.refetch()} />
        <LeftOut />
        <AddedFiles />
        <InferenceCard />
        <DialectPanel />
        <CsvTables />
        {chosen === null && !isRunning ? <ChooseFirst /> : null}
        {error === null ? null : <ErrorNote error={error} onRetry={() => void scan.refetch()} actions={null} />}
        {chosen !== null && data === undefined && error === null ? (
          <LoadingNote label={t('load.source.scanning')} />
        ) : null}
        {error === null && data?.files === 0 ? <NothingFound summary={data} /> : null}
        {error === null && data !== undefined && data.files + data.skipped.count > 0 ? (
          <ScanResult summary={data} isStale={scan.isPlaceholderData} />
        ) : null}
      </Stack>
    </StepPanel>
  );
}

/** No mapping fits by itself. */
function ChooseFirst() {
  const { t } = useTranslation();
  return (
    <Alert color="blue" icon={<IconInfoCircle aria-hidden />} title={t('load.source.chooseMapping')}>
      <Stack gap="xs" align="flex-start">
        <Text>{t('load.source.chooseMappingWhy')}</Text>
        <PresetSelect />
      </Stack>
    </Alert>
  );
}

function LeftOut() {
  const { t } = useTranslation();
  const leftOut = useUploads((uploads) => uploads.leftOut);
  const isSentUp = useWizard(({ paths }) => paths.some((path) => sentUpName(path) !== null));
  if (leftOut === 0 || !isSentUp) return null;
  return (
    <Text fz="sm" c="dimmed">
      {t('load.upload.leftOut', { count: leftOut })}
    </Text>
  );
}
