import { Alert, Button, Card, Code, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconSparkles, IconWand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FILE_FORMATS } from '#contract/file-formats';
import type { InferenceReport } from '#contract/inference';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatBytes, formatNumber } from '#renderer/format/numbers.ts';
import { XmlEncoding } from '../dialect/xml-encoding.tsx';
import { confirmLosingEdits } from '../mapping/confirm-losing-edits.ts';
import { StoppedCard } from '../stopped-card.tsx';
import { chooseMapping, inferFromAll, isChanged, setFormat, useWizard } from '../wizard-store.ts';
import classes from './uncertain-list.module.css';
import { useDetect } from './use-detect.ts';
import { useInference } from './use-inference.ts';

/** Where the mapping comes from: it fits the files, or is proposed from them. */
export function InferenceCard() {
  const chosen = useWizard((wizard) => wizard.chosen);
  const { t } = useTranslation();
  const { data, error, isRunning, isStopped, run } = useInference();
  return (
    <Stack gap="md">
      <FormatChoice />
      <XmlEncoding />
      {isRunning && (chosen === null || chosen.kind === 'inferred') ? <Looking /> : null}
      {isStopped && chosen === null ? (
        <StoppedCard text={t('load.infer.stopped')} again={t('load.infer.run')} onRun={run} />
      ) : null}
      {error !== null && chosen === null ? <ErrorNote error={error} onRetry={run} actions={null} /> : null}
      {data !== undefined && chosen !== null && !isRunning ? <Origin /> : null}
    </Stack>
  );
}

/** Only files of one format are loaded at a time. */
function FormatChoice() {
  const { t } = useTranslation();
  const { data } = useDetect();
  const { format } = useInference();
  const there = FILE_FORMATS.filter((one) => (data?.[one] ?? 0) > 0);
  if (data === undefined || format === null || there.length < 2) return null;
  return (
    <Stack gap={4} align="flex-start">
      <Text fz="sm" fw={500}>
        {t('load.infer.format')}
      </Text>
      <SegmentedControl
        aria-label={t('load.infer.format')}
        value={format}
        onChange={(value) => {
          const chosen = there.find((one) => one === value);
          if (chosen !== undefined) confirmLosingEdits(() => setFormat(chosen));
        }}
        data={there.map((one) => ({ value: one, label: `${one.toUpperCase()} (${formatNumber(data[one])})` }))}
      />
    </Stack>
  );
}

function Looking() {
  const { t } = useTranslation();
  const { progress, stop } = useInference();
  const { files, bytes } = progress ?? {};
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <div>
          <Text fw={500} role="status">
            {t('load.infer.looking')}
          </Text>
          <Text fz="sm" c="dimmed" className="tabular" mih="1.5em">
            {files === undefined || bytes === undefined
              ? null
              : t('load.infer.progress', {
                  done: formatNumber(files.done),
                  total: formatNumber(files.total),
                  bytes: formatBytes(bytes.done),
                  all: formatBytes(bytes.total),
                })}
          </Text>
        </div>
        <Button size="compact-sm" variant="default" onClick={stop}>
          {t('load.preview.stop')}
        </Button>
      </Group>
      <Progress
        value={bytes === undefined || bytes.total === 0 ? 0 : Math.min(100, (100 * bytes.done) / bytes.total)}
        animated
        aria-label={t('load.infer.looking')}
      />
    </Card>
  );
}

/** Why this mapping, and the way to the other one. */
function Origin() {
  const { t } = useTranslation();
  const chosen = useWizard((wizard) => wizard.chosen);
  const { data } = useInference();
  if (chosen === null || data === undefined) return null;
  if (chosen.kind === 'inferred') return <Proposed />;
  const { mapping } = data;
  const propose = () => chooseMapping({ kind: 'inferred', label: mapping.name, original: mapping });
  return (
    <Alert color="indigo" variant="light" py="xs" icon={<IconWand aria-hidden />}>
      <Group gap="sm" justify="space-between">
        <Text>{t('load.infer.chosen', { mapping: chosen.label })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => confirmLosingEdits(propose)}>
          {t('load.infer.propose')}
        </Button>
      </Group>
    </Alert>
  );
}

/** What somebody worked on keeps its columns, whatever was said of the files since. */
function ProposeAnew() {
  const { t } = useTranslation();
  const { data } = useInference();
  if (data === undefined) return null;
  const { mapping } = data;
  const propose = () => chooseMapping({ kind: 'inferred', label: mapping.name, original: mapping });
  return (
    <Group gap="sm">
      <Text fz="sm">{t('load.dialect.touched')}</Text>
      <Button size="compact-sm" variant="default" onClick={() => confirmLosingEdits(propose)}>
        {t('load.dialect.anew')}
      </Button>
    </Group>
  );
}

const MOST_FAILED = 10;

/** Files that a load would refuse, and why: what they hold is in no table of the proposal. */
function FailedFiles({ failed }: Pick<InferenceReport['files'], 'failed'>) {
  const { t } = useTranslation();
  if (failed.length === 0) return null;
  return (
    <div>
      <Text fw={500}>{t('load.infer.failed', { count: failed.length })}</Text>
      <ul className={classes.list}>
        {failed.slice(0, MOST_FAILED).map(({ path, message }) => (
          <li key={path}>
            <Text fz="sm" className="wrap-anywhere">
              <Code>{path}</Code> {message}
            </Text>
          </li>
        ))}
      </ul>
      {failed.length > MOST_FAILED ? (
        <Text fz="sm">{t('load.more', { count: failed.length - MOST_FAILED })}</Text>
      ) : null}
    </div>
  );
}

function Proposed() {
  const { t } = useTranslation();
  const isTouched = useWizard(isChanged);
  const { data } = useInference();
  if (data === undefined) return null;
  const { uncertain, files } = data.report;
  const isPart = uncertain.some(({ code }) => code === 'SAMPLED');
  const title = t('load.infer.proposed', { count: data.mapping.tables.length });
  return (
    <Alert color="indigo" variant="light" role="status" icon={<IconSparkles aria-hidden />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text>
          {t(uncertain.length === 0 ? 'load.infer.certain' : 'load.infer.uncertain', { count: uncertain.length })}
        </Text>
        <FailedFiles failed={files.failed} />
        {isPart ? (
          <Button size="compact-sm" variant="default" onClick={() => confirmLosingEdits(inferFromAll)}>
            {t('load.infer.all')}
          </Button>
        ) : null}
        {isTouched ? <ProposeAnew /> : null}
      </Stack>
    </Alert>
  );
}
