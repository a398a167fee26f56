import { Box, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDetail } from '#contract/api/job-views';
import type { UndoResult } from '#contract/undo';
import { sumUndo } from '../model/undo-result.ts';
import { LeftRow } from './left-row.tsx';
import { UndoCounts } from './undo-counts.tsx';

/** Rows shown of those that would be left. */
const SHOWN = 3;

interface UndoPreviewProps {
  readonly detail: JobDetail;
  readonly result: UndoResult;
}

export function UndoPreview({ detail, result }: UndoPreviewProps) {
  const { t } = useTranslation();
  const { removed, restored, conflicts } = sumUndo(result);
  const shown = result.sample.slice(0, SHOWN);
  const more = conflicts - shown.length;
  return (
    <Stack gap="md">
      <List spacing="xs">
        {removed > 0 ? <List.Item>{t('undo.dialog.removed', { count: removed })}</List.Item> : null}
        {restored > 0 ? <List.Item>{t('undo.dialog.restored', { count: restored })}</List.Item> : null}
        {removed + restored === 0 ? <List.Item>{t('undo.dialog.nothing')}</List.Item> : null}
        <List.Item>
          {conflicts === 0 ? t('undo.dialog.leftNone') : t('undo.dialog.left', { count: conflicts })}
        </List.Item>
        {conflicts === 0 ? <List.Item>{t('undo.dialog.files')}</List.Item> : null}
      </List>
      {conflicts === 0 ? null : (
        <Stack gap="xs" pl="lg">
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('undo.list.label')}>
            {shown.map((conflict) => (
              <LeftRow key={conflict.number} conflict={conflict} />
            ))}
          </Stack>
          {more > 0 ? <Text fz="sm">{t('undo.dialog.more', { count: more })}</Text> : null}
        </Stack>
      )}
      {conflicts === 0 ? null : (
        <List>
          <List.Item>{t('undo.dialog.files')}</List.Item>
        </List>
      )}
      {Object.keys(result.tables).length > 1 ? (
        <Box component="details" fz="sm">
          <summary>{t('undo.dialog.tables')}</summary>
          <UndoCounts detail={detail} tables={result.tables} label={t('undo.dialog.tables')} />
        </Box>
      ) : null}
    </Stack>
  );
}
