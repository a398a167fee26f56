import { Anchor, Text, VisuallyHidden } from '@mantine/core';
import { type ChangeEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { takeFiles } from './take-drop.ts';

/** Not in React's types. */
const WHOLE_FOLDER = { webkitdirectory: '' };

interface UploadLinksProps {
  readonly onTaken?: () => void;
}

/** For files that lie on the computer of the browser, not on that of the host. */
export function UploadLinks({ onTaken }: UploadLinksProps) {
  const { t } = useTranslation();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.currentTarget.files ?? [])];
    // The same folder can be chosen again.
    event.currentTarget.value = '';
    takeFiles(chosen);
    if (chosen.length > 0) onTaken?.();
  };
  return (
    <Text fz="sm" c="dimmed">
      {t('load.uploadLinks.before')}{' '}
      <Anchor component="button" type="button" fz="sm" onClick={() => folder.current?.click()}>
        {t('load.uploadLinks.folder')}
      </Anchor>{' '}
      {t('load.uploadLinks.or')}{' '}
      <Anchor component="button" type="button" fz="sm" onClick={() => files.current?.click()}>
        {t('load.uploadLinks.files')}
      </Anchor>
      <VisuallyHidden>
        <input
          ref={folder}
          type="file"
          {...WHOLE_FOLDER}
          tabIndex={-1}
          aria-label={t('load.uploadLinks.folder')}
          onChange={take}
        />
        <input
          ref={files}
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t('load.uploadLinks.files')}
          onChange={take}
        />
      </VisuallyHidden>
    </Text>
  );
}
