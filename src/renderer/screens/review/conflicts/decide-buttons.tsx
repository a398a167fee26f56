import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResolutionPolicy } from '#contract/resolutions';

export const ROW_POLICIES = ['skip', 'overwrite', 'merge'] as const;
export type RowPolicy = (typeof ROW_POLICIES)[number];

interface DecideButtonsProps {
  /** What was chosen for this very row; null: nothing. */
  readonly chosen: ResolutionPolicy | null;
  readonly onChoose: (use: RowPolicy | null) => void;
  /** In a list only one row's buttons are reached by Tab. */
  readonly isReached?: boolean;
  /** Spelled out. */
  readonly isLong?: boolean;
}

/** What becomes of one conflict; pressed again, the rules say it. */
export function DecideButtons({ chosen, onChoose, isReached = true, isLong = false }: DecideButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} role="group" aria-label={t('review.decide.label')} wrap={isLong ? 'wrap' : 'nowrap'}>
      {ROW_POLICIES.map((policy, at) => (
        <Button
          key={policy}
          size={isLong ? 'compact-sm' : 'compact-xs'}
          variant={chosen === policy ? 'filled' : 'default'}
          aria-pressed={chosen === policy}
          aria-keyshortcuts={String(at + 1)}
          title={`${t(`review.policy.${policy}`)} (${at + 1})`}
          tabIndex={isReached ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation();
            onChoose(chosen === policy ? null : policy);
          }}
        >
          {t(isLong ? `review.policy.${policy}` : `review.decide.${policy}`)}
        </Button>
      ))}
    </Group>
  );
}
