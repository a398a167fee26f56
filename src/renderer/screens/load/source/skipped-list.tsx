import { Accordion, Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SourceSummary } from '#contract/api/sources';
import { formatNumber } from '#renderer/format/numbers.ts';
import { explainSkip } from './skip-reason.ts';
import classes from './skipped-list.module.css';

/** What is left out, by reason. */
export function SkippedList({ skipped: { count, reasons, sample } }: { readonly skipped: SourceSummary['skipped'] }) {
  const { t } = useTranslation();
  if (count === 0) return <Text c="dimmed">{t('load.source.nothingSkipped')}</Text>;
  return (
    <Accordion variant="contained" multiple defaultValue={reasons.length === 1 ? reasons.map((one) => one.reason) : []}>
      {reasons.map(({ reason, count: files }) => {
        const { kind, detail } = explainSkip(reason);
        return (
          <Accordion.Item key={reason} value={reason}>
            <Accordion.Control>
              <Group gap="sm" wrap="nowrap">
                <Badge variant="default" className="tabular" style={{ flexShrink: 0 }}>
                  {formatNumber(files)}
                </Badge>
                <Text className="wrap-anywhere">{t(`load.skip.${kind}`, { detail })}</Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <SkippedFiles
                total={files}
                paths={sample.filter((one) => one.reason === reason).map(({ path }) => path)}
              />
            </Accordion.Panel>
          </Accordion.Item>
        );
      })}
    </Accordion>
  );
}

function SkippedFiles({ paths, total }: { readonly paths: readonly string[]; readonly total: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <ul className={classes.list}>
        {paths.map((path) => (
          <li key={path} className="wrap-anywhere">
            {path}
          </li>
        ))}
      </ul>
      {total > paths.length ? (
        <Text fz="sm" c="dimmed">
          {t('load.source.moreFiles', { count: total - paths.length })}
        </Text>
      ) : null}
    </Stack>
  );
}
