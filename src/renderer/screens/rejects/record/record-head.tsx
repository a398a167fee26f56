import { ActionIcon, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectRow } from '#contract/api/reject-pages';
import type { Steps } from '../list/use-steps.ts';
import classes from './record.module.css';

interface RecordHeadProps {
  /** undefined: not known yet. */
  readonly record: Pick<RejectRow, 'path' | 'line' | 'table'> | undefined;
  readonly at: number;
  readonly matching: number;
  readonly steps: Steps;
  readonly onClose: () => void;
}

/** Where the record stands, and the ways to the ones before and behind it. */
export function RecordHead({ record, at, matching, steps, onClose }: RecordHeadProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
      <div>
        <Title order={2} fz="md" className="wrap-anywhere">
          {record === undefined ? t('rejects.loadingRow') : `${record.path}:${record.line}`}
        </Title>
        <Text fz="sm" c="dimmed" className="tabular">
          {record === undefined ? '' : `${record.table} · `}
          {t('rejects.record.position', { at: Math.min(at + 1, matching), matching })}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap" className={classes.ways}>
        <Way label={t('rejects.record.previous')} disabled={at === 0} onPress={() => steps.by(-1)}>
          <IconChevronUp size={18} aria-hidden />
        </Way>
        <Way label={t('rejects.record.next')} disabled={at >= matching - 1} onPress={() => steps.by(1)}>
          <IconChevronDown size={18} aria-hidden />
        </Way>
        <Way label={t('rejects.record.close')} disabled={false} onPress={onClose}>
          <IconX size={18} aria-hidden />
        </Way>
      </Group>
    </Group>
  );
}

interface WayProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Way({ label, disabled, onPress, children }: WayProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        aria-label={label}
        // One that is disabled would lose the focus at the end of the list.
        aria-disabled={disabled}
        data-disabled={disabled}
        onClick={() => (disabled ? undefined : onPress())}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
