import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { type ErrorAction, errorAction } from '#contract/error-actions';
import type { ErrorCode } from '#contract/errors';

/** Leads to the screen where an error can be dealt with; nothing when the reader is there already. */
export function ErrorActionButton({ code }: { readonly code: ErrorCode }) {
  const { t } = useTranslation();
  const [here] = useLocation();
  const action = errorAction(code);
  if (action === null || action === 'retry') return null;
  const place = placeOf(action, here);
  if (place === null || place === here) return null;
  return (
    <Button component={Link} href={place} size="compact-sm" variant="default">
      {t(`errors.action.${action}`)}
    </Button>
  );
}

function placeOf(action: Exclude<ErrorAction, 'retry'>, here: string): string | null {
  const job = /^\/jobs\/\d+/.exec(here)?.[0];
  switch (action) {
    case 'edit_connection':
      return '/connections';
    case 'choose_files':
    case 'edit_mapping':
      return '/';
    case 'show_rejects':
      return job === undefined ? null : `${job}/rejects`;
    case 'resume_job':
      return job ?? '/jobs';
    case 'open_settings':
      return '/settings';
    default:
      return action satisfies never;
  }
}
