import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PartButtonsProps {
  readonly offset: number;
  readonly count: number;
  readonly total: number;
  readonly part: number;
  readonly onGo: (part: number) => void;
}

/** From part to part of a list that is too long to be scrolled in one. */
export function PartButtons({ offset, count, total, part, onGo }: PartButtonsProps) {
  const { t } = useTranslation();
  if (count === total) return null;
  return (
    <Group gap="sm">
      <Text fz="sm" className="tabular">
        {t('review.grid.part', { from: offset + 1, to: offset + count, total })}
      </Text>
      <Button size="compact-sm" variant="default" disabled={part === 0} onClick={() => onGo(part - 1)}>
        {t('review.grid.earlier')}
      </Button>
      <Button size="compact-sm" variant="default" disabled={offset + count >= total} onClick={() => onGo(part + 1)}>
        {t('review.grid.later')}
      </Button>
    </Group>
  );
}
