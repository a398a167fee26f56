import { Alert, Button, List, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportedCorrections } from '#contract/api/reject-corrections';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { LongList } from '#renderer/screens/job/parts/long-list.tsx';
import type { Importing } from './use-import.ts';

/** What was taken from a CSV, what was not, and why. */
export function ImportResult({ importing: { result, error, forget } }: { readonly importing: Importing }) {
  const { t } = useTranslation();
  if (error !== null) return <ErrorNote error={error} actions={<Dismiss onPress={forget} />} />;
  if (result === undefined || result === null) return null;
  const { refused, corrected } = result;
  return (
    <Alert
      color={refused > 0 ? 'orange' : 'teal'}
      role="status"
      icon={<IconFileImport aria-hidden />}
      title={t('rejects.import.corrected', { count: corrected })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={forget}
    >
      <Sums result={result} />
      {refused === 0 ? null : <Refusals result={result} />}
    </Alert>
  );
}

function Dismiss({ onPress }: { readonly onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="compact-sm" variant="default" onClick={onPress}>
      {t('common.close')}
    </Button>
  );
}

function Sums({ result: { untouched, loaded } }: { readonly result: ImportedCorrections }) {
  const { t } = useTranslation();
  return (
    <List fz="sm" spacing={2}>
      {untouched === 0 ? null : <List.Item>{t('rejects.import.untouched', { count: untouched })}</List.Item>}
      {loaded === 0 ? null : <List.Item>{t('rejects.import.loaded', { count: loaded })}</List.Item>}
    </List>
  );
}

function Refusals({ result: { refused, refusals } }: { readonly result: ImportedCorrections }) {
  const { t } = useTranslation();
  const title = t('rejects.import.refused', { count: refused });
  return (
    <>
      <Text fz="sm" fw={600} mt="xs">
        {title}
      </Text>
      <LongList
        label={title}
        count={refusals.length}
        itemHeight={26}
        renderItem={(index) => {
          const refusal = refusals[index];
          if (refusal === undefined) return null;
          const { line, reason } = refusal;
          return <Text fz="sm">{t('rejects.import.line', { line, why: t(`rejects.import.why.${reason}`) })}</Text>;
        }}
      />
    </>
  );
}
