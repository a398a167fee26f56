import { Alert } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourceFileState } from '#contract/api/reject-corrections';

interface SourceNoteProps {
  readonly source: SourceFileState;
  readonly hasExcerpt: boolean;
}

/** Why the record cannot be shown where it stands, or must not be taken for what was loaded. */
export function SourceNote({ source, hasExcerpt }: SourceNoteProps) {
  const { t } = useTranslation();
  const why = source === 'same' ? (hasExcerpt ? null : 'notFound') : source;
  if (why === null) return null;
  return (
    <Alert
      color="orange"
      icon={<IconFileAlert aria-hidden />}
      title={t(`rejects.source.${why}.title`)}
      // Orange on light orange would be too faint.
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {t(`rejects.source.${why}.text`)}
    </Alert>
  );
}
