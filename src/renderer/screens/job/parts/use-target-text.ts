import { useTranslation } from 'react-i18next';
import type { ConnectionRef } from '#contract/connection';
import { serverText } from '#renderer/format/connection-text.ts';

/** What people call a server. */
export function useTargetText(ref: ConnectionRef): string {
  const { t } = useTranslation();
  return serverText(ref) ?? t('common.embedded');
}
