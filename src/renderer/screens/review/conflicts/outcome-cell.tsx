import { Badge, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPencil, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '#contract/api/reviews';
import type { Reviewing } from '../use-reviewing.ts';
import { useWhy } from './use-why.ts';

const LOOKS = {
  updated: { color: 'indigo', icon: IconPencil },
  skipped: { color: 'gray', icon: IconLock },
  fails: { color: 'red', icon: IconAlertTriangle },
  together: { color: 'gray', icon: IconStack2 },
} as const;

interface OutcomeCellProps {
  readonly reviewing: Reviewing;
  readonly table: string;
  readonly conflict: Conflict;
}

/** What the merge would do with a conflict, and why. */
export function OutcomeCell({ reviewing, table, conflict }: OutcomeCellProps) {
  const { t } = useTranslation();
  // What several rows of one key come to is known when they are merged.
  const outcome = conflict.repeats > 0 && conflict.outcome !== 'fails' ? 'together' : conflict.outcome;
  const { color, icon: Icon } = LOOKS[outcome];
  const why = useWhy(reviewing, table, conflict);
  return (
    <Stack gap={2} align="flex-start" aria-busy={reviewing.choices.status === 'saving'}>
      <Badge
        variant="light"
        color={color}
        fw={600}
        leftSection={<Icon size={12} aria-hidden />}
        styles={{ label: { color: 'var(--mantine-color-text)' } }}
      >
        {t(`review.outcome.${outcome}`)}
      </Badge>
      <Text fz="xs" c="dimmed">
        {why}
      </Text>
    </Stack>
  );
}
