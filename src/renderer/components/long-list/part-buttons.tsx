import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListPart } from './list-part.ts';

interface PartButtonsProps {
  readonly shown: ListPart;
  readonly onGo: (part: number) => void;
}

/** From part to part of a list that is too long to be scrolled in one. */
export function PartButtons({ shown: { part, total, offset, count }, onGo }: PartButtonsProps) {
  const { t } = useTranslation();
  if (count === total) return null;
  return (
    <Group gap="sm" mb="xs">
      <Text fz="sm" className="tabular">
        {t('common.part.range', { from: offset + 1, to: offset + count, total })}
      </Text>
      <Way label={t('common.part.earlier')} isEnd={part === 0} onPress={() => onGo(part - 1)} />
      <Way label={t('common.part.later')} isEnd={offset + count >= total} onPress={() => onGo(part + 1)} />
    </Group>
  );
}

interface WayProps {
  readonly label: string;
  readonly isEnd: boolean;
  readonly onPress: () => void;
}

function Way({ label, isEnd, onPress }: WayProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      // One that is disabled would lose the focus at the end.
      aria-disabled={isEnd}
      data-disabled={isEnd}
      onClick={() => (isEnd ? undefined : onPress())}
    >
      {label}
    </Button>
  );
}
