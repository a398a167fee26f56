import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { errorAction } from '#contract/error-actions';
import type { ErrorCode } from '#contract/errors';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { factsOf } from '#renderer/host/failure.ts';
import { goTo } from '../wizard-store.ts';
import { PasswordForm } from './password-form.tsx';
import type { Preview } from './use-preview.ts';

const ABOUT_PASSWORD: ReadonlySet<ErrorCode> = new Set(['PASSWORD_MISSING', 'AUTH_FAILED']);

/** Why the preview failed, with what mends it beside it. */
export function PreviewError({ preview: { error, run } }: { readonly preview: Preview }) {
  const { code } = factsOf(error);
  return (
    <Stack gap="md">
      <ErrorNote error={error} onRetry={run} actions={<Mend code={code} />} />
      {ABOUT_PASSWORD.has(code) ? <PasswordForm onSaved={run} /> : null}
    </Stack>
  );
}

function Mend({ code }: { readonly code: ErrorCode }) {
  const { t } = useTranslation();
  const action = errorAction(code);
  const look = { size: 'compact-sm', variant: 'light', color: 'red' } as const;
  if (action === 'edit_mapping' || action === 'choose_files') {
    return (
      <Button {...look} onClick={() => goTo(action === 'edit_mapping' ? 'mapping' : 'source')}>
        {t(`errors.action.${action}`)}
      </Button>
    );
  }
  if (action !== 'edit_connection') return null;
  return (
    <Button component={Link} href="/connections" {...look}>
      {t('errors.action.edit_connection')}
    </Button>
  );
}
