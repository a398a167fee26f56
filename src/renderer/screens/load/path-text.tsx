import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { baseName, sentUpName } from './paths.ts';

/** A path as the user knows it: what was sent up has the name it had there, not the one of the host's inbox. */
export function PathText({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const sentUp = sentUpName(path);
  if (sentUp === null) return path;
  return (
    <span title={path}>
      {sentUp === '' ? t('load.sentUp.all') : sentUp}
      {sentUp === '' ? null : (
        <Text component="span" fz="sm" c="dimmed">
          {` · ${t('load.sentUp.mark')}`}
        </Text>
      )}
    </span>
  );
}

/** The last part of a path, for a button. */
export function useShortPath(): (path: string) => string {
  const { t } = useTranslation();
  return (path) => (sentUpName(path) === '' ? t('load.sentUp.all') : baseName(path));
}
