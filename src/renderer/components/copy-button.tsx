import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied; default: only "Copy". */
  readonly label?: string;
  /** Only the icon; the label is read out and shown on pointing. */
  readonly compact?: boolean;
}

/** Takes a text to the clipboard, and says that it did. */
export function CopyButton({ value, label, compact = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard();
  const Icon = copied ? IconCheck : IconCopy;
  const text = copied ? t('common.copied') : (label ?? t('common.copy'));
  if (compact) {
    return (
      <Tooltip label={text}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={text} onClick={() => copy(value)}>
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon size={16} aria-hidden />}
      onClick={() => copy(value)}
      aria-live="polite"
    >
      {text}
    </Button>
  );
}
