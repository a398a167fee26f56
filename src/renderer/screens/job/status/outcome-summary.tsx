import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Outcome, OutcomeKind } from '../model/outcome.ts';

const ROW_PARTS = ['inserted', 'updated', 'unchanged', 'skipped'] as const;

const COUNTED: readonly OutcomeKind[] = [
  'loaded',
  'nothingNew',
  'loadedWithRejects',
  'nothingNewWithRejects',
  'dryRun',
  'dryRunWithRejects',
];

/** Rows, files and rejects of a load that came to its merge, in sentences. */
export function OutcomeSummary({ outcome }: { readonly outcome: Outcome }) {
  const sentences = useSentences(outcome);
  if (sentences.length === 0) return null;
  return (
    <Text className="tabular" maw="70ch">
      {sentences.join(' ')}
    </Text>
  );
}

function useSentences(outcome: Outcome): readonly string[] {
  const { t } = useTranslation();
  const { kind, files, rejected } = outcome;
  if (!COUNTED.includes(kind)) return [];
  const loaded = t('common.files', { count: files.loaded });
  const from =
    files.found === files.loaded
      ? t('job.summary.from', { files: loaded })
      : t('job.summary.fromOf', { files: loaded, found: files.found });
  const rows = ROW_PARTS.filter((part) => outcome[part] > 0).map((part) =>
    t(`job.summary.${part}`, { count: outcome[part] }),
  );
  const clean = rejected === 0 && files.failed === 0;
  return [
    ...(files.loaded > 0 ? [from] : []),
    ...(rows.length > 0 ? [`${rows.join(', ')}.`] : []),
    ...(files.unchanged > 0 ? [t('job.summary.unchangedFiles', { count: files.unchanged })] : []),
    ...(clean ? [t('job.summary.nothingRejected')] : []),
    ...(rejected > 0 ? [t('job.summary.rejected', { count: rejected })] : []),
    ...(files.failed > 0 ? [t('job.summary.failedFiles', { count: files.failed })] : []),
  ];
}
